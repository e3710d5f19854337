"""Restricted mean survival time (RMST): the area below the Kaplan-Meier curve up to tau.

Found before writing: lifelines' `restricted_mean_survival_time(return_variance=True)` gives the variance of the
restricted time, not the squared standard error of its mean. greenwood 0.8's `rmst_test` agrees with R on the
difference, but one formula does not justify a second survival library beside lifelines. The formulas are those
of R's `print.survfit(rmean=)` and of the survRM2 package: Irwin (1949); Klein & Moeschberger (2003), eq.
4.5.1-4.5.2; Royston & Parmar (2013) for the difference.
"""

from __future__ import annotations

import math

import numpy as np

from .kaplan_meier import StepCurve
from .results import Estimate, normal_quantile, wald

_METHOD = "RMST, area below the Kaplan-Meier curve"


def rmst(curve: StepCurve, tau: float, *, conf_level: float = 0.95) -> Estimate:
    """Return the mean survival time up to ``tau`` (same unit as the times), its standard error and interval.

    Beyond the largest follow-up time ``value`` is None and ``reason`` says so. With no event before tau the
    RMST is tau itself, its standard error 0, and a warning says so. Raises ValueError unless tau > 0.
    """
    z = normal_quantile(conf_level)
    if reason := _beyond(curve, tau):
        return Estimate(value=None, method=_METHOD, reason=reason)
    mean, error = _area(curve, tau)
    return Estimate(
        value=mean,
        low=mean - z * error,
        high=mean + z * error,
        std_error=error,
        method=_METHOD,
        warnings=_warnings(error, tau),
    )


def _beyond(curve: StepCurve, tau: float) -> str | None:
    """Return why there is no RMST, None if there is; raises ValueError unless tau > 0."""
    if not tau > 0 or not math.isfinite(tau):
        raise ValueError(f"tau {tau} must be a positive number")
    return f"not estimable: tau {tau:g} is beyond follow-up" if tau > curve.last else None


def _warnings(error: float, tau: float) -> tuple[str, ...]:
    return () if error > 0 else (f"the standard error at tau {tau:g} is 0: no spread can be estimated",)


def _area(curve: StepCurve, tau: float) -> tuple[float, float]:
    """Return the area below the curve up to tau, which lies within follow-up, and its standard error."""
    kept = curve.time <= tau
    time, at_risk, events = curve.time[kept], curve.at_risk[kept].astype(float), curve.events[kept]
    widths = np.diff(np.concatenate(([0.0], time, [tau])))
    areas = widths * np.concatenate(([1.0], curve.survival[kept]))
    mean = float(areas.sum())
    area_after = np.cumsum(areas[:0:-1])[::-1]  # from each step to tau
    alive_after = at_risk > events
    hazard_variance = np.divide(events, at_risk * (at_risk - events), out=np.zeros(time.size), where=alive_after)
    return mean, math.sqrt(float(np.sum(area_after**2 * hazard_variance)))


def rmst_difference(first: StepCurve, second: StepCurve, tau: float, *, conf_level: float = 0.95) -> Estimate:
    """Return RMST of the first arm minus that of the second, with Wald interval and P value.

    ``value`` is None, with a reason, when tau exceeds the smaller of the largest follow-up times.
    """
    normal_quantile(conf_level)  # raises on a level that is none
    method = "RMST difference, Wald"
    for curve, which in ((first, "first"), (second, "second")):
        if reason := _beyond(curve, tau):
            return Estimate(value=None, method=method, reason=f"{reason} in the {which} arm")
    (one, one_error), (two, two_error) = _area(first, tau), _area(second, tau)
    difference, error = one - two, math.hypot(one_error, two_error)
    if error == 0:
        return Estimate(value=difference, std_error=0.0, method=method, reason="neither arm has a standard error")
    warnings = _warnings(one_error, tau) + _warnings(two_error, tau)
    return wald(difference, error, method=method, conf_level=conf_level, warnings=warnings)
