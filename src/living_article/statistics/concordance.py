"""Harrell's C with the infinitesimal-jackknife standard error of R's ``concordance``.

lifelines' and scikit-survival's C is the same number without a standard error.
Two deaths at one time are not comparable here, a patient censored at a death time outlives it, and a pair
with equal predictions counts one half (Harrell, Lee and Mark, 1996; R survival 3.5, ``concordancefit``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rank_counts import dense_ranks, weight_below
from .results import Estimate, normal_quantile
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
METHOD = "Harrell's C, infinitesimal jackknife"


@dataclass(frozen=True)
class Concordance:
    """Harrell's C and the pairs behind it (numbers of pairs; those with tied times are not comparable)."""

    estimate: Estimate
    concordant: float
    discordant: float
    tied_risk: float
    tied_time: float


def outliving(sets: RiskSets) -> NDArray[np.intp]:
    """Return, for each death, how many of the sorted rows outlive it (a prefix of the rows)."""
    return sets.deaths[sets.first_death][sets.group_of_death]


def _as_survivor(ranks: NDArray, sets: RiskSets) -> tuple[Floats, Floats, Floats]:
    """Return, for each sorted row, the earlier deaths with higher, lower and equal rank."""
    n = len(sets.time)
    backwards = np.arange(n)[::-1]
    later = np.arange(n)  # rows behind a patient in time: those after it, without deaths at the same time
    later[sets.deaths] = sets.last[sets.group_of_death]
    weights = sets.event[backwards].astype(float)[None]
    lower, equal = weight_below(ranks[:, backwards], weights, n - 1 - np.arange(n), n - 1 - later)
    deaths = np.append(0, np.cumsum(weights[0]))[n - 1 - later]
    return deaths - lower[0] - equal[0], lower[0], equal[0]


def concordance(risk: ArrayLike, time: ArrayLike, event: ArrayLike, conf_level: float = 0.95) -> Concordance:
    """Return Harrell's C of a risk score (n,): higher means an earlier event.

    The interval is C ± z·SE, cut at 0 and 1. Without comparable pairs the estimate has a reason instead.
    """
    sets = risk_sets(time, event)
    ranks = dense_ranks(np.asarray(risk, float)[None, sets.order])
    n = len(sets.time)
    prefix = outliving(sets)
    lower, equal = weight_below(ranks, np.ones((1, n)), sets.deaths, prefix)
    higher = prefix - lower[0] - equal[0]
    pairs = float(prefix.sum())
    sizes = np.bincount(sets.group_of_death) if sets.deaths.size else np.zeros(0)
    counts = (float(lower.sum()), float(higher.sum()), float(equal.sum()), float(np.sum(sizes * (sizes - 1) / 2)))
    if pairs == 0:
        reason = "no two patients can be compared: nobody is known to outlive an event"
        return Concordance(Estimate(None, method=METHOD, reason=reason), *counts)
    concordant, discordant, tied = (np.asarray(part) for part in _as_survivor(ranks, sets))
    for total, part in ((concordant, lower[0]), (discordant, higher), (tied, equal[0])):
        total[sets.deaths] += part
    somers = (counts[0] - counts[1]) / pairs
    influence = ((concordant - discordant) - somers * (concordant + discordant + tied)) / pairs
    error = float(np.sqrt(np.sum(influence**2))) / 2
    value, margin = (somers + 1) / 2, normal_quantile(conf_level) * error
    estimate = Estimate(value, max(0.0, value - margin), min(1.0, value + margin), error, method=METHOD)
    return Concordance(estimate, *counts)


def weighted_concordance(weights: Floats, lower: Floats, equal: Floats, sets: RiskSets) -> Floats:
    """Return C (B,) from the weight outliving each death with lower and equal risk, both (B, deaths)."""
    before = np.concatenate([np.zeros((len(weights), 1)), np.cumsum(weights, axis=1)], axis=1)
    dead = np.take(weights, sets.deaths, axis=1)
    pairs = np.sum(dead * np.take(before, outliving(sets), axis=1), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sum(dead * (lower + equal / 2), axis=1) / pairs
