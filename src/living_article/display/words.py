"""Words that follow from numbers: direction, significance, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from living_article.disclosure.small_cells import HIDDEN
from living_article.display.format import p_equals, significance_level
from living_article.records import Record
from living_article.study.labels import KeptLabel

_SYMBOL = re.compile(r"[A-Z][a-z](?![^\W\d_])")  # Hb, Na, Ki-67
_SHORT_WORD = re.compile(r"(No|In|At|Of|On|To|By|An|As|Or|Up|Ex)\b")


def direction(difference: float, more: str, less: str, same: str = "the same", tolerance: float = 1e-12) -> str:
    """Return ``more``, ``less`` or ``same`` by the sign of the difference.

    >>> direction(8.0, "longer", "shorter")
    'longer'
    """
    if abs(difference) <= tolerance:
        return same
    return more if difference > 0 else less


def significance(p: float | None, alpha: float) -> str:
    """Return whether ``p`` is below ``alpha``, with the P value itself; raises ValueError for a blank.

    >>> significance(0.04, 0.05)
    'statistically significant at the 5% level (P = 0.040)'
    """
    told = p_equals(p)
    word = "statistically significant" if p is not None and p < alpha else "not statistically significant"
    return f"{word} at the {significance_level(alpha)} level ({told})"


def listed(items: Sequence[str], nothing: str = "none") -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``; ``nothing`` for an empty list."""
    items = list(items)
    if not items:
        return nothing
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 patient`` or ``3 patients``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def withheld(what: str, records: Iterable[Record], verb: str = "is") -> str | None:
    """Return why something is not shown if a record of it is withheld so that no small count can be worked out.

    >>> withheld("The rate", [Record("s", "rate", note="not shown")])
    'The rate is not shown, since a count of few patients could be worked out from it.'
    """
    if all(record.note != HIDDEN for record in records):
        return None
    it = "it" if verb == "is" else "them"
    return f"{what} {verb} not shown, since a count of few patients could be worked out from {it}."


def counted(record: Record, one: str, many: str | None = None) -> str:
    """Return ``1 patient`` or ``3 patients`` of a record, ``fewer than 5 patients`` if it is too small to be shown.

    >>> counted(Record("s", "n", note="< 5"), "patient"), counted(Record("s", "n", note="not shown"), "patient")
    ('fewer than 5 patients', 'an undisclosed number of patients')
    """
    if record.value is not None:
        return plural(int(record.value), one, many)
    several, note = many or one + "s", record.note or ""
    if note.startswith("< "):
        return f"fewer than {note[2:]} {several}"
    return f"an undisclosed number of {several}"


def lower_first(text: str) -> str:
    """Lower the first letter of a label for use inside a sentence, unless it begins an abbreviation or is kept.

    >>> lower_first("Overall survival"), lower_first("LDH"), lower_first("T stage, high"), lower_first("Hb")
    ('overall survival', 'LDH', 'T stage, high', 'Hb')
    """
    if len(text) < 2 or not text[1].islower() or isinstance(text, KeptLabel):
        return text
    if _SYMBOL.match(text) and not _SHORT_WORD.match(text):
        return text
    return text[0].lower() + text[1:]
