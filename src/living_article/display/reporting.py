"""The page of reporting standards: a summary, one table for each checklist, and a file to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from living_article.reporting.checklist import JUDGEMENTS, NOT_APPLICABLE, NOT_REPORTED, Checklist, Item

PAGE = "book/reporting"
NONE = "—"
_TITLE = "# Reporting standards"
_INTRODUCTION = """\
Reporting standards list what a reader must be told to judge a study and to use its results.
The tables below go through {names}, item by item, and keep two questions apart: what the article reports, and where
this book has the same item.
Each entry is a reading of the article's text; it says what is printed, and not what was done.
The items are described in our own words, and the standards themselves say more about each of them."""
_LIMITS = """\
What the book adds is computed from a reconstructed cohort.
It shows how an item can be met, and never what the study itself would have reported."""
_FILES = "Download all items as {download}`CSV <reporting.csv>`."
_HEADER = ["Item", "It asks for", "In the article", "In this book"]
_WORDS = {
    "reported": "**Reported**",
    "partly": "**Reported in part**",
    "not reported": "**Not reported**",
    "not applicable": "**Not applicable**",
}


def reporting_page(checklists: Sequence[Checklist]) -> dict[str, str]:
    """Return the page as MyST markdown and its download, by path in the staged book.

    The links are cross-references, so that a target that is not there fails a build in which warnings are errors.
    """
    parts = [
        _TITLE,
        _introduction(checklists),
        "## Items in numbers",
        _sentences(checklists),
        _counts(checklists),
        _FILES,
    ]
    for checklist in checklists:
        cited = ",".join(checklist.citations)
        parts += [
            f"## {checklist.title}",
            f"{checklist.subject} ({checklist.year}) {{cite}}`{cited}`.\n{checklist.reading}",
            _table(f"{checklist.title}, item by item", _HEADER, map(_row, checklist.items), "checklist"),
        ]
    return {f"{PAGE}.md": "\n\n".join(parts) + "\n", f"{PAGE}.csv": as_csv(checklists)}


def as_csv(checklists: Iterable[Checklist]) -> str:
    """Return every item as CSV; ``book`` holds the targets in this book."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["checklist", "item", "section", "asks", "article", "where", "note", "book"])
    for checklist in checklists:
        for item in checklist.items:
            targets = "; ".join(f"{name} ({target})" for name, target in item.book.items())
            cells = [item.item, item.section, item.asks, item.article, item.where, item.note, targets]
            writer.writerow([checklist.id, *cells])
    return text.getvalue()


def link(text: str, target: str) -> str:
    """Return a cross-reference to a target: ``page``, ``page#heading`` or ``#label``."""
    page, _, anchor = target.partition("#")
    if not page:
        return f"[{text}]({target})"
    if not anchor:
        return f"{{doc}}`{text} </{page}>`"
    ending = "ipynb" if page.startswith("notebooks/") else "md"
    return f"[{text}](/{page}.{ending}#{anchor})"


def _introduction(checklists: Sequence[Checklist]) -> str:
    *first, last = [checklist.title for checklist in checklists]
    names = f"{', '.join(first)} and {last}" if first else last
    return f"{_INTRODUCTION.format(names=names)}\n\n{_LIMITS}"


def _sentences(checklists: Sequence[Checklist]) -> str:
    items = [item for checklist in checklists for item in checklist.items]
    counts = {judgement: sum(item.article == judgement for item in items) for judgement in JUDGEMENTS}
    reported, partly, missing, inapplicable = counts.values()
    return (
        f"Together the standards have {len(items)} items, of which {inapplicable} "
        f"{'does' if inapplicable == 1 else 'do'} not apply to the article.\n"
        f"Of the others, the article reports {reported} in full and {partly} in part, and does not report {missing}.\n"
        f"Among the items that the article reports in part or not at all, {sum(item.added for item in items)} have a "
        f"place in the book; {sum(item.article == NOT_REPORTED and not item.book for item in items)} are in neither."
    )


def _counts(checklists: Sequence[Checklist]) -> str:
    header = ["Standard", "Items", "Reported", "In part", "Not reported", "Not applicable", "Added by the book"]
    rows = []
    for checklist in checklists:
        counts = [sum(item.article == judgement for item in checklist.items) for judgement in JUDGEMENTS]
        added = sum(item.added for item in checklist.items)
        rows.append([checklist.title, *map(str, [len(checklist.items), *counts, added])])
    return _table("Items of each standard", header, rows)


def _row(item: Item) -> list[str]:
    where = f" ({item.where})" if item.where else ""
    book = "; ".join(link(text, target) for text, target in item.book.items())
    if not book:
        book = NONE if item.article == NOT_APPLICABLE else "Not in this book"
    return [f"{item.item} {item.section}", item.asks, f"{_WORDS[item.article]}{where}. {item.note}", book]


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    rules = [":---", *[":---" if kind else "---:"] * (len(header) - 1)]
    lines = [header, rules, *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    options = f":class: {kind}\n" if kind else ""
    return f":::{{table}} {caption}\n{options}\n{body}\n:::"
