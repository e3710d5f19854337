"""The words that mark what is about a part of the patients as exploratory."""

from __future__ import annotations

import re
from collections.abc import Mapping

from living_article.display import words
from living_article.patients.subset import EXPLORATORY

_HEADING = re.compile(r"^# .*$", re.MULTILINE)


def part(badge: str) -> str:
    """Return whom a part of the patients is, as its badge says; blank if it is all of them.

    >>> part("Real patients; exploratory: Age at least 60 years"), part("Real patients")
    ('Age at least 60 years', '')
    """
    return badge.partition(f"{EXPLORATORY}: ")[2]


def mark(badge: str) -> str:
    """Return what stands before a sentence, with a space after it; blank if it is about all patients."""
    return f"*Exploratory, {part(badge)}:* " if part(badge) else ""


def marked_page(page: str, badges: Mapping[str, str]) -> str:
    """Return a page of prose with a box below its title if sections, whose badges are given, are about a part."""
    parts = [f"{{doc}}`/notebooks/{section}` ({part(badge)})" for section, badge in badges.items() if part(badge)]
    if not parts:
        return page
    about = words.plural(len(parts), "section is", "sections are")
    text = f"Exploratory: {about} about a part of the patients only, and so is what other pages say of it: "
    return _HEADING.sub(lambda title: f"{title[0]}\n\n:::{{warning}}\n{text}{words.listed(parts)}.\n:::", page, count=1)
