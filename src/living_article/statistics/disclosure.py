"""Coarser versions of what would show single patients: the steps of a survival curve, the ends of a range.

Rules of thumb of statistical disclosure control (Hundepool and others, 2012): every step stands for several events and
lies at a rounded time; an end of a range is the mean of several values, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .design import NUMERIC, Design
from .kaplan_meier import StepCurve
from .results import Estimate

Floats = NDArray[np.float64]
_PARTS = 60  # of the longest follow-up, at most, into which the time of a coarse curve is cut


def coarse_curve(curve: StepCurve, fewest: int, always: Iterable[float] = ()) -> StepCurve:
    """Return the curve with steps of at least ``fewest`` events each, at multiples of a round time; no censored times.

    Survival, its error and the number at risk are those of the full curve at the time of a step, so the coarse curve
    never lies below it. At the times of ``always`` that are told (`told_times`) it steps too, and steps before them
    give way, so that what is told elsewhere divides no step. After the last step come ``fewest`` events or none.
    """
    width = round_step(curve.last / _PARTS)
    last = (math.floor(curve.last / width) + 1) * width  # to which the curve goes on level
    fixed = {at for at in told_times(curve, always, fewest) if at <= curve.last}
    kept: list[float] = []

    def between(at: float) -> int:
        return _events(curve, at) - (_events(curve, kept[-1]) if kept else 0)

    for at in sorted({*(width * np.arange(1, round(last / width) + 1)).tolist(), *fixed}):
        while at in fixed and kept and kept[-1] not in fixed and 0 < between(at) < fewest:
            kept.pop()
        if between(at) and (at in fixed or (between(at) >= fewest and _may_step(curve, at, fewest))):
            kept.append(at)
    at = np.searchsorted(curve.time, kept, side="right") - 1
    final = at[-1:] if kept else np.array([-1])
    survival, error = np.append(curve.survival, 1.0), np.append(curve.log_error, 0.0)
    return StepCurve(
        time=np.array([*kept, last]),
        at_risk=curve.at_risk[[*at, *(final if kept else [0])]],
        events=np.array([*np.diff([_events(curve, t) for t in kept], prepend=0), 0]),
        censored=np.zeros(len(kept) + 1, dtype=int),
        survival=survival[[*at, *final]],
        log_error=error[[*at, *final]],
    )


def told_times(curve: StepCurve, times: Iterable[float], fewest: int) -> list[float]:
    """Return those of the times at which survival may be told, in ascending order; all beyond follow-up.

    No 1 to ``fewest - 1`` events lie between two of them, before the first or after the last, nor are so few patients
    then without an event. Of two that are too close, the earlier stays.
    """
    kept, before = [], 0
    for at in sorted(set(times)):
        events = _events(curve, at)
        if at > curve.last:
            kept.append(at)
        elif not 0 < events - before < fewest and _may_step(curve, at, fewest):
            kept.append(at)
            before = events
    return kept


def far_apart(curve: StepCurve, times: Iterable[float], fewest: int) -> list[float]:
    """Return those of the times between which no 1 to ``fewest - 1`` events lie, in ascending order.

    Of two that are too close, the earlier stays.
    """
    kept: list[float] = []
    for at in sorted(set(times)):
        if not kept or not 0 < _events(curve, at) - _events(curve, kept[-1]) < fewest:
            kept.append(at)
    return kept


def coarse_time(time: float | None, longest: float, fewest: int) -> float | None:
    """Return a time as a multiple of the round time of `coarse_curve`, one at least; ``fewest`` 0 changes nothing.

    ``longest`` is the longest follow-up.

    >>> coarse_time(22.3, 55.0, 5), coarse_time(22.3, 55.0, 0)
    (22.0, 22.3)
    """
    if not fewest or time is None or math.isnan(time):
        return time
    width = round_step(longest / _PARTS)
    return max(round(time / width), 1) * width


def coarse_median(estimate: Estimate, longest: float, fewest: int) -> Estimate:
    """Return a median time and its limits, each the time of a single patient, as `coarse_time` does."""
    ends = {name: coarse_time(getattr(estimate, name), longest, fewest) for name in ("value", "low", "high")}
    return replace(estimate, **ends)


def _events(curve: StepCurve, at: float) -> int:
    """Return how many had the event by a time."""
    return int(curve.events[curve.time <= at].sum())


def _may_step(curve: StepCurve, at: float, fewest: int) -> bool:
    """Return whether the survival then told is that of no few patients, and no few have the event later."""
    without = round(float(np.append(1.0, curve.survival)[np.searchsorted(curve.time, at, side="right")]) * curve.n)
    later = _events(curve, math.inf) - _events(curve, at)
    return not (0 < without < fewest or 0 < later < fewest)


def coarse_times(time: ArrayLike, event: ArrayLike, fewest: int, always: Iterable[float] = ()) -> Floats:
    """Return the times at which a step function of events may be shown: round ones, and those of ``always``.

    Between neighbours lie ``fewest`` events or more, and as many patients are followed beyond a round time. A time of
    ``always`` within follow-up stays; round times before it give way.
    """
    time, deaths = np.asarray(time, float), np.asarray(time, float)[np.asarray(event, bool)]
    width, last = round_step(time.max() / _PARTS), time.max()
    fixed = {float(t) for t in always if t <= last}
    kept: list[float] = []

    def between(at: float) -> int:
        return int(np.sum((deaths <= at) & (deaths > (kept[-1] if kept else -np.inf))))

    for at in sorted({*(width * np.arange(1, math.ceil(last / width))).tolist(), *fixed}):
        while at in fixed and kept and kept[-1] not in fixed and between(at) < fewest:
            kept.pop()
        if at in fixed or (between(at) >= fewest and np.sum(time > at) >= fewest):
            kept.append(at)
    return np.array(kept)


def coarse_thresholds(risk: ArrayLike, thresholds: Iterable[float], fewest: int) -> list[float]:
    """Return the thresholds that may be shown: no 1 to ``fewest - 1`` predicted risks lie between neighbours or beyond.

    A net benefit at two thresholds tells how many patients lie between them and how many of these had the event.

    >>> coarse_thresholds([0.2, 0.3, 0.4, 0.7], [0.1, 0.25, 0.35, 0.5, 0.6], 2)
    [0.1, 0.35]
    """
    below, kept = 0, []
    risk = np.asarray(risk, float)
    for threshold in thresholds:
        now = int(np.sum(risk < threshold))
        if all(number == 0 or number >= fewest for number in (now - below, len(risk) - now)):
            kept.append(threshold)
            below = now
    return kept


def round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, … times a power of ten that is at least ``least``.

    >>> round_step(0.7), round_step(26.6), round_step(1.0)
    (1.0, 50.0, 1.0)
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= least * (1 - 1e-9))


def coarse_range(values: ArrayLike, fewest: int) -> tuple[float, float]:
    """Return the means of the ``fewest`` smallest and largest values, rounded to a hundredth of their distance.

    If all values are whole numbers, so are the ends.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    low, high = ordered[:fewest].mean(), ordered[-fewest:].mean()
    if low == high:
        return float(low), float(high)
    width = round_step((high - low) / 100)
    width = max(width, 1.0) if np.all(ordered == np.round(ordered)) else width
    return float(round(low / width) * width), float(round(high / width) * width)


def coarse_design(design: Design, fewest: int) -> Design:
    """Return the design, its numeric columns cut off at the ends of `coarse_range`; ``fewest`` 0 changes nothing."""
    if not fewest:
        return design
    matrix = design.matrix.copy()
    for term in design.terms:
        if term.kind in NUMERIC:
            low, high = coarse_range(matrix[term.name], fewest)
            ends = matrix[term.name].clip(low, high)
            ends.iloc[[int(np.argmin(matrix[term.name])), int(np.argmax(matrix[term.name]))]] = low, high
            matrix[term.name] = ends
    return Design(matrix, design.terms)
