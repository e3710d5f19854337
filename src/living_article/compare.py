"""Two results side by side: what is the same, what moved and by how much, what only one of them has."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from living_article.errors import InputError
from living_article.published import PrintedValue, Published, load_published
from living_article.records import Record, read_patients, read_results, read_spoken
from living_article.study import load_study

PUBLISHED = "published"
"""What stands for the printed values of the article in place of a file."""
RATIOS = ("hazard ratio", "odds ratio", "ratio")
DIFFERENCES = ("risk difference", "coefficient")
SAME, MOVED, SIDE, SIGNIFICANCE = "same", "moved", "changes side", "changes significance"
INTERVAL = "another interval"
ONLY_FIRST, ONLY_SECOND, NO_VALUE = "only in the first", "only in the second", "no value in one"

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

    def near(self, other: Number, name: str) -> bool:
        """Return whether value, low or high is the same on both sides; what is not printed counts as such."""
        mine, theirs = getattr(self, name), getattr(other, name)
        if mine is None or theirs is None:
            return mine is theirs or self.printed or other.printed
        slack = self.tolerance + other.tolerance + 1e-9 * max(1.0, abs(mine))
        return abs(mine - theirs) <= slack


@dataclass(frozen=True)
class Side:
    """All numbers of one side, what it is called, and whose they are: exploratory ones say so."""

    label: str
    numbers: dict[Key, Number]
    patients: str = ""

    @property
    def said(self) -> str:
        """What it is called, and of which patients it is."""
        return f"{self.label} ({self.patients})" if self.patients else self.label


@dataclass(frozen=True)
class Pair:
    """One number on both sides; None where a side does not have it."""

    key: Key
    first: Number | None
    second: Number | None

    @property
    def unit(self) -> str | None:
        """The unit of the number, as far as one of the sides has it."""
        return next((side.unit for side in (self.first, self.second) if side and side.unit), None)

    @property
    def what(self) -> str:
        """Section, name and the fields that tell the number from others: ``cox hr_multivariable (os, age)``."""
        section, name, *fields = self.key
        fields = [f"{field:g}" if isinstance(field, float) else field for field in fields if field is not None]
        details = ", ".join(str(field) for field in fields)
        return f"{section} {name} ({details})" if details else f"{section} {name}"

    @property
    def both(self) -> bool:
        """Whether both sides have a value."""
        return all(side is not None and side.value is not None for side in (self.first, self.second))

    @property
    def difference(self) -> float | None:
        """Second minus first, in the unit of the number."""
        return self.second.value - self.first.value if self.both else None

    @property
    def relative(self) -> float | None:
        """Second divided by first, minus one; None if the first is zero."""
        return self.second.value / self.first.value - 1 if self.both and self.first.value else None

    @property
    def shift(self) -> float | None:
        """How far the second lies from the first, in half-widths of the first's interval; ratios on the log scale."""
        return self.on_scale(self.second.value) if self.both else None

    def on_scale(self, value: float | None) -> float | None:
        """Return a value on the scale of `shift`, on which the first side's interval is about −1 to 1."""
        first = self.first
        if value is None or first is None or None in (first.value, first.low, first.high):
            return None
        numbers = (value, first.value, first.low, first.high)
        if self.unit in RATIOS:
            if min(numbers) <= 0:
                return None
            numbers = tuple(math.log(number) for number in numbers)
        value, centre, low, high = numbers
        return (value - centre) / ((high - low) / 2) if high > low else None

    @property
    def verdict(self) -> str:
        """What became of the number, the gravest first: its side of no effect, its significance, its value."""
        if self.first is None or self.second is None:
            return ONLY_SECOND if self.first is None else ONLY_FIRST
        if self.both and self._crosses():
            return SIDE
        if self._significant(self.first) != self._significant(self.second):
            return SIGNIFICANCE
        if self.both and not self.first.near(self.second, "value"):
            return MOVED
        if not self.both and not self.first.near(self.second, "value"):
            return NO_VALUE
        if not all(self.first.near(self.second, end) for end in ("low", "high")):
            return INTERVAL
        return SAME if self.both else self._of_p()

    def _of_p(self) -> str:
        p = [side.p for side in (self.first, self.second)]
        if None in p:
            return SAME if p[0] is p[1] else NO_VALUE
        bounds = {side.bound for side in (self.first, self.second)} - {""}
        slack = 1e-9 + self.first.tolerance + self.second.tolerance
        # a printed bound says no more than on which side of the significance level P lies
        return SAME if bounds or abs(p[0] - p[1]) <= slack else MOVED

    def _crosses(self) -> bool:
        null = 1.0 if self.unit in RATIOS else 0.0 if self.unit in DIFFERENCES else None
        return null is not None and (self.first.value - null) * (self.second.value - null) < 0

    def _significant(self, side: Number) -> bool | None:
        other = self.second if side is self.first else self.first
        return (
            None
            if side.p is None or other.p is None
            else side.p < side.alpha or side.bound == "<" and side.p <= side.alpha
        )


def compare(first: Side, second: Side) -> list[Pair]:
    """Return all pairs, in the order of the first side, then what only the second has.

    Against printed values only what is printed is compared, and a printed percentage stands for a proportion.
    """
    keys = [*first.numbers, *(key for key in second.numbers if key not in first.numbers)]
    if PUBLISHED in (first.label, second.label):
        printed, computed = (first, second) if first.label == PUBLISHED else (second, first)
        sections = {key[0] for key in computed.numbers}
        keys = [key for key in keys if key in printed.numbers and key[0] in sections]
    return [_aligned(key, first.numbers.get(key), second.numbers.get(key)) for key in keys]


def _aligned(key: Key, first: Number | None, second: Number | None) -> Pair:
    """Bring a printed percentage to the scale of the proportion it is compared with."""
    if first and second:
        if (first.unit, second.unit) == ("%", "proportion"):
            first = _scaled(first)
        elif (first.unit, second.unit) == ("proportion", "%"):
            second = _scaled(second)
        else:  # what is printed without a unit has that of the record
            first, second = (
                replace(first, unit=first.unit or second.unit),
                replace(second, unit=second.unit or first.unit),
            )
    return Pair(key, first, second)


def _scaled(number: Number) -> Number:
    ends = {name: None if (end := getattr(number, name)) is None else end / 100 for name in ("value", "low", "high")}
    return replace(number, **ends, unit="proportion", tolerance=number.tolerance / 100)


def load_side(source: str, study: Path) -> Side:
    """Read one side: a ``results.json``, a folder of such files, or ``published``.

    Raises
    ------
    InputError
        If there is nothing of the kind, or the study re-tells no article.
    """
    if source == PUBLISHED:
        article = load_study(study).article
        if article is None:
            raise InputError("the study re-tells no article", file=study, value=PUBLISHED, remedy="give two results")
        return Side(PUBLISHED, printed_numbers(load_published(article.published)))
    path = Path(source).expanduser()
    files = [path] if path.is_file() else _result_files(path)
    numbers: dict[Key, Number] = {}
    for file in files:
        numbers |= _numbers(file)
    badges = dict.fromkeys(badge for file in files if (badge := read_patients(file)))
    return Side(source, numbers, "; ".join(badges))


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


def _numbers(file: Path) -> dict[Key, Number]:
    if not _is_result(file):
        raise InputError("not a results file", file=file, remedy="give what `article run` or `article build` wrote")
    try:
        records: Iterable[Record] = read_results(file)
        _, parameters = read_spoken(file)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"not a results file of this version: {error}", file=file) from None
    alpha = float(parameters.get("alpha", 0.05))
    return {
        (r.section, r.name, r.endpoint, r.group, r.term, r.horizon): Number(
            r.value, r.low, r.high, r.p, r.unit, r.note, alpha
        )
        for r in records
    }


def printed_numbers(published: Published) -> dict[Key, Number]:
    """Return the printed numbers by the record that recomputes them; what is printed twice counts once."""
    found: dict[Key, Number] = {}
    for link in published.links:
        printed = published.get(link.id)
        if printed.number is None:
            continue
        key = (link.section, link.name, link.endpoint, link.group, link.term, link.horizon)
        field = _field(printed)
        number = found.get(key, Number(printed=True))
        if getattr(number, field) is not None:
            continue
        read: dict[str, Any] = {field: printed.number}
        number = replace(number, **read)
        if field == "p":
            number = replace(number, bound=printed.bound)
        if field == "value":
            number = replace(number, unit="%" if printed.unit == "%" else None)
        if field == "value" or number.value is None:
            number = replace(number, tolerance=0.5 * 10**-printed.decimals)
        found[key] = number
    return found


def _field(printed: PrintedValue) -> str:
    """Return which number of a record a printed quantity is: value, low, high or p."""
    if printed.quantity == "P value":
        return "p"
    if printed.quantity.startswith(("confidence limit", "range", "threshold probability", "points,")):
        return "low" if printed.quantity.endswith(("lower", "lowest")) else "high"
    return "value"


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    """Return how many pairs have each verdict, those that occur."""
    verdicts = [pair.verdict for pair in pairs]
    order = (SAME, INTERVAL, MOVED, SIDE, SIGNIFICANCE, NO_VALUE, ONLY_FIRST, ONLY_SECOND)
    return {verdict: verdicts.count(verdict) for verdict in order if verdict in verdicts}


def ordered(pairs: Iterable[Pair]) -> list[Pair]:
    """Return what moved, the gravest and farthest first; the same and what one side lacks come last."""
    order = (SIDE, SIGNIFICANCE, MOVED, INTERVAL, NO_VALUE, ONLY_FIRST, ONLY_SECOND, SAME)
    rank = {verdict: place for place, verdict in enumerate(order)}

    def far(pair: Pair) -> tuple[int, float, float]:
        return rank[pair.verdict], -abs(pair.shift or 0.0), -abs(pair.relative or 0.0)

    return sorted(pairs, key=far)
