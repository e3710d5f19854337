"""Two results side by side: what is the same, what moved and by how much, what only one of them has."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from living_article.compare.printed import PUBLISHED
from living_article.compare.sides import Key, Number, Side

RATIOS = ("hazard ratio", "odds ratio", "ratio")
DIFFERENCES = ("risk difference", "coefficient")
SAME, MOVED, SIDE, SIGNIFICANCE = "same", "moved", "changes side", "changes significance"
INTERVAL = "another interval"
ONLY_FIRST, ONLY_SECOND, NO_VALUE = "only in the first", "only in the second", "no value in one"


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
    def values(self) -> tuple[float, float] | None:
        """The values of both sides, None if one of them has none."""
        first, second = (side.value if side else None for side in (self.first, self.second))
        return None if first is None or second is None else (first, second)

    @property
    def both(self) -> bool:
        """Whether both sides have a value."""
        return self.values is not None

    @property
    def difference(self) -> float | None:
        """Second minus first, in the unit of the number."""
        return self.values[1] - self.values[0] if self.values else None

    @property
    def relative(self) -> float | None:
        """Second divided by first, minus one; None if the first is zero."""
        return self.values[1] / self.values[0] - 1 if self.values and self.values[0] else None

    @property
    def shift(self) -> float | None:
        """How far the second lies from the first, in half-widths of the first's interval; ratios on the log scale."""
        return self.on_scale(self.values[1]) if self.values else None

    def on_scale(self, value: float | None) -> float | None:
        """Return a value on the scale of `shift`, on which the first side's interval is about −1 to 1."""
        first = self.first
        if value is None or first is None or first.value is None or first.low is None or first.high is None:
            return None
        numbers = (value, first.value, first.low, first.high)
        if self.unit in RATIOS and min(numbers) <= 0:
            return None
        at, centre, low, high = map(math.log, numbers) if self.unit in RATIOS else numbers
        return (at - centre) / ((high - low) / 2) if high > low else None

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The limits of the second side on the scale of `shift`."""
        second = self.second
        return (None, None) if second is None else (self.on_scale(second.low), self.on_scale(second.high))

    @property
    def verdict(self) -> str:
        """What became of the number, the gravest first: its side of no effect, its significance, its value."""
        if self.first is None or self.second is None:
            return ONLY_SECOND if self.first is None else ONLY_FIRST
        if self._crosses():
            return SIDE
        if self._changes_significance(self.first, self.second):
            return SIGNIFICANCE
        if self.both and not self.first.near(self.second, "value"):
            return MOVED
        if not self.both and not self.first.near(self.second, "value"):
            return NO_VALUE
        if not all(self.first.near(self.second, end) for end in ("low", "high")):
            return INTERVAL
        return SAME if self.both else self._of_p(self.first, self.second)

    @staticmethod
    def _of_p(first: Number, second: Number) -> str:
        if first.p is None or second.p is None:
            return SAME if first.p is second.p else NO_VALUE
        slack = 1e-9 + first.tolerance + second.tolerance
        # a printed bound says no more than on which side of the significance level P lies
        return SAME if first.bound or second.bound or abs(first.p - second.p) <= slack else MOVED

    def _crosses(self) -> bool:
        null = 1.0 if self.unit in RATIOS else 0.0 if self.unit in DIFFERENCES else None
        return null is not None and self.values is not None and math.prod(v - null for v in self.values) < 0

    @staticmethod
    def _changes_significance(first: Number, second: Number) -> bool:
        return None not in (first.significant, second.significant) and first.significant != second.significant


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
    value, low, high = (None if end is None else end / 100 for end in (number.value, number.low, number.high))
    return replace(number, value=value, low=low, high=high, unit="proportion", tolerance=number.tolerance / 100)


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
