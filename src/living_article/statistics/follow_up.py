"""Length of follow-up by the reverse Kaplan-Meier method (Schemper & Smith 1996, Controlled Clinical Trials 17:343).

Events and censorings change places: the curve estimates how long patients would have been followed had they
not had the event. No library has it ready-made; it is one Kaplan-Meier curve. At ties it follows R's
`survfit(Surv(time, event == 0) ~ 1)`, the usual way; prodlim's `reverse = TRUE` lets events leave first.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from .kaplan_meier import checked_survival, quantile, step_curve
from .results import Estimate


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Median follow-up with its interval, quartiles, and the shortest and longest time observed.

    Attributes
    ----------
    patients, censored
        Numbers of patients and of those still followed (without the event).
    median, lower_quartile, upper_quartile
        Reverse Kaplan-Meier quantiles; ``value`` None with a reason where the curve does not reach them.
    shortest, longest
        Smallest and largest observed time, event or not.
    """

    patients: int
    censored: int
    median: Estimate
    lower_quartile: Estimate
    upper_quartile: Estimate
    shortest: float
    longest: float


def follow_up(time: ArrayLike, event: ArrayLike, *, interval: str = "log", conf_level: float = 0.95) -> FollowUp:
    """Return reverse Kaplan-Meier follow-up of times and 0/1 events, both of shape (n,)."""
    time, event = checked_survival(time, event)
    curve = step_curve(time, ~event)
    lower, middle, upper = (
        _named(quantile(curve, share, interval=interval, conf_level=conf_level)) for share in (0.25, 0.5, 0.75)
    )
    return FollowUp(
        patients=int(time.size),
        censored=int((~event).sum()),
        median=middle,
        lower_quartile=lower,
        upper_quartile=upper,
        shortest=float(time.min()),
        longest=float(time.max()),
    )


def _named(found: Estimate) -> Estimate:
    """The same estimate under the method's own name, and with a reason that speaks of follow-up."""
    reason = None if found.value is not None else "not reached: too few patients are censored"
    return Estimate(
        value=found.value,
        low=found.low,
        high=found.high,
        method=found.method.replace("Kaplan-Meier", "reverse Kaplan-Meier"),
        reason=reason,
        warnings=found.warnings,
    )
