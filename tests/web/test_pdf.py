from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from living_article.errors import InputError
from living_article.run.failures import SiteError
from living_article.web import pdf

SINGLE = """<html><head><script src="a.js"></script></head><body><nav>menu</nav><article class="bd-article">
<h1>A book &amp; more<a class="headerlink" href="#top">#</a></h1>
<p><a href="index.html#document-b">next</a> <a href="#b">figure</a> <a href="#nowhere">lost</a>
<a href="_downloads/x.csv">data</a> <a href="https://doi.org/1">source</a></p>
<div class="cell"><div class="cell_input"><pre>x = 1</pre></div></div>
<div class="cell"><div class="cell_output"><img src="_images/b.svg" alt="b"></div></div>
<span id="document-b"></span><figure id="b"></figure><button>Copy</button><p class="not-in-pdf">click</p>
</article></body></html>"""


def printed() -> BeautifulSoup:
    return BeautifulSoup(pdf.document(SINGLE, "p { color: #111 }"), "html.parser")


def test_a_page_without_article_or_heading_is_not_printed():
    for page in ("<body><h1>A book</h1></body>", "<article><p>A book</p></article>"):
        with pytest.raises(SiteError, match="no article"):
            pdf.document(page, "")


def test_the_printed_page_is_the_article_in_its_own_style():
    page = printed()
    assert page.html["lang"] == "en"
    assert page.title.string == "A book & more"
    assert page.style.string == "p { color: #111 }"
    assert not page.find(["script", "nav", "button"]) and "click" not in page.text and "x = 1" not in page.text
    assert [len(cell.find_all("img")) for cell in page.select("div.cell")] == [1]


def test_only_links_that_lead_somewhere_on_paper_stay():
    page = printed()
    assert [link["href"] for link in page.find_all("a")] == ["#document-b", "#b", "https://doi.org/1"]
    assert {"data", "lost"} <= set(page.p.get_text().split())


def test_dates_are_those_of_every_generated_file():
    dated = b"<</CreationDate (D:20310203040506+00'00')\n/ModDate (D:20310203040506+00'00')>>"
    assert pdf.undated(dated) == dated.replace(b"20310203040506", b"20250101000000")


def test_without_a_browser_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "find_chromium", lambda: None)
    with pytest.raises(InputError, match="install the package chromium"):
        pdf.build_pdf(tmp_path, tmp_path, log=tmp_path / "log")


def test_a_browser_that_fails_is_a_failure_with_its_words(tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho no screen >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(SiteError, match="no screen"):
        pdf._print(program, tmp_path / "page.html", tmp_path / "book.pdf")
