"""Survival at a fixed time (a milestone), and its difference between two arms.

lifelines' `survival_difference_at_fixed_point_in_time_test` has no interval for the difference and works on
the log-log scale only. Here: S(t) with Greenwood's error; the difference by Wald on that error (Klein,
Logan, Harhoff & Andersen 2007, Statistics in Medicine 26:4505, the untransformed test).
"""

from __future__ import annotations

import math

from .kaplan_meier import StepCurve, survival_at
from .results import Estimate, wald

_WALD = "Wald test on Greenwood's standard errors"


def milestone(curve: StepCurve, time: float, *, interval: str = "log", conf_level: float = 0.95) -> Estimate:
    """Return S(time) with its interval (`log`, `log-log` or `plain`) and Greenwood's standard error.

    Beyond the largest follow-up time ``value`` is None and ``reason`` begins with "not estimable".
    """
    row = survival_at(curve, time, interval=interval, conf_level=conf_level).iloc[0]

    def number(name: str) -> float | None:
        return None if math.isnan(row[name]) else row[name]

    return Estimate(
        value=number("survival"),
        low=number("low"),
        high=number("high"),
        std_error=number("std_error"),
        method=f"Kaplan-Meier, Greenwood ({interval} interval)",
        reason=row["reason"],
    )


def milestone_difference(first: StepCurve, second: StepCurve, time: float, *, conf_level: float = 0.95) -> Estimate:
    """Return S(time) of the first arm minus that of the second, with its Wald interval and P value.

    Not estimable (``value`` None) when the time is beyond the follow-up of either arm. When an arm has no
    standard error (survival 0), or neither has had an event, the difference stands without interval and P
    value, with a reason.
    """
    one, two = (milestone(curve, time, interval="plain", conf_level=conf_level) for curve in (first, second))
    if one.value is None:
        return Estimate(value=None, method=_WALD, reason=f"{one.reason} of the first arm")
    if two.value is None:
        return Estimate(value=None, method=_WALD, reason=f"{two.reason} of the second arm")
    difference = one.value - two.value
    if one.std_error is None or two.std_error is None:
        return Estimate(
            value=difference,
            method=_WALD,
            reason="survival has reached 0 in an arm: no standard error, so no interval and no P value",
        )
    error = math.hypot(one.std_error, two.std_error)
    if error == 0:
        return Estimate(
            value=difference,
            std_error=0.0,
            method=_WALD,
            reason="no event before the milestone in either arm",
        )
    still = [which for arm, which in ((one, "first"), (two, "second")) if arm.std_error == 0]
    warnings = tuple(f"no event before {time:g} in the {which} arm: its standard error is 0" for which in still)
    return wald(difference, error, method=_WALD, conf_level=conf_level, warnings=warnings)
