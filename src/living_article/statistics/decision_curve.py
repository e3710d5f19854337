"""Net benefit of acting on a predicted risk at a horizon (Vickers and Elkin, 2006; Vickers et al., 2008).

dcurves 1.1.7 takes S(t) where 1 − S(t) is meant when it converts models to probabilities (net benefit 0.017
instead of 0.088 at threshold 0.20), so risks are given here. Test-positive means risk ≥ threshold.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .bootstrap import batches
from .kaplan_meier import checked_survival
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]


def _event_risk(inside: Floats, sets: RiskSets, horizon: float) -> Floats:
    """Return 1 − Kaplan-Meier at the horizon (B,) among rows weighted ``inside`` (B, n).

    NaN if nobody is inside, or the last one inside is censored before the horizon. A curve that has reached
    zero stays there: everyone inside is known to have had the event.
    """
    later = int(np.sum(sets.death_times > horizon))  # times fall: these come first
    within = sets.first_death[later:]
    dead = np.take(inside, sets.deaths[within[0] :] if within.size else within, axis=1)
    if sets.tied and within.size:
        dead = np.add.reduceat(dead, within - within[0], axis=1)
    at_risk = np.take(np.cumsum(inside, axis=1), sets.last[later:], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        survival = np.prod(np.where(at_risk > 0, 1 - dead / at_risk, 1.0), axis=1)
    followed = np.any(inside[:, : int(np.sum(sets.time >= horizon))] > 0, axis=1)
    return np.where(followed | ((survival == 0) & np.any(inside > 0, axis=1)), 1 - survival, np.nan)


def benefit_of(positive: Floats, counts: Floats, sets: RiskSets, horizon: float, threshold: float) -> Floats:
    """Return the net benefit (B,) of treating ``positive``, (n,) or (B, n), among ``counts`` (B, n) sorted rows."""
    inside = counts * positive
    share = inside.sum(axis=1) / counts.sum(axis=1)
    risk = _event_risk(inside, sets, horizon)
    benefit = share * risk - share * (1 - risk) * threshold / (1 - threshold)
    return np.where(share == 0, 0.0, benefit)


def _prepared(risk: ArrayLike, time: ArrayLike, event: ArrayLike, thresholds: ArrayLike) -> tuple:
    time, event = checked_survival(time, event)
    risk, thresholds = np.asarray(risk, float), np.atleast_1d(np.asarray(thresholds, float))
    if risk.shape != time.shape or not np.all((risk >= 0) & (risk <= 1)):
        raise ValueError("one risk between 0 and 1 is needed for each patient")
    if not np.all((thresholds > 0) & (thresholds < 1)):
        raise ValueError("thresholds must lie between 0 and 1")
    sets = risk_sets(time, event)
    return sets, risk[sets.order], thresholds


def net_benefit(
    risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float, thresholds: ArrayLike
) -> pd.DataFrame:
    """Return the net benefit of the model, of treating all and of treating none.

    Parameters
    ----------
    risk, time, event
        (n,) predicted risk of an event by the horizon, follow-up and 1/0 event.
    horizon
        Time at which risk is meant.
    thresholds
        Risks from which one would act, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a threshold: threshold, positives, model, all, none, avoided (net interventions avoided per 100
        patients against treating all) and reason; NaN with a reason where no test-positive patient is followed
        to the horizon and some of them may still be free of the event.
    """
    sets, risk, thresholds = _prepared(risk, time, event, thresholds)
    everyone = np.ones((1, len(risk)))
    rows = []
    for threshold in thresholds:
        positive = (risk >= threshold).astype(float)
        model = benefit_of(positive, everyone, sets, horizon, threshold)[0]
        treat_all = benefit_of(everyone[0], everyone, sets, horizon, threshold)[0]
        avoided = 100 * (model - treat_all) * (1 - threshold) / threshold
        missing = "not estimable: no test-positive patient is followed to the horizon"
        reason = missing if np.isnan(model) else None
        rows.append((threshold, int(positive.sum()), model, treat_all, 0.0, avoided, reason))
    return pd.DataFrame(rows, columns=["threshold", "positives", "model", "all", "none", "avoided", "reason"])


def net_benefit_band(
    risk: ArrayLike,
    time: ArrayLike,
    event: ArrayLike,
    horizon: float,
    thresholds: ArrayLike,
    *,
    replicates: int,
    seed: int,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Return percentile bootstrap limits of the model's net benefit, the predictions held fixed.

    Columns threshold, low, high and used: the number of replicates in which it could be estimated.
    """
    sets, risk, thresholds = _prepared(risk, time, event, thresholds)
    tail = (1 - conf_level) / 2
    values = np.concatenate(
        [
            np.stack([benefit_of((risk >= t).astype(float), c[:, sets.order], sets, horizon, t) for t in thresholds])
            for c in batches(len(risk), replicates, seed, 250)
        ],
        axis=1,
    )
    rows = []
    for threshold, found in zip(thresholds, values, strict=True):
        kept = found[~np.isnan(found)]
        limits = np.quantile(kept, (tail, 1 - tail)) if kept.size else (np.nan, np.nan)
        rows.append((threshold, *limits, kept.size))
    return pd.DataFrame(rows, columns=["threshold", "low", "high", "used"])


def useful_range(table: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the runs of thresholds at which the model's net benefit exceeds both treating all and none."""
    better = (table["model"] > table[["all", "none"]].max(axis=1)).to_numpy()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], better, [False])).astype(int)))
    threshold = table["threshold"].to_numpy()
    return [(float(threshold[a]), float(threshold[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True)]
