"""Which pages the book of a study has: sections it has data for, and pages about the article only if it re-tells it."""

from __future__ import annotations

from collections.abc import Callable

from living_article.study.model import Study

NEEDS: dict[str, Callable[[Study], bool]] = {
    "response": lambda study: bool(study.response or study.lesions),
    "toxicity": lambda study: bool(study.toxicity),
    "nomogram": lambda study: study.model is not None,
    "validation": lambda study: study.model is not None,
    "sensitivity": lambda study: study.model is not None or study.sensitivity is not None,
}
"""Section → whether a study has the data it is about; a section not named here needs no more than every study has."""

AFTER = {"nomogram": ("book/calculator",)}
"""Section → pages that follow it, since they are made from what it computes."""

GENERATED = ("book/dictionary", "book/status", "book/references")
"""Pages besides the root page that are written for a study that re-tells no article."""


def sections(known: list[str], study: Study) -> list[str]:
    """Return those of the known sections that a study has data for."""
    return [section for section in known if NEEDS.get(section, lambda _: True)(study)]


def contents(known: list[str], study: Study) -> dict:
    """Return the table of contents of a book about a study that re-tells no article."""
    pages = [page for section in sections(known, study) for page in (f"notebooks/{section}", *AFTER.get(section, ()))]
    return {"format": "jb-book", "root": "index", "chapters": [{"file": page} for page in (*pages, *GENERATED)]}
