"""The fixed part of the search for a cohort: hazards by level, censoring weights, the time transform, the targets."""

from __future__ import annotations

import math

import numpy as np

from living_article.reconstruct import assumptions
from living_article.reconstruct.kernels import Problem

LOWEST = -64
"""Smallest covariate level of the hazard table; ages are counted from `AGE_ORIGIN`."""
AGE_ORIGIN = 30


def hazard_tables(ratios: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return exp(beta x) for every level x, to 12 decimals, and the coefficients as integers for ranking."""
    levels = range(LOWEST, -LOWEST)
    table = [[round(math.exp(math.log(hr) * level), 12) for level in levels] for hr in ratios]
    return np.array(table), np.array([round(math.log(hr) * 2**30) for hr in ratios], dtype=np.int64)


def fixed_part(time, event, ratios, half, horizons, accuracy, slack) -> Problem:
    """Build the fixed part of the search from times (n,) ascending and distinct, events (n,) and the targets.

    ``ratios`` and ``half`` (P,) are the printed hazard ratios and half a printed digit on the log scale,
    ``accuracy`` and ``slack`` (FEW,) the wanted values of the accuracy measures and how far from them is still good.
    """
    n = len(time)
    weights, after = censoring_weights(time, event, horizons)
    hazard, points = hazard_tables(ratios)
    return Problem(
        event=np.asarray(event, dtype=np.int64),
        hazard=hazard,
        offset=-LOWEST,
        points=points,
        half=np.asarray(half, dtype=float),
        ipcw=weights,
        after=after,
        early=int(np.sum(np.asarray(time) <= horizons[0])),
        late=int(np.sum(np.asarray(time) <= horizons[1])),
        transform=kaplan_meier_transform(event, n),
        decay=np.array([round(math.exp(-k / 64), 12) for k in range(64 * 40)]),
        accuracy=np.asarray(accuracy, dtype=float),
        slack=np.asarray(slack, dtype=float),
        limits=np.array([assumptions.TERM_LIMIT, assumptions.GLOBAL_LIMIT]),
    )


def censoring_weights(time, event, horizons) -> tuple[np.ndarray, np.ndarray]:
    """Return 1 / G(T-) for each row and 1 / G(horizon), G the Kaplan–Meier estimate of remaining uncensored."""
    n, g = len(time), 1.0
    weights, after = np.ones(n), np.ones(len(horizons))
    for i in range(n):
        weights[i] = 1.0 / g
        if not event[i]:
            g *= 1.0 - 1.0 / (n - i)
        for k, horizon in enumerate(horizons):
            if time[i] <= horizon:
                after[k] = 1.0 / g
    return weights, after


def kaplan_meier_transform(event, n: int) -> np.ndarray:
    """Return the default time transform of R's cox.zph, 1 - KM(T-) centred over the deaths; 0 for the censored."""
    survival, transform = 1.0, np.zeros(n)
    for i in range(n):
        transform[i] = 1.0 - survival
        if event[i]:
            survival *= 1.0 - 1.0 / (n - i)
    dead = np.asarray(event) == 1
    return np.where(dead, transform - sum(transform[dead]) / dead.sum(), 0.0)
