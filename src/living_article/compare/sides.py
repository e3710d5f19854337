"""One side of a comparison: its numbers, read from a ``results.json`` or a folder of such files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from living_article.disclosure.population import Population, read_population
from living_article.errors import InputError
from living_article.records import Record, read_patients, read_results, read_spoken

Key = tuple[str, str, str | None, str | None, str | None, float | None]
"""Section, name, endpoint, group, term, horizon."""


@dataclass(frozen=True)
class Number:
    """One number of one side; ``tolerance`` is half a unit of its last printed decimal, 0 for a computed one.

    ``alpha`` is the significance level of its section; ``bound`` is the sign of a printed ``<0.05``.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    unit: str | None = None
    note: str | None = None
    alpha: float = 0.05
    tolerance: float = 0.0
    bound: str = ""
    printed: bool = False

    @property
    def significant(self) -> bool | None:
        """Whether P, or the printed bound on it, says significant; None without P."""
        if self.p is None:
            return None
        return self.p < self.alpha or self.bound == "<" and self.p <= self.alpha

    def near(self, other: Number, name: str) -> bool:
        """Return whether value, low or high is the same on both sides; what is not printed counts as such."""
        mine, theirs = getattr(self, name), getattr(other, name)
        if mine is None or theirs is None:
            return mine is theirs or self.printed or other.printed
        slack = self.tolerance + other.tolerance + 1e-9 * max(1.0, abs(mine))
        return abs(mine - theirs) <= slack


@dataclass(frozen=True)
class ResultFile:
    """One results file: its section, the records, the significance level, and whom it is about, if it says so."""

    section: str
    records: list[Record]
    alpha: float
    patients: str
    population: Population | None

    @property
    def numbers(self) -> dict[Key, Number]:
        """The numbers by section, name, endpoint, group, term and horizon."""
        return {
            (r.section, r.name, r.endpoint, r.group, r.term, r.horizon): Number(
                r.value, r.low, r.high, r.p, r.unit, r.note, self.alpha
            )
            for r in self.records
        }


@dataclass(frozen=True)
class Side:
    """All numbers of one side, what it is called, whose they are (exploratory ones say so), and the files read."""

    label: str
    numbers: dict[Key, Number]
    patients: str = ""
    files: tuple[ResultFile, ...] = ()

    @property
    def said(self) -> str:
        """What it is called, and of which patients it is."""
        return f"{self.label} ({self.patients})" if self.patients else self.label


def side_of(label: str, files: Iterable[ResultFile]) -> Side:
    """Return the side that some results files make up; of a number in two of them the last counts."""
    files = tuple(files)
    numbers: dict[Key, Number] = {}
    for file in files:
        numbers |= file.numbers
    badges = dict.fromkeys(file.patients for file in files if file.patients)
    return Side(label, numbers, "; ".join(badges), files)


def read_side(source: str) -> Side:
    """Read a ``results.json`` or a folder of such files; raises InputError if there is nothing of the kind."""
    path = Path(source).expanduser()
    return side_of(source, map(read_file, [path] if path.is_file() else _result_files(path)))


def _result_files(folder: Path) -> list[Path]:
    for pattern in ("*.json", "results/*.json", "*/results.json"):
        if found := [file for file in sorted(folder.glob(pattern)) if _is_result(file)]:
            return found
    remedy = "give a results.json, a folder of them, or the word published"
    raise InputError("no results there", value=str(folder), remedy=remedy)


def _is_result(file: Path) -> bool:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return False
    return isinstance(content, dict) and {"section", "records"} <= set(content)


def read_file(file: Path) -> ResultFile:
    """Read one results file; raises InputError if it is none."""
    if not _is_result(file):
        raise InputError("not a results file", file=file, remedy="give what `article run` or `article build` wrote")
    try:
        results = read_results(file)
        _, parameters = read_spoken(file)
        alpha, population = float(parameters.get("alpha", 0.05)), read_population(file)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"not a results file of this version: {error}", file=file) from None
    return ResultFile(results.section, list(results), alpha, read_patients(file), population)
