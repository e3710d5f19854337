"""One proportion with its interval, and the difference of two.

SciPy has Clopper-Pearson and Wilson (`binomtest`), used here; statsmodels 0.15 gives the same Newcombe
interval but is not a dependency for one formula. Sources: Clopper & Pearson (1934); Wilson (1927); Newcombe (1998),
Statistics in Medicine 17:873, method 10; Boschloo (1970).
"""

from __future__ import annotations

import math

from scipy.stats import binomtest, boschloo_exact

from .results import Estimate, HypothesisTest, normal_quantile

_INTERVALS = {"clopper-pearson": ("exact", "Clopper-Pearson"), "wilson": ("wilson", "Wilson score")}


def _checked(events: int, total: int) -> tuple[int, int]:
    if events != int(events) or total != int(total) or not 0 <= events <= total or total == 0:
        raise ValueError(f"{events} of {total} is not a proportion: 0 ≤ events ≤ patients, with patients > 0")
    return int(events), int(total)


def proportion(events: int, total: int, *, interval: str = "clopper-pearson", conf_level: float = 0.95) -> Estimate:
    """Return events / total with its `clopper-pearson` (exact) or `wilson` interval.

    Raises ValueError on impossible counts, an empty group or another interval.
    """
    events, total = _checked(events, total)
    if interval not in _INTERVALS:
        raise ValueError(f"interval {interval!r} is not one of {', '.join(_INTERVALS)}")
    name, label = _INTERVALS[interval]
    low, high = _limits(events, total, name, conf_level)
    return Estimate(events / total, low, high, std_error=_error(events, total), method=f"{label} interval")


def _limits(events: int, total: int, name: str, conf_level: float) -> tuple[float, float]:
    """Return the limits of the interval that SciPy calls ``name``; raises ValueError on an impossible level."""
    normal_quantile(conf_level)
    limits = binomtest(events, total).proportion_ci(conf_level, method=name)
    return float(limits.low), float(limits.high)


def _error(events: int, total: int) -> float:
    return math.sqrt(events / total * (1 - events / total) / total)


def risk_difference(
    events: int, total: int, other_events: int, other_total: int, *, conf_level: float = 0.95
) -> Estimate:
    """Return the first proportion minus the second with Newcombe's hybrid score interval (method 10)."""
    events, total = _checked(events, total)
    other_events, other_total = _checked(other_events, other_total)
    one, two = events / total, other_events / other_total
    low, high = _limits(events, total, "wilson", conf_level)
    other_low, other_high = _limits(other_events, other_total, "wilson", conf_level)
    difference = one - two
    return Estimate(
        difference,
        low=difference - math.hypot(one - low, other_high - two),
        high=difference + math.hypot(high - one, two - other_low),
        std_error=math.hypot(_error(events, total), _error(other_events, other_total)),
        method="Newcombe hybrid score interval (method 10)",
    )


def boschloo(events: int, total: int, other_events: int, other_total: int) -> HypothesisTest:
    """Boschloo's unconditional exact test of two proportions: as exact as Fisher's, and never less powerful."""
    events, total = _checked(events, total)
    other_events, other_total = _checked(other_events, other_total)
    method = "Boschloo's exact test"
    if events + other_events in (0, total + other_total):
        return HypothesisTest(method, reason="not estimable: no patient, or every patient, has the event")
    # SciPy takes the two samples as columns.
    columns = [[events, other_events], [total - events, other_total - other_events]]
    return HypothesisTest(method, p=float(boschloo_exact(columns).pvalue))
