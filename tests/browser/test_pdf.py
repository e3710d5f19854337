"""The book as one PDF: tagged, with bookmarks, every figure and table whole."""

from __future__ import annotations

import re

import pypdf
import pytest

from living_article.web.pdf import build_pdf

from .conftest import PAPER


@pytest.fixture(scope="module")
def printed(project, browser, tmp_path_factory):
    """The workspace in which the PDF of this checkout's book was made."""
    workspace = tmp_path_factory.mktemp("pdf") / "work"
    build_pdf(project.build / "stage", workspace, log=workspace.parent / "log")
    return workspace


@pytest.fixture(scope="module")
def reader(printed):
    return pypdf.PdfReader(printed / "book.pdf")


def test_it_is_tagged_and_has_a_title_and_language(reader):
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert reader.root_object["/Lang"] == "en"
    assert reader.metadata.title
    assert reader.metadata.creation_date.year == 2025


def test_every_page_of_the_book_is_a_bookmark(reader, project, site):
    titles = {entry.title for entry in reader.outline[1] if not isinstance(entry, list)}
    for name in project.pages()[1:]:
        heading = re.search(r"<h1>(.*?)<", (site / f"{name}.html").read_text("utf-8"))[1]
        assert heading in titles


def test_every_number_of_the_article_has_its_caption(reader):
    text = "\n".join(page.extract_text() for page in reader.pages)
    text = re.sub(r"\s+", " ", text)
    for title in [f"Table {n}." for n in range(1, 12)] + [f"Figure {n}." for n in (1, 2, 3, 4, "5A", "5B", "5C")]:
        assert title in text


def test_no_table_or_figure_is_cut_off(printed, browser):
    page = browser.new_page(viewport={"width": PAPER, "height": 940})
    page.emulate_media(media="print")
    page.goto((printed / "_build" / "singlehtml" / "print.html").as_uri())
    wide = page.evaluate(
        "limit => [...document.querySelectorAll('table, figure, img, svg, pre')]"
        ".filter(e => e.getBoundingClientRect().right > limit + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
        ".map(e => e.outerHTML.slice(0, 120))",
        PAPER,
    )
    page.close()
    assert wide == []


def test_nothing_in_it_points_to_this_machine(printed):
    assert b"file:/" not in (printed / "book.pdf").read_bytes()
