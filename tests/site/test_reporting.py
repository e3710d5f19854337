"""The checklists in the built book: every item is a row, and every link leads to a place that is there."""

from __future__ import annotations

import csv
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from living_article.reporting.checklist import load_checklists

PAGE = "book/reporting"


def checklists(project):
    return load_checklists(project.root / "data" / "reporting")


def test_every_item_is_a_row_with_its_links(pages, project):
    tables = pages[PAGE].select("article table.checklist")
    assert len(tables) == len(checklists(project))
    for table, checklist in zip(tables, checklists(project), strict=True):
        rows = table.select("tbody > tr")
        assert [row.td.get_text().split()[0] for row in rows] == [item.item for item in checklist.items]
        for row, item in zip(rows, checklist.items, strict=True):
            assert [link.get_text() for link in row.select("a")] == list(item.book), item.item


def test_every_link_leads_to_a_place(pages, site):
    links = [link["href"] for link in pages[PAGE].select("article table.checklist tbody a")]
    assert len(links) > 60
    for href in links:
        parts = urlsplit(href)
        file = (site / PAGE).parent / parts.path
        assert file.is_file(), href
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser") if parts.fragment else None
        assert page is None or page.find(id=parts.fragment), href


def test_the_download_is_there(pages, project, site):
    link = pages[PAGE].select_one("article a.download")
    with ((site / PAGE).parent / link["href"]).open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == sum(len(c.items) for c in checklists(project))
