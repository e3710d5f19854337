"""Draft adverse events: columns of yes and no, and columns of grades, from which those of a high grade are told."""

from __future__ import annotations

import re

from living_article.study.drafting import guess
from living_article.study.drafting.columns import Column
from living_article.study.drafting.content import Draft

SEVERE = 3
"""The grade from which an adverse event counts where the table has grades."""


def adverse_events(made: Draft, found: dict[str, Column]) -> None:
    """Take columns named like adverse events: of yes and no whose yes is written alike, or of grades."""
    events: dict[str, str] = {}
    present = None
    plain, graded = guess.adverse_events(found)
    for column in plain:
        yes = guess.meaning_yes(column)
        if yes is not None and present in (None, yes):
            present = yes
            events[column.name] = column.label
            del found[column.name]
    groups = {"adverse_events": {"label": "Adverse events", "events": events}} if events else {}
    if graded:
        present = present or "1"
        severe = {_severe(made, found.pop(column.name), present): _without_grade(column.label) for column in graded}
        groups["severe_events"] = {"label": f"Adverse events of grade {SEVERE} or higher", "events": severe}
    if groups:
        made.content["toxicity"] = {"present": present, "groups": groups}
        made.guessed("columns named like adverse events; group them by organ if you like", "toxicity", "groups")


def _without_grade(label: str) -> str:
    return re.sub(r"[\s,:]*(ctcae|grade|grad)\b", "", label, flags=re.IGNORECASE).strip() or label


def _severe(made: Draft, column: Column, present: str) -> str:
    """Add a column that says who had an event of a high grade, and return its name."""
    name = f"{column.name} {SEVERE}+"
    made.table[name] = ""
    made.table.loc[column.values.index, name] = [present if grade >= SEVERE else "0" for grade in column.numbers]
    made.remarks.append(f"{name}: added, {present} for grade {SEVERE} or higher and 0 for less")
    return name
