"""What a cell of a patient table may hold: one of the levels, a number in its bounds, a date, plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from living_article.patients.cells import Rule, Verdict, is_date, is_number, not_utf8
from living_article.study.vocabulary import vocabulary

MISSING = frozenset(vocabulary().nothing + vocabulary().unknown)
"""What people write (case aside) where a value is missing; the table leaves such cells empty."""

STRAY = "stray space"

_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_PLAIN = re.compile(r"[\w. ]*", re.ASCII)
_FORMULA = re.compile(r"[=@].|[+-](?![+-]*$)")  # +, -- or +++ alone are findings
_HTML = re.compile(r"<[/!]?[A-Za-z][^<>]*>|<[A-Za-z]+[\s/]+\w+\s*=|&(#\w+|[A-Za-z]+);|javascript:", re.IGNORECASE)
_MOJIBAKE = re.compile("[ÂÃ][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘-„†-…‰‹›€™]|â€|�")  # UTF-8 read as Western European
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_EMPTY = "leave the cell empty if the value is missing"


def encoding_rule(text: str) -> Verdict | None:
    """Judge whether the bytes of a cell were UTF-8."""
    return ("not readable as UTF-8 CSV", "save the whole file as 'CSV UTF-8'") if not_utf8(text) else None


def level_rule(levels: Sequence[str], *, required: bool) -> Rule:
    """Return the rule for a column that holds one of the levels; empty cells are faults only if one is required."""
    known = set(levels)

    def judge(text: str) -> Verdict | None:
        plain = text.strip()
        if text in known or (text == "" and not required):
            return None
        if plain in known:
            return STRAY, f"write {plain}"
        if same := [level for level in levels if level.casefold() == plain.casefold()]:
            return "unknown level", f"write {same[0]}"
        if plain.casefold() in MISSING and not required:
            return "unknown level", _EMPTY
        return _suspicious("unknown level", plain), f"use one of {', '.join(levels)}"

    return judge


def number_rule(
    low: float | None = None, high: float | None = None, *, required: bool = False, by: str = "the study file"
) -> Rule:
    """Return the rule for a column of numbers in bounds; empty cells are faults only if a value is required."""
    bounds = " to ".join("…" if bound is None else f"{bound:g}" for bound in (low, high))

    def judge(text: str) -> Verdict | None:
        if text == "" and not required:
            return None
        if not is_number(text):
            return _no_number(text, required)
        number = float(text)
        if (low is not None and number < low) or (high is not None and number > high):
            return "out of range", f"{by} allows {bounds}"
        return None

    return judge


def _no_number(text: str, required: bool) -> Verdict:
    plain = text.strip()
    if is_number(plain):
        return STRAY, f"write {plain}"
    if _COMMA.fullmatch(plain):
        return "not a number, decimal comma", f"write a decimal point, {plain.replace(',', '.')}"
    if plain == "" or plain.casefold() in MISSING:
        missing = ("not a number, value missing", "complete it or leave the patient out")
        return missing if required else ("not a number", _EMPTY)
    if plain.isascii() and plain.isdigit():
        return "not a number a computer can hold", "correct the digits"
    return _suspicious("not a number", plain), "use digits with a decimal point"


def date_rule(text: str) -> Verdict | None:
    """Judge a cell that holds a date or nothing."""
    plain = text.strip()
    if text == "" or is_date(text):
        return None
    if is_date(plain):
        return STRAY, f"write {plain}"
    if plain == "" or plain.casefold() in MISSING:
        return "not a date", _EMPTY
    if not _DATE_LIKE.fullmatch(plain):
        return _suspicious("not a date", plain), "write year-month-day, e.g. 2022-12-31"
    padded = "{}-{:0>2}-{:0>2}".format(*plain.split("-"))
    if is_date(padded):
        return "not a date, digits are missing", f"write {padded}"
    return "not a date of the calendar, 1900 to 2100", "correct it, or leave the cell empty if the date is not known"


def text_rule(text: str) -> Verdict | None:
    """Judge any cell by what spreadsheets and browsers make of it; the first fault counts."""
    return next(text_faults(text), None)


def text_faults(text: str) -> Iterator[Verdict]:
    """Yield stray spaces, formulas, mark-up and garbled letters."""
    plain = text.strip()
    if plain == text and _PLAIN.fullmatch(text):
        return
    if plain != text or _INVISIBLE.search(text):
        yield STRAY, "remove the spaces and invisible characters around the text"
    if _FORMULA.match(plain) and not is_number(plain):
        yield "text that a spreadsheet would run as a formula", "remove the sign it starts with"
    if _HTML.search(text):
        yield "text that looks like HTML", "write it without < > and &"
    if _MOJIBAKE.search(text):
        yield "letters garbled by a wrong encoding", "export the table again as 'CSV UTF-8'"


def _suspicious(problem: str, plain: str) -> str:
    """Return the problem together with what else is wrong with the cell, since one cell is told of once."""
    return ", ".join([problem, *(other for other, _ in text_faults(plain) if other != STRAY)])
