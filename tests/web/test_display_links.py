from __future__ import annotations

from bs4 import BeautifulSoup

from living_article.web.display_links import anchored, notebook_address, with_links

FOLDED = '<details class="admonition hide above-input">\n<summary aria-label="Toggle hidden content">Show</summary></details>'
FIGURE = '<figure class="align-default" id="figure-2"><svg></svg><figcaption>A</figcaption></figure>'
TABLE = '<div class="box"><table class="table" id="table-s3"><tr><td>1</td></tr></table>\n</div>'
OFFERED = {"figure-2.svg", "figure-2.png", "figure-2.csv", "table-s3.csv"}


def rows(body: str, offered=OFFERED) -> list[dict[str, str]]:
    page = BeautifulSoup(with_links(anchored(body), "../files/a.py", "../files/", offered), "html.parser")
    return [{a.find(string=True): a["href"] for a in row.select("a")} for row in page.select(".display-links")]


def test_folded_code_can_be_linked_to_and_is_named_by_its_line():
    page = BeautifulSoup(anchored(FOLDED * 2), "html.parser")
    assert [details["id"] for details in page.select("details")] == ["code-1", "code-2"]
    assert not page.select("summary[aria-label]")


def test_each_display_leads_to_its_own_code_and_files():
    figure, table = rows(FOLDED + FIGURE + FOLDED + TABLE)
    assert figure == {
        "Code": "#code-1", "Notebook": "../files/a.py", "Data (CSV)": "../files/figure-2.csv",
        "SVG": "../files/figure-2.svg", "PNG": "../files/figure-2.png",
    }  # fmt: skip
    assert table == {"Code": "#code-2", "Notebook": "../files/a.py", "Data (CSV)": "../files/table-s3.csv"}


def test_the_links_of_a_table_stand_under_its_notes():
    notes = '<div class="table-notes docutils container">\n<p>Note.</p>\n</div>'
    body = with_links(anchored(f"{TABLE}\n{notes}<p>Text.</p>"), "", "", OFFERED)
    assert [tag.name for tag in BeautifulSoup(body, "html.parser").find_all(recursive=False)] == [
        "div",
        "div",
        "ul",
        "p",
    ]


def test_a_file_that_is_not_there_is_not_linked():
    assert rows(FIGURE, set()) == [{"Notebook": "../files/a.py"}]


def test_a_link_says_to_what_it_belongs():
    assert 'PNG<span class="visually-hidden"> of Figure 2</span>' in with_links(FIGURE, "", "", OFFERED)


def test_the_notebook_is_on_the_repository_at_the_commit_if_that_is_known():
    known = {"repository": "https://example.org/a/b", "commit": "abc"}
    assert notebook_address(known, "cox", "../files/") == "https://example.org/a/b/blob/abc/notebooks/cox.py"
    for key in known:
        assert notebook_address(known | {key: ""}, "cox", "../files/") == "../files/cox.py"
