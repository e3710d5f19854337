"""The page of reporting standards: every item once, links as cross-references, counts from the items."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

from living_article.display.reporting import PAGE, as_csv, link, reporting_page
from living_article.reporting.checklist import Checklist, Item, load_checklists

CHECKLISTS = load_checklists(Path(__file__).parents[2] / "data" / "reporting")
MINI = Checklist(
    "mini", "MINI", "Small studies", 2020, ("someone2020",), "Read as it is.",
    (
        Item("1a", "Title", "A title", "reported", "There.", "Title", {"The end": "book/last"}),
        Item("1b", "Title", "A design", "partly", "Half of it.", "Title", {"Figure 2": "#figure-2"}),
        Item("2", "Data", "Blinding", "not reported", "No word."),
        Item("3", "Data", "Matching", "not applicable", "None."),
    ),
)  # fmt: skip


def test_a_link_is_a_cross_reference_that_sphinx_checks():
    assert link("Table 1", "#table-1") == "[Table 1](#table-1)"
    assert link("Cox", "notebooks/cox") == "{doc}`Cox </notebooks/cox>`"
    assert link("Points", "notebooks/nomogram#points") == "[Points](/notebooks/nomogram.ipynb#points)"
    assert link("Files", "book/data#files") == "[Files](/book/data.md#files)"


def test_an_item_that_is_not_reported_is_shown_as_such():
    rows = [line for line in reporting_page([MINI])[f"{PAGE}.md"].splitlines() if line.startswith("| ")]
    assert "| 1a Title | A title | **Reported** (Title). There. | {doc}`The end </book/last>` |" in rows
    assert "| 1b Title | A design | **Reported in part** (Title). Half of it. | [Figure 2](#figure-2) |" in rows
    assert "| 2 Data | Blinding | **Not reported**. No word. | Not in this book |" in rows
    assert "| 3 Data | Matching | **Not applicable**. None. | — |" in rows


def test_the_summary_counts_the_items():
    page = reporting_page([MINI])[f"{PAGE}.md"]
    assert "have 4 items, of which 1 does not apply to the article." in page
    assert "reports 1 in full and 1 in part, and does not report 1." in page
    assert "1 have a place in the book; 1 are in neither." in page
    assert "| MINI | 4 | 1 | 1 | 1 | 1 | 1 |" in page
    more = replace(MINI, items=(*MINI.items, Item("4", "Data", "Funding", "not reported", "No.", book={"x": "index"})))
    assert "| MINI | 5 | 1 | 1 | 2 | 1 | 2 |" in reporting_page([more])[f"{PAGE}.md"]


def test_every_item_of_every_standard_has_a_row():
    page = reporting_page(CHECKLISTS)[f"{PAGE}.md"]
    for checklist in CHECKLISTS:
        part = page.split(f"\n## {checklist.title}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| (\d+[a-z]?) ", part, flags=re.M) == [item.item for item in checklist.items]


def test_the_download_holds_every_item():
    rows = list(csv.DictReader(io.StringIO(as_csv(CHECKLISTS))))
    items = [(c.id, item.item, item.article) for c in CHECKLISTS for item in c.items]
    assert [(row["checklist"], row["item"], row["article"]) for row in rows] == items
    assert next(csv.DictReader(io.StringIO(as_csv([MINI]))))["book"] == "The end (book/last)"
