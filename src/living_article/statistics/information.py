"""How narrow the interval of a hazard ratio can be at all, whatever the data.

At each event the Cox information on the coefficient of a 0/1 covariate is the variance p(1 − p) of that covariate
in the risk set, at most 1/4 (Cox, 1972; Schoenfeld, 1983), and adjustment for other covariates can only lower it.
So its standard error is at least 2/√events, and the ratio of upper to lower limit at least exp(2·z·2/√events).
"""

from __future__ import annotations

import math

from .results import normal_quantile


def narrowest_ratio(events: int, conf_level: float = 0.95) -> float:
    """Return the smallest possible ratio of upper to lower limit; raises ValueError without events."""
    if events < 1:
        raise ValueError("an interval needs at least one event")
    return math.exp(4 * normal_quantile(conf_level) / math.sqrt(events))


def events_needed(low: float, high: float, conf_level: float = 0.95) -> int:
    """Return the fewest events with which an interval of a 0/1 covariate can be as narrow as (low, high).

    Raises
    ------
    ValueError
        Unless 0 < low < high.
    """
    if not 0 < low < high:
        raise ValueError(f"({low}, {high}) is not an interval of a hazard ratio")
    return math.ceil((4 * normal_quantile(conf_level) / math.log(high / low)) ** 2 - 1e-9)
