from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from living_article.web.addresses import REPOSITORY, SITE
from living_article.web.announce import CARD, description, sitemap, tags

HOME = "https://owner.github.io/name/"


def document(*parts: nodes.Node) -> nodes.document:
    page = new_document("page")
    page += parts
    return page


def paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph(text, text)


def test_the_description_is_the_first_paragraph_outside_a_box():
    box = nodes.note("", paragraph("Look here."))
    page = document(nodes.title("", "Title"), box, paragraph("What is\nasked."), paragraph("More."))
    assert description(page) == "What is asked."
    assert description(document(box)) == ""


def test_a_long_description_ends_after_a_sentence_or_a_word():
    sentence = "This sentence has a little over forty characters. "
    assert description(document(paragraph(sentence * 6))) == (sentence * 4).strip()
    cut = description(document(paragraph("word, " * 60)))
    assert len(cut) <= 200 and cut.endswith("word…")


def test_tags_are_escaped_and_need_no_address():
    head = BeautifulSoup(tags('A "title"', "P < 0.05 & more", "The book"), "html.parser")
    assert head.find("meta", attrs={"name": "description"})["content"] == "P < 0.05 & more"
    assert head.find("meta", property="og:title")["content"] == 'A "title"'
    assert head.find("meta", attrs={"name": "twitter:card"})["content"] == "summary"
    assert not head.find("meta", property="og:image") and not head.find("meta", property="og:url")


def test_a_card_makes_the_summary_large():
    head = BeautifulSoup(
        tags("A", "B", "C", url=f"{HOME}a.html", card=HOME + CARD, card_text="Findings"), "html.parser"
    )
    assert head.find("meta", attrs={"name": "twitter:card"})["content"] == "summary_large_image"
    assert head.find("meta", property="og:image")["content"] == HOME + CARD


def test_a_sitemap_is_xml_of_complete_addresses():
    found = [e.text for e in ET.fromstring(sitemap([f"{HOME}a.html?x=1&y=2"])).findall(".//{*}loc")]
    assert found == [f"{HOME}a.html?x=1&y=2"]


@pytest.fixture
def published(mini, project, monkeypatch):
    """The small book, built for an address."""
    monkeypatch.setenv(SITE, HOME)
    monkeypatch.setenv(REPOSITORY, "https://github.com/owner/name")
    (project.root / "book" / CARD).write_bytes(b"a picture")
    mini.build(project)
    return project.site


def test_a_published_book_says_where_it_is(published):
    locations = [e.text for e in ET.parse(published / "sitemap.xml").findall(".//{*}loc")]
    assert locations == [f"{HOME}{page}.html" for page in ("book/last", "index", "notebooks/alpha", "notebooks/beta")]
    assert all((published / location.removeprefix(HOME)).is_file() for location in locations)
    page = BeautifulSoup((published / "notebooks" / "alpha.html").read_text("utf-8"), "html.parser")
    own = f"{HOME}notebooks/alpha.html"
    assert page.find("link", rel="canonical")["href"] == page.find("meta", property="og:url")["content"] == own
    assert page.find("meta", property="og:image")["content"] == HOME + CARD
    assert (published / CARD).is_file()
    assert {a.get_text(strip=True) for a in page.select(".dropdown-launch-buttons a")} == {"Binder", "Colab"}
    assert (published / "_static" / "colab" / "alpha.ipynb").is_file()
    root = BeautifulSoup((published / "index.html").read_text("utf-8"), "html.parser")
    assert not root.select(".dropdown-launch-buttons")


def test_a_book_without_address_links_to_none(built):
    assert not (built.site / "sitemap.xml").exists()
    page = BeautifulSoup((built.site / "notebooks" / "alpha.html").read_text("utf-8"), "html.parser")
    assert page.find("meta", attrs={"name": "description"})["content"]
    assert not page.find("link", rel="canonical") and not page.find("meta", property="og:image")
    assert not page.select(".dropdown-launch-buttons") and not (built.site / "_static" / "colab").exists()
