"""The width of a C-index interval against the number of patients.

With every patient having the event C = (τ + 1)/2, and for a bivariate normal pair the variance of Kendall's τ
is 2/(n(n − 1))·{1 − τ² + 2(n − 2)[1/9 − (2/π·asin(ρ/2))²]} with ρ = sin(πτ/2) (Esscher 1924; Kendall & Gibbons
1990, chapter 10). Censoring leaves fewer usable pairs and widens the interval. The shape of the data can change
the variance, so that this is a yardstick and not a bound.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scipy.optimize import brentq

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import counted, fixed
from living_article.statistics.results import normal_quantile, two_sided_p

if TYPE_CHECKING:
    from living_article.audit.case import Case

_FEWEST = 3


def standard_error(c: float, patients: float) -> float:
    """Return the standard error of C among uncensored patients; raises ValueError unless 0 < C < 1, n ≥ 3."""
    if not 0 < c < 1 or patients < _FEWEST:
        raise ValueError(f"no standard error for C = {c} and {patients} patients")
    tau = 2 * c - 1
    rho = math.sin(math.pi * tau / 2)
    inner = 1 / 9 - (2 / math.pi * math.asin(rho / 2)) ** 2
    variance = 2 / (patients * (patients - 1)) * (1 - tau**2 + 2 * (patients - 2) * inner)
    return math.sqrt(variance) / 2


def patients_for(c: float, error: float) -> int:
    """Return the fewest uncensored patients with which C has a standard error this small."""
    if standard_error(c, _FEWEST) <= error:
        return _FEWEST
    return math.ceil(brentq(lambda n: standard_error(c, n) - error, _FEWEST, 1e9) - 1e-6)


def patients(case: Case) -> Outcome:
    """Test whether an interval fits the number of patients; printed: C, lower limit, upper limit.

    Without ``patients`` the implied number is told and the claim waits for the data. Without ``level`` 95% is tried;
    a narrower range may belong to a lower level, so that there is nothing to compare it with.
    """
    c, low, high = case.printed
    if not 0 < c.number < 1:
        return Outcome(reason="A C-index of 0 or 1 has no standard error to compare with.")
    level = case.one("level").value / 100 if case.has("level") else 0.95
    width = agreement.rounded_from(high)[1] - agreement.rounded_from(low)[0]
    error = width / (2 * normal_quantile(level))
    needed = patients_for(c.number, error)
    steps = [
        f"{low.printed} to {high.printed} at {100 * level:g}% stands for a standard error of at most "
        f"{fixed(error, 4)}, which about {counted(needed, 'patient')} give, "
        "each with an event (Kendall's τ of a normal pair).",
    ]
    if not case.has("patients"):
        attempt = Attempt("the number of patients implied", f"about {needed}")
        return Outcome((attempt,), tuple(steps), patients=True)
    given = max(case.size("patients"), _FEWEST)
    expected = standard_error(c.number, given)
    steps.append(f"With {counted(given, 'patient')} it would be about {fixed(expected, 4)}, and larger with censoring.")
    margin = normal_quantile(level) * expected
    steps.append(f"That is an interval of about {fixed(c.number - margin, 2)} to {fixed(c.number + margin, 2)}.")
    how = agreement.EXACT if needed <= given else ""
    attempt = Attempt(f"{given} patients", f"needs about {counted(needed, 'patient')}", how, error)
    reason = "" if how or case.has("level") else _unknown_level(width / 2 / expected)
    return Outcome((attempt,), tuple(steps), reason=reason)


def _unknown_level(z: float) -> str:
    """Say at which level a range of z standard errors on either side would fit."""
    fits = 100 * (1 - two_sided_p(z))
    return f"The level of the range is not printed: it would fit at about {fixed(fits, 0)}%, not at 95%."


CHECKS = {
    "concordance_interval.patients": Check(
        patients,
        ("inputs",),
        printed=(3, 3),
        optional=("patients", "level"),
        meaning="An interval of this width is to be expected from a larger number of patients.",
    )
}
