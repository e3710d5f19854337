"""The Hosmer-Lemeshow test: its P value against χ² and degrees of freedom, under each convention for these.

With g groups of predicted risk the statistic has g − 2 degrees of freedom where the model was fitted, g in new
patients (Hosmer & Lemeshow 2013, section 5.2), and some programs use g − 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.optimize import brentq
from scipy.stats import chi2

from living_article.audit.checks.p_values import METHODS, attempts
from living_article.audit.outcome import Check, Outcome, Verdict
from living_article.audit.wording import fixed

if TYPE_CHECKING:
    from living_article.audit.case import Case


def degrees_for(statistic: float, p: float) -> float:
    """Return the degrees of freedom, not necessarily whole, with which χ² has this P value."""
    return float(brentq(lambda df: chi2.sf(statistic, df) - p, 1e-3, 1e4))


def test_p(case: Case) -> Outcome:
    """Test a printed P value against χ² and degrees of freedom; the printed values stand in the order χ², P."""
    statistic, p = case.printed
    df = case.one("df").value
    found = attempts(case, statistic, p, df)
    steps = [f"Printed χ² {statistic.printed}, P {p.printed}, degrees of freedom {case.texts('df')}."]
    if 0 < p.number < 1 and statistic.number > 0:
        steps.append(
            f"The printed pair belongs to {fixed(degrees_for(statistic.number, p.number), 2)} degrees of freedom."
        )
    return Outcome(found, tuple(steps))


test_p.__test__ = False  # type: ignore[attr-defined]  # not a test of this package

CHECKS = {
    "calibration_test.p": Check(
        test_p,
        ("inputs", "rounding"),
        printed=(2, 2),
        required=("df",),
        optional=("alpha",),
        methods=tuple(name for name, (kind, *_) in METHODS.items() if kind == "chi2"),
        failure=Verdict.INCONSISTENT,
        meaning="χ², degrees of freedom and P value do not belong together as printed.",
    )
}
