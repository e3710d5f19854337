"""Tidy records: every number the book shows is one `Record`; prose, tables and figures are made from them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from living_article.disclosure.small_cells import protected
from living_article.statistics.results import Estimate, HypothesisTest

_NUMBERS = ("horizon", "value", "low", "high", "p")


@dataclass(frozen=True, slots=True)
class Record:
    """One number with its interval and P value, and what it is the number of.

    ``value`` is None when the quantity cannot be estimated; ``note`` then says why.
    """

    section: str
    name: str
    endpoint: str | None = None
    group: str | None = None
    term: str | None = None
    horizon: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    unit: str | None = None
    method: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Turn NumPy scalars into floats, and NaN or infinity into None.

        Raises
        ------
        ValueError
            If there is neither a value nor a P value nor a note that says why.
        """
        for name in _NUMBERS:
            number = getattr(self, name)
            if number is not None:
                number = float(number)
                object.__setattr__(self, name, number if math.isfinite(number) else None)
        if self.value is None and self.p is None and not self.note:
            raise ValueError(f"record {self.section}/{self.name} has no value and no note that says why")

    @property
    def number(self) -> float:
        """The value, where nothing can be said without one; raises ValueError with the reason why there is none."""
        if self.value is None:
            raise ValueError(f"record {self.section}/{self.name} has no value: {self.note}")
        return self.value

    @property
    def reason(self) -> str:
        """Why a number is missing; raises ValueError if the record does not say."""
        if not self.note:
            raise ValueError(f"record {self.section}/{self.name} does not say why it has no number")
        return self.note

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both limits, None if one of them is not known."""
        return None if self.low is None or self.high is None else (self.low, self.high)


class Results:
    """The records of one section, in the order in which they were added.

    With a ``limit``, counts of patients below it are never given back, nor what they could be worked out from.
    """

    def __init__(self, section: str, records: Iterable[Record] = (), *, limit: int = 0) -> None:
        self.section = section
        self.limit = limit
        self._records: dict[tuple, Record] = {}
        self._shown: list[Record] | None = None
        self._wholes: list[Mapping[tuple, int]] = []
        for record in records:
            self._add(record)

    @staticmethod
    def _key(record: Record) -> tuple:
        return (record.name, record.endpoint, record.group, record.term, record.horizon)

    def _add(self, record: Record) -> None:
        key = self._key(record)
        if key in self._records:
            raise ValueError(f"a second record for {self.section}: {key}")
        self._records[key] = record
        self._shown = None

    def part_of(self, whole: Mapping[tuple, int]) -> None:
        """Take these counts, by `small_cells.key`, as shown elsewhere of patients of whom those here are a part."""
        self._wholes.append(whole)
        self._shown = None

    def add(self, name: str, **quantities: Any) -> None:
        """Add one record of this section; raises ValueError if its name, endpoint, … exist already."""
        self._add(Record(self.section, name, **quantities))

    def estimate(self, name: str, estimate: Estimate, *, unit: str, **where: object) -> None:
        """Add an `Estimate` of `living_article.statistics`; its reason becomes the note."""
        self.add(
            name,
            value=estimate.value,
            low=estimate.low,
            high=estimate.high,
            p=estimate.p,
            unit=unit,
            method=estimate.method,
            note=estimate.reason,
            **where,
        )

    def test(self, name: str, test: HypothesisTest, **where: object) -> None:
        """Add a `HypothesisTest`: its statistic as value, its P value, its name as method."""
        self.add(name, value=test.statistic, p=test.p, unit="statistic", method=test.method, note=test.reason, **where)

    def __iter__(self) -> Iterator[Record]:
        if not self.limit:
            return iter(self._records.values())
        if self._shown is None:
            self._shown = protected(self._records.values(), self.limit, self._wholes)
        return iter(self._shown)

    def __len__(self) -> int:
        return len(self._records)

    def select(self, name: str | None = None, **where: object) -> list[Record]:
        """Return the records with this name and these fields (endpoint, group, term, horizon, …)."""
        named = (r for r in self if name is None or r.name == name)
        return [r for r in named if all(getattr(r, field) == wanted for field, wanted in where.items())]

    def one(self, name: str, **where: object) -> Record:
        """Return the single record selected; raises LookupError if there is none or more than one."""
        found = self.select(name, **where)
        if len(found) != 1:
            raise LookupError(f"{len(found)} records for {self.section}/{name} {where}; exactly one is needed")
        return found[0]


def write_results(
    path: Path,
    results: Results,
    *,
    study: str,
    parameters: dict[str, object],
    patients: str = "",
    population: Mapping[str, Any] | None = None,
    sentences: dict[str, str] | None = None,
    displays: list[dict[str, str]] | None = None,
) -> None:
    """Write ``results.json``: section, study, parameters, sentences, displays and the records without nulls.

    ``patients`` says where the patients come from, and that results are exploratory if they are a part of a cohort;
    ``population`` is what `living_article.disclosure.population` tells of them.
    """
    content = {
        "section": results.section,
        "study": study,
        "patients": patients,
        **({"population": dict(population)} if population else {}),
        "parameters": parameters,
        "sentences": sentences or {},
        "displays": displays or [],
        "records": [
            {key: value for key, value in asdict(record).items() if value is not None and key != "section"}
            for record in results
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_spoken(path: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the sentences by name, and the parameters, that `write_results` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["sentences"], content["parameters"]


def read_patients(path: Path) -> str:
    """Return where the patients come from, and whether results are exploratory; empty if the file does not say."""
    return json.loads(path.read_text(encoding="utf-8")).get("patients", "")


def read_results(path: Path) -> Results:
    """Read the records that `write_results` wrote; raises ValueError on a field that no record has."""
    content = json.loads(path.read_text(encoding="utf-8"))
    known = {field.name for field in fields(Record)}
    for row in content["records"]:
        if unknown := set(row) - known:
            raise ValueError(f"{path}: unknown record fields {sorted(unknown)}")
    return Results(content["section"], (Record(content["section"], **row) for row in content["records"]))
