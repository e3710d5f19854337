"""The columns of an unknown patient table: tidied cells, and what kind of values they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from living_article.patients.cells import is_date, is_number, not_utf8
from living_article.patients.table_files import TableFile
from living_article.study.drafting.coding import (
    describes,
    named_codes,
    one_spelling,
    unknown_codes,
    without_brackets,
    without_coding,
)
from living_article.study.form import MOST_LETTERS
from living_article.study.vocabulary import vocabulary

MOST_LEVELS = 12
"""Different texts that a column may have to be taken for levels."""

_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([ T]00:00(:00(\.0+)?)?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+(\.0{1,2})?", re.ASCII).fullmatch
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])|\d+")
_UNITS = (
    r"(mm|cm|kg|g/l|g/dl|g|mg/l|mg/dl|mg|years?|yrs?|months?|weeks?|days?|jahren?|monaten?|wochen?|tagen?"
    r"|u/l|u/ml|mmol/l|µmol/l|%)"
)
_CHOICE = re.compile(r"(.+) \(choice=(.+)\)")  # the column of one checkbox in an export of REDCap
_END = re.compile(  # a unit at the end of a name
    rf"[\s_.,]*(?:[\s_.]{_UNITS}|[(\[]\s*(?:{_UNITS}|[yj]\.?)\s*[)\]])$", re.IGNORECASE
)


@dataclass(frozen=True)
class Column:
    """A column with its cells tidied; ``codes`` maps cells to the value labels of the file."""

    name: str
    cells: pd.Series
    codes: dict[str, str]
    file_label: str | None = None

    @cached_property
    def values(self) -> pd.Series:
        """The cells that are not empty."""
        return self.cells[self.cells != ""]

    @cached_property
    def distinct(self) -> set[str]:
        """The different values."""
        return set(self.values)

    @cached_property
    def levels(self) -> list[str]:
        """The different values: in the order of the value labels, of the numbers, or of the alphabet."""
        found = self.distinct
        ordered = [code for code in self.codes if code in found]
        others = found.difference(ordered)
        return ordered + sorted(others, key=lambda v: (float(v), v) if self.numeric else (0.0, v.casefold(), v))

    @cached_property
    def numeric(self) -> bool:
        """Whether every value is a number."""
        return bool(self.distinct) and all(map(is_number, self.distinct))

    @cached_property
    def numbers(self) -> pd.Series:
        """The values as numbers; only of a numeric column."""
        return pd.to_numeric(self.values)

    @cached_property
    def whole(self) -> bool:
        """Whether every value is a whole number."""
        return self.numeric and bool((self.numbers % 1 == 0).all())

    @cached_property
    def dates(self) -> bool:
        """Whether every value is a date, year-month-day."""
        return bool(self.distinct) and all(map(is_date, self.distinct))

    @cached_property
    def words(self) -> list[str]:
        """The words of the name in small letters, without brackets: ``osMonths`` and ``OS_months`` are os, months."""
        return [word.casefold() for word in _WORD.findall(without_brackets(self.name))]

    @cached_property
    def all_words(self) -> list[str]:
        """The words of the name in small letters, those in brackets among them."""
        return [word.casefold() for word in _WORD.findall(self.name)]

    @cached_property
    def label_words(self) -> list[str]:
        """The words of the file's label in small letters, without its unit and what follows in brackets."""
        return [word.casefold() for word in _WORD.findall(without_brackets(self.file_label or ""))]

    @property
    def label(self) -> str:
        """The label of the file without its unit, or the name in words."""
        words = re.sub(rf"[\s,]*[(\[]\s*{_UNITS}\s*[)\]]\s*$", "", self.file_label or "", flags=re.IGNORECASE).strip()
        plain = _END.sub("", without_coding(self.name)).strip()
        if not words and (choice := _CHOICE.fullmatch(self.name)):
            words = f"{choice[1]}: {choice[2]}"
        elif not words and re.search(r"[ -]", plain) and "_" not in plain:  # written for people, with capitals as meant
            words = plain
        elif not words:
            words = " ".join(map(_in_label, _WORD.findall(plain))) or self.name
        return fit_label(words[:1].upper() + words[1:])

    @property
    def unit(self) -> str | None:
        """The unit at the end of the name or in brackets at the end of the label."""
        text = f"{self.file_label or ''}".strip()
        if found := re.search(rf"[(\[]\s*{_UNITS}\s*[)\]]\s*$", text, flags=re.IGNORECASE):
            return found[1]
        found = _END.search(self.name)
        return found[1] or found[2] if found else None

    def level_label(self, level: str) -> str:
        """Return the value label of a level, or the level itself with a capital letter."""
        label = fit_label((self.codes.get(level) or level).strip() or level)
        return label[:1].upper() + label[1:].replace("_", " ") if label.islower() else label


def fit_label(text: str) -> str:
    """Return text without signs that would be read as markup, of a length that a study file allows for a label."""
    plain = " ".join(re.sub(r"[|`{}\[\]]", " ", text).split()) or "-"
    return plain if len(plain) <= MOST_LETTERS else plain[: MOST_LETTERS - 1] + "…"


def columns(source: TableFile) -> tuple[dict[str, Column], dict[str, str]]:
    """Return the tidied columns by name, and for each column that was changed what was done to it."""
    found: dict[str, Column] = {}
    changes: dict[str, str] = {}
    for original in source.cells.columns:
        name = _plain(original)
        name = name if name and name not in found else f"{name or 'column'}_{len(found) + 1}"
        cells, done = _tidied(source.cells[original])
        if name != original:
            done = [f"renamed from {original!r}" if not not_utf8(original) else "renamed", *done]
        codes = {code: _plain(label) for code, label in source.levels.get(original, {}).items()}
        cells, codes, emptied = _coded(cells, codes or named_codes(name))
        if done := [*done, *emptied]:
            changes[name] = ", ".join(done)
        found[name] = Column(name, cells, codes, _plain(source.labels.get(original, "")) or None)
    if any("decimal commas" in change for change in changes.values()):
        for column in found.values():
            if column.numeric and _thousands(column.distinct):
                more = "its points read as decimal points; if they mark thousands, remove them and draft again"
                changes[column.name] = ", ".join(filter(None, [changes.get(column.name), more]))
    return found, changes


def _thousands(values: set[str]) -> bool:
    """Whether every point stands before three digits, as a mark of thousands does where commas are decimal."""
    pointed = [text for text in values if "." in text]
    return bool(pointed) and all(re.fullmatch(r"\d{1,3}\.\d{3}", text) for text in pointed)


def _in_label(word: str) -> str:
    """Return a word of a name as it is written in a label: in small letters, but for abbreviations."""
    return word.upper() if word.isupper() or word.casefold() in vocabulary().capitals else word.lower()


def _plain(text: str) -> str:
    """Return text as UTF-8 on one line, without spaces around it and invisible characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if not_utf8(text) else text
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def _coded(cells: pd.Series, codes: dict[str, str]) -> tuple[pd.Series, dict[str, str], list[str]]:
    """Return the cells without codes for missing, the labels if they are those of levels, and what was done."""
    unknown = unknown_codes(codes)
    empty = cells.isin(unknown)
    told = [f"{int(empty.sum())} cells emptied, their code means missing"] if empty.any() else []
    cells = cells.mask(empty, "")
    codes = {code: label for code, label in codes.items() if code not in unknown}
    return cells, codes if describes(codes, set(cells[cells != ""])) else {}, told


def _tidied(cells: pd.Series) -> tuple[pd.Series, list[str]]:
    """Return the cells with spaces, missing-value codes, decimal commas and dates in one form, and what was done."""
    done = []
    known = list(dict.fromkeys(cells))  # each different cell is tidied once, which a large table needs
    plain = pd.Series([_plain(text) for text in known], dtype=object)
    if (plain != known).any():
        done.append("spaces or letters put right")
    missing = _missing(plain)
    if missing.any():
        emptied = {text for text, empty in zip(known, missing, strict=True) if empty}
        done.append(f"{int(cells.isin(emptied).sum())} cells such as NA emptied")
        plain = plain.mask(missing, "")
    values = plain[plain != ""]
    forms = (
        (_decimal_points, "decimal commas made points"),
        (_whole_numbers, "whole numbers written without .0"),
        (_iso_dates, "dates written year-month-day"),
    )
    for read, told in forms:
        changed = read(values)
        if changed is not None and (changed != values).any():
            done.append(told)
            plain = plain.where(plain == "", changed.reindex(plain.index))
            values = plain[plain != ""]
    tidy = dict(zip(known, plain, strict=True))
    few = len(known) <= 4 * MOST_LEVELS
    if few and (spellings := one_spelling((tidy[text] for text in cells), 2 * MOST_LEVELS)):
        tidy = {text: spellings.get(plain, plain) for text, plain in tidy.items()}
        done.append(", ".join(f"{text!r} written {one}" for text, one in spellings.items() if text != one))
    return pd.Series(np.fromiter(map(tidy.__getitem__, cells), object, len(cells)), cells.index), done


def _missing(values: pd.Series) -> pd.Series:
    """Return which values say that nothing is known; among numbers or dates words such as unknown do so too."""
    small = values.str.casefold()
    nothing, unknown = small.isin(vocabulary().nothing), small.isin(vocabulary().unknown)
    others = values[~nothing & ~unknown & (values != "")]
    known = len(others) > 0 and any(all(map(kind, others)) for kind in (_commas_allowed, _day))
    return nothing | (unknown & known)


def _commas_allowed(text: str) -> bool:
    return is_number(text.replace(",", "."))


def _day(text: str) -> bool:
    return _ISO.fullmatch(text) is not None or _DOTTED.fullmatch(text) is not None


def _decimal_points(values: pd.Series) -> pd.Series | None:
    """Return the numbers with points, None if they are not numbers with commas; 1,234 may be a thousand."""
    commas = values[values.map(lambda text: _COMMA.fullmatch(text) is not None)]
    others = values.drop(commas.index)
    thousands = commas.str.split(",").str[1].str.len().eq(3).all()
    if commas.empty or thousands or not others.map(is_number).all():
        return None
    return values.str.replace(",", ".", regex=False)


def _whole_numbers(values: pd.Series) -> pd.Series | None:
    """Return 1.0 as 1 where all are whole: what is left of whole numbers when a column had missing values."""
    return (
        values.str.replace(r"\.0+$", "", regex=True)
        if values.map(lambda text: _WHOLE(text) is not None).all()
        else None
    )


def _iso_dates(values: pd.Series) -> pd.Series | None:
    """Return dates as year-month-day, None if they are not all dates of a form with one meaning."""
    if values.empty:
        return None
    for form, written in ((_ISO, "{0}-{1:0>2}-{2:0>2}"), (_DOTTED, "{2}-{1:0>2}-{0:0>2}")):
        found = values.map(form.fullmatch)
        if found.notna().all():
            return found.map(lambda match, written=written: written.format(*match.groups()))
    return None
