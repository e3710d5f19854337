"""Kaplan-Meier look-ups as R's `survival` package gives them, around a fitted lifelines `KaplanMeierFitter`.

Found before writing: where S is exactly 0.5 on an interval, R gives its midpoint as median; lifelines 0.30 and
greenwood 0.8 give its start, statsmodels 0.15 its end. lifelines has log-log intervals only (R's default: log), and
its table of numbers at risk counts t > h (R: t ≥ h). scikit-survival 0.28 has log-log intervals and no quantiles.

Sources: Kaplan & Meier (1958); Greenwood (1926); Brookmeyer & Crowley (1982) for the interval of a
quantile; Kalbfleisch & Prentice (2002), section 1.4, for the transformed intervals; R survival 3.5,
`survfit_confint`, `survmean` and `summary.survfit` for the conventions at ties, ends and exact halves.
Times are compared as given; R also takes times as tied that differ by rounding error only (``timefix``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from lifelines import KaplanMeierFitter
from numpy.typing import ArrayLike, NDArray

from .results import Estimate, normal_quantile

INTERVALS = ("log", "log-log", "plain")
_TIE = float(np.sqrt(np.finfo(float).eps))  # R's tolerance for "S is exactly one half"


@dataclass(frozen=True, slots=True, eq=False)
class StepCurve:
    """A Kaplan-Meier curve by its steps; all arrays have shape (steps,), one step for each distinct time.

    Attributes
    ----------
    time
        Distinct times at which someone has an event or is censored, ascending.
    at_risk
        Number whose time is ≥ that time.
    events, censored
        Number of events and of censored times at that time.
    survival
        S(time), right-continuous.
    log_error
        Greenwood standard error of log S(time); infinite where S is 0.
    """

    time: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    censored: NDArray[np.int64]
    survival: NDArray[np.float64]
    log_error: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of patients."""
        return int(self.at_risk[0])

    @property
    def last(self) -> float:
        """Largest follow-up time, whether event or censored."""
        return float(self.time[-1])


def step_curve(time: KaplanMeierFitter | ArrayLike, event: ArrayLike | None = None) -> StepCurve:
    """Return the steps of a fitted `KaplanMeierFitter`, or of times and 0/1 events, both of shape (n,).

    Raises
    ------
    ValueError
        If there is no patient, a time is negative or not finite, an event is not 0 or 1, the lengths differ,
        or the fitter was given weights or entry times.
    """
    if isinstance(time, KaplanMeierFitter):
        if time.entry is not None or not np.all(np.asarray(time.weights) == 1):
            raise ValueError("weights and delayed entry are not supported here")
        time, event = time.durations, time.event_observed
    time, event = checked_survival(time, event)
    order = np.argsort(time)
    ordered = time[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))  # first row of each distinct time
    events = np.add.reduceat(event[order], first, dtype=np.int64)
    at_risk = time.size - first
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events.astype(float))))
    return StepCurve(
        time=ordered[first],
        at_risk=at_risk,
        events=events,
        censored=np.diff(np.append(first, time.size)) - events,
        survival=np.cumprod(1 - events / at_risk),
        log_error=np.sqrt(greenwood),
    )


def checked_survival(time: ArrayLike, event: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return times as floats and events as booleans, or raise ValueError as `step_curve` documents."""
    time = np.asarray(time, dtype=float)
    if event is None:
        raise ValueError("events are missing: give a fitted KaplanMeierFitter, or times and events")
    event = np.asarray(event, dtype=float)
    if time.ndim != 1 or time.shape != event.shape:
        raise ValueError(f"times {time.shape} and events {event.shape} must be two lists of one length")
    if time.size == 0:
        raise ValueError("no patient: a survival curve needs at least one")
    if not np.all(np.isfinite(time)) or time.min() < 0:
        raise ValueError("every time must be a number, zero or more")
    if not np.all((event == 0) | (event == 1)):
        raise ValueError("every event must be 0 (censored) or 1 (event)")
    return time, event == 1


def confidence_limits(
    survival: NDArray[np.float64], log_error: NDArray[np.float64], *, interval: str, conf_level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lower and upper limits of S, given the Greenwood standard error of log S; shapes as given.

    NaN where S is 0 (no limit exists, as in R). Where S is 1 both limits are 1 (R: NA for log-log, 1
    otherwise).

    Raises
    ------
    ValueError
        If ``interval`` is not one of `INTERVALS`, or ``conf_level`` not between 0 and 1.
    """
    if interval not in INTERVALS:
        raise ValueError(f"interval {interval!r} is not one of {', '.join(INTERVALS)}")
    margin = normal_quantile(conf_level) * log_error
    with np.errstate(divide="ignore", invalid="ignore"):
        if interval == "plain":
            low, high = survival - margin * survival, survival + margin * survival
        elif interval == "log":
            low, high = survival * np.exp(-margin), survival * np.exp(margin)
        else:
            spread = margin / np.log(survival)  # negative: log S < 0
            low, high = survival ** np.exp(-spread), survival ** np.exp(spread)
    low, high = np.clip(low, 0, None), np.clip(high, None, 1)
    none, all_alive = survival == 0, survival == 1
    return (
        np.where(none, np.nan, np.where(all_alive, 1.0, low)),
        np.where(none, np.nan, np.where(all_alive, 1.0, high)),
    )


def steps(curve: StepCurve, *, interval: str = "log", conf_level: float = 0.95) -> pd.DataFrame:
    """Return one row for each step, from time 0, for drawing: time, survival, low, high, censored."""
    low, high = confidence_limits(curve.survival, curve.log_error, interval=interval, conf_level=conf_level)
    drawn = pd.DataFrame(
        {"time": curve.time, "survival": curve.survival, "low": low, "high": high, "censored": curve.censored}
    )
    if curve.time[0] == 0:
        return drawn
    start = pd.DataFrame({"time": [0.0], "survival": [1.0], "low": [1.0], "high": [1.0], "censored": [0]})
    return pd.concat([start, drawn], ignore_index=True)


def survival_at(curve: StepCurve, times: ArrayLike, *, interval: str = "log", conf_level: float = 0.95) -> pd.DataFrame:
    """Return S(t) as a step look-up, never interpolated, for each time asked for.

    Columns: time, survival, std_error (Greenwood, of S), low, high, reason. Beyond the largest follow-up
    time the numbers are NaN and ``reason`` says so, also when S has reached 0 (as R's `summary.survfit`
    leaves them out); where S is 0 there is no standard error and no interval, and ``reason`` says so.
    Otherwise ``reason`` is None.
    """
    times = np.atleast_1d(np.asarray(times, dtype=float))
    if np.any(~(times >= 0)):
        raise ValueError("a time to look up must be zero or more")
    at = np.searchsorted(curve.time, times, side="right")
    survival = np.concatenate(([1.0], curve.survival))[at]
    log_error = np.concatenate(([0.0], curve.log_error))[at]
    low, high = confidence_limits(survival, log_error, interval=interval, conf_level=conf_level)
    beyond, reason = times > curve.last, np.full(times.shape, None, object)
    reason[survival == 0] = "survival has reached 0: no standard error and no interval"
    reason[beyond] = "not estimable: beyond follow-up"
    with np.errstate(invalid="ignore"):
        error = np.where(survival == 0, np.nan, survival * log_error)
    numbers = {"survival": survival, "std_error": error, "low": low, "high": high}
    table = {name: np.where(beyond, np.nan, each) for name, each in numbers.items()}
    return pd.DataFrame({"time": times} | table | {"reason": reason})


def risk_table(curve: StepCurve, times: ArrayLike) -> pd.DataFrame:
    """Return what stands below a survival plot: columns time, at_risk, events, censored.

    At risk are those with time ≥ t (as in R); events and censored are cumulative, counted with time ≤ t.
    """
    times = np.atleast_1d(np.asarray(times, dtype=float))
    before = np.searchsorted(curve.time, times, side="left")
    until = np.searchsorted(curve.time, times, side="right")
    return pd.DataFrame(
        {
            "time": times,
            "at_risk": np.append(curve.at_risk, 0)[before],
            "events": np.concatenate(([0], np.cumsum(curve.events)))[until],
            "censored": np.concatenate(([0], np.cumsum(curve.censored)))[until],
        }
    )


def _first_time_at_most(level: float, time: NDArray[np.float64], curve: NDArray[np.float64]) -> float | None:
    """R's `minmin` (survmean): the first time with curve ≤ level, or the midpoint of an exact plateau."""
    known = ~np.isnan(curve)
    time, curve = time[known], curve[known]
    reached = np.flatnonzero(curve < level + _TIE)
    if reached.size == 0:
        return None
    first = reached[0]
    lower = np.flatnonzero(curve < curve[first])
    if abs(curve[first] - level) < _TIE and lower.size:
        return float((time[first] + time[lower[0]]) / 2)
    return float(time[first])


def quantile(
    curve: StepCurve, probability: float = 0.5, *, interval: str = "log", conf_level: float = 0.95
) -> Estimate:
    """Return the time by which this share of patients has had the event, with its Brookmeyer-Crowley interval.

    The midpoint rule is R's (`print.survfit`): where S equals 1 − probability on an interval, its middle; on the
    last interval of a curve, its start (`quantile.survfit` takes its middle, but the curve's end is not known).
    The limits are the same quantile of the confidence band. A limit that the band does not reach is None,
    with a warning.

    Raises
    ------
    ValueError
        If ``probability`` is not between 0 and 1, or as `confidence_limits`.
    """
    if not 0 < probability < 1:
        raise ValueError(f"probability {probability} is not between 0 and 1")
    low, high = confidence_limits(curve.survival, curve.log_error, interval=interval, conf_level=conf_level)
    value, lower, upper = (
        _first_time_at_most(1 - probability, curve.time, band) for band in (curve.survival, low, high)
    )
    share = f"{100 * (1 - probability):g} %"
    unreached = f"the confidence band stays above {share}: no upper limit"
    return Estimate(
        value=value,
        low=lower,
        high=upper,
        method=f"Kaplan-Meier, Brookmeyer-Crowley interval ({interval})",
        reason=f"not reached: survival stays above {share}" if value is None else None,
        warnings=(unreached,) if value is not None and upper is None else (),
    )


def median(curve: StepCurve, *, interval: str = "log", conf_level: float = 0.95) -> Estimate:
    """Return the median survival time with its interval; see `quantile`."""
    return quantile(curve, 0.5, interval=interval, conf_level=conf_level)
