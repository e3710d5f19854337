"""Progression-free survival: which patient progresses when, never after death or last contact."""

from __future__ import annotations

import numpy as np
import pandas as pd

from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.slots import Slot
from living_article.reconstruct.targets import ARMS, TERMS
from living_article.statistics import cox
from living_article.statistics.zph import zph

GAP = 0.3
"""Months at least between a documented progression and death or last contact."""
LEAST_P = 0.10
"""No test of proportional hazards of progression-free survival may be below it."""
TRIALS = 400


def match(slots: list[Slot], times: dict[str, list[float]], x: np.ndarray, random: RandomSource) -> list[float]:
    """Return the month of progression-free survival of each slot (event or censoring), in slot order.

    Matchings are drawn at random among those that respect the order of progression and death; the first is taken
    with which the eleven terms of Table 7, ``x`` (n, 11), show no visible departure from proportional hazards.

    Raises
    ------
    ValueError
        If none of `TRIALS` matchings does.
    """
    for _ in range(TRIALS):
        months = [slot.months for slot in slots]
        for arm in ARMS:
            rows = [i for i, slot in enumerate(slots) if slot.arm == arm and slot.progresses]
            for i, time in zip(rows, _mixed(times[arm], [slots[i].months for i in rows], random), strict=True):
                months[i] = time
        if smallest_p(x, months, events(slots)) >= LEAST_P:
            return months
    raise ValueError(f"none of {TRIALS} matchings of progression and death shows proportional hazards")


def events(slots: list[Slot]) -> list[int]:
    """Return 1 for each slot with an event of progression-free survival: a progression, or a death without one."""
    return [int(slot.progresses or slot.event) for slot in slots]


def _mixed(times: list[float], limits: list[float], random: RandomSource) -> list[float]:
    """Return the times in the order of the ascending limits, mixed by exchanges that keep each below its limit."""
    mixed = sorted(times)
    if any(time + GAP > limit + 1e-9 for time, limit in zip(mixed, limits, strict=True)):
        raise ValueError("the times of progression do not fit below those of death")
    for _ in range(20 * len(mixed)):
        i, j = sorted((random.below(len(mixed)), random.below(len(mixed))))
        if max(mixed[i], mixed[j]) + GAP <= limits[i] + 1e-9:
            mixed[i], mixed[j] = mixed[j], mixed[i]
    return mixed


def smallest_p(x: np.ndarray, months: list[float], event: list[int]) -> float:
    """Return the smallest P of the term-wise and global tests of proportional hazards."""
    model = cox.fit(pd.DataFrame(x, columns=list(TERMS)), months, event)
    return float(zph(model).table["p"].min())
