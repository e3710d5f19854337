"""Coarser versions of what would show single patients: the steps of a survival curve, the ends of a range.

Rules of thumb of statistical disclosure control (Hundepool and others, 2012): every step stands for several events and
lies at a rounded time; an end of a range is the mean of several values, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .design import NUMERIC, Design
from .kaplan_meier import StepCurve

Floats = NDArray[np.float64]
_PARTS = 60  # of the longest follow-up, at most, into which the time of a coarse curve is cut


def coarse_curve(curve: StepCurve, fewest: int) -> StepCurve:
    """Return the curve with steps of at least ``fewest`` events each, at multiples of a round time; no censored times.

    Survival, its error and the number at risk are those of the full curve at the end of the span of time that a step
    closes, so the coarse curve never lies below it. Events after the last step are not drawn: fewer than ``fewest``,
    or so many that survival times the patients would tell that fewer than ``fewest`` remain without an event.
    """
    width = round_step(curve.last / _PARTS)
    cells = np.floor(curve.time / width).astype(int)
    total = np.cumsum(curve.events)
    without = np.round(curve.survival * curve.at_risk[0])
    kept: list[int] = []
    for end in np.flatnonzero(np.append(cells[1:] != cells[:-1], True)):
        if total[end] - (total[kept[-1]] if kept else 0) >= fewest and not 0 < without[end] < fewest:
            kept.append(int(end))
    last = (cells[-1] + 1) * width  # to which the curve goes on level
    return StepCurve(
        time=np.array([*((cells[end] + 1) * width for end in kept), last]),
        at_risk=curve.at_risk[[*kept, kept[-1] if kept else 0]],
        events=np.array([*np.diff(total[kept], prepend=0), 0]) if kept else np.array([0]),
        censored=np.zeros(len(kept) + 1, dtype=int),
        survival=np.array([*curve.survival[kept], curve.survival[kept[-1]] if kept else 1.0]),
        log_error=np.array([*curve.log_error[kept], curve.log_error[kept[-1]] if kept else 0.0]),
    )


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
