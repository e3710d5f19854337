from __future__ import annotations

from bs4 import BeautifulSoup

from living_article.web.foot import foot

FACTS = {
    "commit": "0123456789abcdef", "modified": True, "repository": "",
    "data": [{"file": "a.csv", "sha256": "f" * 64}], "versions": {"python": "3.11"},
    "sections": {"cox": {"parameters": {"alpha": 0.05, "subset": ["age < 60"]}}},
}  # fmt: skip


def rows(page: str, used=(), status=True, **changed) -> dict[str, BeautifulSoup]:
    found = BeautifulSoup(foot(FACTS | changed, page, set(used), status=status), "html.parser")
    return dict(zip([dt.get_text() for dt in found.select("dt")], found.select("dd"), strict=True))


def test_the_foot_of_a_section_says_with_what_it_was_made():
    found = rows("notebooks/cox", [("statistics.cox", "")])
    assert [code.get_text() for code in found["Parameters"].select("code")] == ["alpha = 0.05", 'subset = ["age < 60"]']
    assert [a["href"] for a in found["Notebook"].select("a[download]")] == ["../files/cox.py", "../files/cox.ipynb"]
    assert found["Functions used"].a["href"] == "../functions/statistics/cox.html"
    assert found["Run time"].span["data-run-time"] == "cox"
    assert found["Commit"].get_text() == "0123456789ab, with changes that are not committed"
    assert "a.csv, SHA-256 ffffffffffffffff" in found["Data"].get_text()


def test_other_pages_have_what_holds_for_the_whole_book():
    assert list(rows("index")) == ["Commit", "Data", "Software", "Status"]
    assert rows("index")["Status"].a["href"] == "book/status.html"
    assert "Status" not in rows("index", status=False)


def test_commit_unknown_or_on_a_repository():
    assert rows("index", commit="")["Commit"].get_text() == "not known"
    link = rows("index", repository="https://example.org/a", modified=False)["Commit"].a
    assert link["href"] == "https://example.org/a/commit/0123456789abcdef"
