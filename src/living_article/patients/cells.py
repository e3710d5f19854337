"""The text cells of a patient table, and how a fault in one is told: once, the first few of a kind, no ids shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.study.vocabulary import vocabulary

if TYPE_CHECKING:
    from living_article.patients.table_files import TableFile

MOST_ALIKE = 5
"""Cells of one column with the same problem that are told each; the others are counted."""

Verdict = tuple[str, str | None]
"""What is wrong with a cell, and the remedy."""

Rule = Callable[[str], Verdict | None]
"""Judges the text of one cell; None if nothing is wrong."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # surrogates that stand for no byte
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+")
_LONGEST = 40


def quoted(text: str) -> str:
    """Return text fit to be shown on one line: bytes that are not UTF-8 as Western European, shortened."""
    text = _LONE.sub("�", text)
    text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if not_utf8(text) else text
    text = "".join(c if c.isprintable() else "�" for c in text[: 2 * _LONGEST])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def not_utf8(text: str) -> bool:
    """Whether the text holds bytes that were not UTF-8, which `read_table` keeps as surrogates."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def is_number(text: str) -> bool:
    """Whether the cell is a finite number written with digits and a decimal point, without spaces."""
    return _NUMBER.fullmatch(text) is not None and abs(float(text)) < float("inf")


def is_date(text: str) -> bool:
    """Whether the cell is a date of the years 1900 to 2100, written year-month-day with all its digits."""
    try:
        return _DATE.fullmatch(text) is not None and 1900 <= date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


class Cells:
    """The text cells of a table in its file, and which of them a fault has been told of.

    One cell is told of once, by the first fault found. The values of columns that tell who a patient is are never
    quoted, and an id of a patient in no column.
    """

    def __init__(self, file: Path | None, source: TableFile, patient: str) -> None:
        self.file, self.table, self.patient = file, source.cells, patient
        self._told: dict[str, np.ndarray] = {}
        self._values: dict[str, Mapping[str, object]] = dict(source.values)

    def __contains__(self, column: str) -> bool:
        return column in self.table.columns

    def __getitem__(self, column: str) -> pd.Series:
        return self.table[column]

    def values(self, column: str) -> Mapping[str, object]:
        """Return the different values of a column as keys, in the order of the table."""
        if column not in self._values:
            self._values[column] = dict.fromkeys(self.table[column])
        return self._values[column]

    def mapped(self, column: str, of: Callable[[str], object], kind: str) -> pd.Series:
        """Return ``of`` each cell as a column of NumPy type ``kind``; each different value is asked once."""
        known = {value: of(value) for value in self.values(column)}
        cells = self.table[column]
        return pd.Series(np.fromiter(map(known.__getitem__, cells), kind, len(cells)), cells.index)

    def numbers(self, column: str) -> pd.Series:
        """Return the cells as numbers, NaN where there is none."""
        return self.mapped(column, lambda text: float(text) if is_number(text) else np.nan, "float64")

    def days(self, column: str) -> pd.Series:
        """Return the cells as dates, NaT where there is none."""
        return self.mapped(column, lambda text: np.datetime64(text if is_date(text) else "NaT", "s"), "datetime64[s]")

    @property
    def faulty(self) -> np.ndarray:
        """Which rows have a cell that was told of."""
        return np.logical_or.reduce([np.zeros(len(self.table), bool), *self._told.values()])

    def judged(self, column: str, rule: Rule) -> Iterator[InputError]:
        """Yield the cells of a column in which ``rule`` finds a fault, each different value being judged once."""
        verdicts = {value: verdict for value in self.values(column) if (verdict := rule(value)) is not None}
        for problem in dict.fromkeys(problem for problem, _ in verdicts.values()):
            alike = {value: remedy for value, (other, remedy) in verdicts.items() if other == problem}
            wrong = np.fromiter(map(alike.__contains__, self.table[column]), bool, len(self.table))
            yield from self.marked(column, wrong, problem, alike.__getitem__)

    def marked(
        self, column: str, wrong: pd.Series | np.ndarray, problem: str, remedy: str | Callable[[str], str | None] | None
    ) -> Iterator[InputError]:
        """Yield an error for the first of the marked cells that were not told of, and one that counts the rest."""
        told = self._told.setdefault(column, np.zeros(len(self.table), bool))
        fresh = np.flatnonzero(np.asarray(wrong, bool) & ~told)
        told[fresh] = True
        cells = self.table[column].iloc[fresh[:MOST_ALIKE]]
        for row, value in cells.items():
            cure = remedy(value) if callable(remedy) else remedy
            yield self.error(problem, row, column, value, cure)
        if more := len(fresh) - len(cells):
            last = self.table.index[fresh[-1]]
            yield InputError(
                f"{problem}: and {more} more like this", file=self.file, column=quoted(column),
                remedy=f"the last is row {last}",
            )  # fmt: skip

    def error(self, problem: str, row: int, column: str, value: str, remedy: str | None = None) -> InputError:
        """Return an error at this cell, its value shortened, and left out if it tells who the patient is."""
        shown = None if self._private(column, value) else quoted(value)
        return InputError(problem, file=self.file, row=int(row), column=quoted(column), value=shown, remedy=remedy)

    def column_error(
        self, problem: str, column: str, value: str | None = None, remedy: str | None = None
    ) -> InputError:
        """Return an error about a whole column."""
        return InputError(problem, file=self.file, column=quoted(column), value=value, remedy=remedy)

    def _private(self, column: str, value: str) -> bool:
        """Whether the cell tells who the patient is: an id, a name, a birthday, an address."""
        words = [word.casefold() for word in _WORD.findall(column)]
        named = {*words, "".join(words)}
        if plain_name(column) == plain_name(self.patient) or named.intersection(vocabulary().identifying):
            return True
        ids = self.values(self.patient) if self.patient in self else {}
        return value.strip() in ids and value.strip() != "" and not is_number(value.strip())


def plain_name(column: str) -> str:
    """Return the name of a column without what people spell differently: capitals, spaces, underscores."""
    return re.sub(r"\W|_", "", column).casefold()
