"""Points of a nomogram against the coefficients of its model.

A nomogram gives each variable points in proportion to its coefficient times its distance from the level with
0 points, on one scale for all variables (Harrell 2015, section 5.3); more points mean more risk.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import fixed, plain

if TYPE_CHECKING:
    from living_article.audit.case import Case, Term


def _coefficients(hr: Term, units: float) -> tuple[float, float]:
    """Return the least and the greatest size of log HR × units over all unrounded hazard ratios."""
    ends = [math.log(end) for end in hr.range]
    sizes = sorted(abs(end) * units for end in ends)
    return (0.0, sizes[1]) if min(ends) < 0 < max(ends) else (sizes[0], sizes[1])


def direction(case: Case) -> Outcome:
    """Test whether points rise with risk; printed: points without and with the level (or at the ends) in order."""
    low, high = case.printed
    hr = case.one("hr")
    if hr.range[0] <= 0:
        raise case.wrong("a hazard ratio is not clearly positive", "inputs")
    rise = high.number - low.number
    risks = [math.log(end) for end in (*hr.range, hr.value)]  # a ratio printed as 1.0 may be above or below
    words = {1: "more", -1: "fewer", 0: "no more"}
    shown = f"{words[(rise > 0) - (rise < 0)]} points, hazard ratio {hr.text}"
    how = agreement.EXACT if any(rise * risk > 0 or rise == risk == 0 for risk in risks) else ""
    steps = (f"Points go from {low.printed} to {high.printed}; the hazard is multiplied by {hr.text}.",)
    return Outcome((Attempt("points rising with the hazard", shown, how),), steps)


def proportional(case: Case) -> Outcome:
    """Test whether a variable has its share of points; printed: its lowest and highest points.

    ``reference_*`` are the hazard ratio, the units and the points of the variable that sets the scale; ``step``
    is what points are rounded to.
    """
    low, high = case.printed
    span = abs(high.number - low.number)
    hr, reference = case.one("hr"), case.one("reference_hr")
    units = case.one("units").value if case.has("units") else 1.0
    reference_units = case.one("reference_units").value if case.has("reference_units") else 1.0
    scale = _coefficients(reference, reference_units)
    own, points, half = _coefficients(hr, units), case.one("reference_points").value, case.one("step").value / 2
    if scale[0] <= 0:
        raise case.wrong("the variable that sets the scale may have no effect", "inputs")
    least, most = points * own[0] / scale[1], points * own[1] / scale[0]
    due = points * abs(math.log(hr.value)) * units / (abs(math.log(reference.value)) * reference_units)
    how = agreement.ROUNDING if least - half <= span <= most + half else ""
    shown = f"{fixed(due, 1)} points due, {plain(span)} printed"
    own_log, reference_log = (abs(math.log(term.value)) for term in (hr, reference))
    steps = (
        f"Effect over its range: |log {hr.text}| × {plain(units)} = {fixed(own_log * units, 3)}; "
        f"of the variable that sets the scale: |log {reference.text}| × {plain(reference_units)} = "
        f"{fixed(reference_log * reference_units, 3)} for {plain(points)} points.",
        f"Points are taken as rounded to the nearest {plain(2 * half)}.",
    )
    return Outcome((Attempt("points in proportion to the coefficient", shown, how, due),), steps)


CHECKS = {
    "points.direction": Check(
        direction,
        ("exact",),
        printed=(2, 2),
        required=("hr",),
        failure=Verdict.INCONSISTENT,
        meaning="Read as printed, the score rises where the hazard falls.",
    ),
    "points.proportional": Check(
        proportional,
        ("inputs",),
        printed=(2, 2),
        required=("hr", "reference_hr", "reference_points", "step"),
        optional=("units", "reference_units"),
        meaning="The score weights this variable differently from the model it is said to come from.",
    ),
}
