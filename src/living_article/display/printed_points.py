"""The points table that the article prints, in terms that can be compared with a nomogram of a Cox model."""

from __future__ import annotations

import math
from dataclasses import dataclass

from living_article.display.terms import Printed, Row, printed
from living_article.published import PrintedNumber, Published
from living_article.study.model import Covariate


@dataclass(frozen=True)
class PrintedPoints:
    """Printed points of levels and numeric terms, ranges of numeric terms and hazard ratios, each by term."""

    points: dict[str, Printed]
    ends: dict[str, Printed]
    ranges: dict[str, Printed]
    ratios: dict[str, Printed]

    def __bool__(self) -> bool:
        """Whether any points are printed."""
        return bool(self.points or self.ends)

    def cell(self, row: Row) -> str | None:
        """Return ``35`` or ``30–60`` for a level, ``0–80 over 20–80`` for a numeric term, None if not printed."""
        if row.level is not None:
            found = self.points.get(row.level_term, {})
            return found["points"].printed if "points" in found else _dash(found, "points")
        points, over = (
            _dash(part.get(row.covariate.id, {}), quantity)
            for part, quantity in ((self.ends, "points"), (self.ranges, "range"))
        )
        return f"{points} over {over}" if points and over else points

    def per_log_ratio(self, row: Row) -> float | None:
        """Return the printed points for one unit of printed log hazard ratio, None if either is not printed.

        In a nomogram of a Cox model this is the same positive number for every term.
        """
        ratio = self.ratios.get(row.term, {}).get("hazard ratio")
        difference = self._per_unit(row.covariate) if row.level is None else self._contrast(row)
        if ratio is None or difference is None or ratio.number in (0, 1):
            return None
        return difference / math.log(ratio.number)

    def _per_unit(self, covariate: Covariate) -> float | None:
        points, over = (
            _width(part.get(covariate.id, {}), quantity)
            for part, quantity in ((self.ends, "points"), (self.ranges, "range"))
        )
        return points / over if points is not None and over else None

    def _contrast(self, row: Row) -> float | None:
        """Return the points of a level less those of the reference, each the middle of what is printed."""
        level, reference = (
            _middle(self.points.get(f"{row.covariate.id}:{lv}", {})) for lv in (row.level, row.covariate.reference)
        )
        return None if level is None or reference is None else level - reference


def printed_points(published: Published | None, endpoint: str) -> PrintedPoints:
    """Collect what the article's tables print for the nomogram of this endpoint; empty for other studies."""
    return PrintedPoints(
        printed(published, "nomogram", "points", endpoint),
        printed(published, "nomogram", "points_range", endpoint),
        printed(published, "nomogram", "observed_range", endpoint),
        printed(published, "cox", "hr_multivariable", endpoint),
    )


def _ends(found: Printed, quantity: str) -> tuple[PrintedNumber, PrintedNumber] | None:
    """Return the lowest and the highest number printed of a quantity, None if one of them is not printed."""
    low, high = (found.get(f"{quantity}, {end}") for end in ("lowest", "highest"))
    return None if low is None or high is None else (low, high)


def _dash(found: Printed, quantity: str) -> str | None:
    ends = _ends(found, quantity)
    return None if ends is None else "–".join(end.printed for end in ends)


def _width(found: Printed, quantity: str) -> float | None:
    ends = _ends(found, quantity)
    return None if ends is None else ends[1].number - ends[0].number


def _middle(found: Printed) -> float | None:
    if "points" in found:
        return found["points"].number
    ends = _ends(found, "points")
    return None if ends is None else (ends[0].number + ends[1].number) / 2
