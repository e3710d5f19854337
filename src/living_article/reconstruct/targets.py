"""The constraint table: printed values read by id, with their printed precision and what can be done about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from living_article.published import PrintedNumber, Published, load_published

ARMS = ("observation", "control")
TERMS = (
    "arm", "age", "sex", "tumour_type", "femur", "lung_lesions",
    "heart_disease", "t_high", "n_high", "radiotherapy", "ldh_high",
)  # fmt: skip
"""The eleven terms of Table 7, in its order."""

EXACT, SOFT, IMPOSSIBLE = "exact", "soft", "impossible"
"""Classes of a target: met by construction; searched for, to printed precision; out of reach of any 95 rows."""

_CLASSES = (
    (r"t1_(?!.*_(chi2|p|t)$).*", EXACT, ""),
    (r"t[2456]_.*_(observation|control)", EXACT, ""),
    (r"t3_.*_(observation|control)", EXACT, ""),
    (r"res_median_.*", EXACT, ""),
    (r"res_(pfs|os|diameter_before|diameter_after)_p|fig_4_.*_p", SOFT, ""),
    (r"t7_.*_hr|t9_(cindex|auc_\d+|brier_\d+)|t11_(cindex|slope)", SOFT, ""),
    (r"t1_age_(t|p)", IMPOSSIBLE, "no pair of integer age vectors with the printed means and SDs gives it"),
    (r"t[1-6]_(.*_)?(chi2|p)", IMPOSSIBLE, "follows from the printed counts alone"),
    (r"t7_.*_(ci_low|ci_high|p)", IMPOSSIBLE, "follows from the hazard ratio and the information in 95 patients"),
    (r"t9_slope.*|t10_cindex.*", IMPOSSIBLE, "follows from the numbers of deaths and of model terms"),
    (r"t(9|11)_(cindex|slope).*", IMPOSSIBLE, "follows from the number of deaths"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """One printed value as a constraint: ``low`` and ``high`` bound what rounds to the printed string."""

    id: str
    location: str
    row: str
    column: str
    quantity: str
    printed: str
    value: float
    low: float
    high: float
    kind: str
    reason: str

    @property
    def half_width(self) -> float:
        """Half a unit of the last printed digit; 0 for a bound such as <0.01."""
        return (self.high - self.low) / 2 if self.low > -float("inf") < self.high < float("inf") else 0.0

    def met_by(self, achieved: float) -> bool:
        """Whether a value agrees with the printed string; limits of the rounding interval count as agreement."""
        return self.low - 1e-9 <= achieved <= self.high + 1e-9


class Targets:
    """Every printed number as a `Target`, by id; the generator reads its figures from here and nowhere else."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self._targets = {value.id: _target(value) for value in published.numbers()}

    @classmethod
    def read(cls, folder: Path) -> Targets:
        """Read a folder of printed values; raises InputError as `load_published` does."""
        return cls(load_published(folder))

    def __getitem__(self, id: str) -> Target:
        return self._targets[id]

    def __contains__(self, id: str) -> bool:
        return id in self._targets

    def __iter__(self):
        return iter(self._targets.values())

    def value(self, id: str) -> float:
        """Return the printed number."""
        return self._targets[id].value

    def count(self, id: str) -> int:
        """Return a printed count; raises ValueError if it is not a whole number."""
        value = self.value(id)
        if value != int(value):
            raise ValueError(f"{id} is not a count: {value}")
        return int(value)

    def month(self, id: str) -> date:
        """Return the first day of a printed month; raises LookupError for a number."""
        return self.published.date(id)


def _target(value: PrintedNumber) -> Target:
    """Turn a printed value into a constraint; a bound is open on one side, anything else is a rounding interval."""
    half = 0.5 * 10.0**-value.decimals
    infinity = float("inf")
    low, high = {
        "": (value.number - half, value.number + half),
        "<": (-infinity, value.number), "≤": (-infinity, value.number),
        ">": (value.number, infinity), "≥": (value.number, infinity),
    }[value.bound]  # fmt: skip
    kind, reason = _classify(value.id)
    return Target(
        value.id, value.location, value.row, value.column, value.quantity, value.printed,
        value.number, low, high, kind, reason,
    )  # fmt: skip


def _classify(id: str) -> tuple[str, str]:
    """Return class and reason of a printed value; one that no rule names is outside the reconstruction."""
    for pattern, kind, reason in _CLASSES:
        if re.fullmatch(pattern, id):
            return kind, reason
    return "", ""
