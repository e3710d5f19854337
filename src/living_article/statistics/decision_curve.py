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
_BATCH = 1000  # replicates worked on together: memory stays bounded


def _running(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the sums down the rows; row by row, since NumPy's own goes down one column after the other."""
    total = rows.copy()
    for before, row in zip(total, total[1:], strict=False):
        row += before
    return total


def share_and_risk(inside: NDArray[np.int32], sets: RiskSets, horizon: float) -> tuple[NDArray[np.int32], Floats]:
    """Return how many stand in each column and their risk of an event by the horizon, 1 − Kaplan-Meier; both (B,).

    ``inside`` (n, B) says how often each sorted row is in each column. The risk is NaN if nobody is, or if the last
    one is censored before the horizon. A curve that has reached zero stays there: everyone inside is known to have
    had the event.
    """
    later = int(np.sum(sets.death_times > horizon))  # times fall: these come first
    within = sets.first_death[later:]
    dead = np.take(inside, sets.deaths[within[0] :] if within.size else within, axis=0)
    if sets.tied and within.size:
        dead = np.add.reduceat(dead, within - within[0], axis=0)
    reached = _running(inside)
    at_risk = np.take(reached, sets.last[later:], axis=0)
    survival = np.prod(1 - dead / np.maximum(at_risk, 1), axis=0)
    beyond = int(np.sum(sets.time >= horizon))
    followed = reached[beyond - 1] > 0 if beyond else np.zeros(survival.shape, bool)
    known = followed | ((survival == 0) & (reached[-1] > 0))
    return reached[-1], np.where(known, 1 - survival, np.nan)


def benefit(positive: ArrayLike, number: ArrayLike, risk: ArrayLike, threshold: ArrayLike) -> Floats:
    """Return the net benefit of treating ``positive`` of ``number`` patients whose risk this is; 0 if it is nobody."""
    share, risk, threshold = np.asarray(positive) / np.asarray(number), np.asarray(risk), np.asarray(threshold)
    return np.where(share == 0, 0.0, share * risk - share * (1 - risk) * threshold / (1 - threshold))


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
    inside = np.column_stack([risk[:, None] >= thresholds, np.ones(len(risk), bool)]).astype(np.int32)
    positives, risks = share_and_risk(inside, sets, horizon)
    model = benefit(positives[:-1], len(risk), risks[:-1], thresholds)
    treat_all = benefit(len(risk), len(risk), risks[-1], thresholds)
    table = pd.DataFrame({"threshold": thresholds, "positives": positives[:-1], "model": model, "all": treat_all})
    missing = "not estimable: no test-positive patient is followed to the horizon"
    return table.assign(
        none=0.0,
        avoided=100 * (model - treat_all) * (1 - thresholds) / thresholds,
        reason=np.where(np.isnan(model), missing, None),
    )


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
            _benefits(np.ascontiguousarray(counts[:, sets.order].T, np.int32), risk, sets, horizon, thresholds)
            for counts in batches(len(risk), replicates, seed, _BATCH)
        ],
        axis=1,
    )
    rows = []
    for threshold, found in zip(thresholds, values, strict=True):
        kept = found[~np.isnan(found)]
        limits = np.quantile(kept, (tail, 1 - tail)) if kept.size else (np.nan, np.nan)
        rows.append((threshold, *limits, kept.size))
    return pd.DataFrame(rows, columns=["threshold", "low", "high", "used"])


def _benefits(counts: NDArray[np.int32], risk: Floats, sets: RiskSets, horizon: float, thresholds: Floats) -> Floats:
    """Return the net benefit by threshold in each column of ``counts`` (n, B): (T, B)."""
    found, number = np.empty((len(thresholds), counts.shape[1])), counts.sum(axis=0)
    flagged = (risk[:, None] >= thresholds).sum(axis=0)
    for same in (flagged == level for level in np.unique(flagged)):  # thresholds that treat the same patients
        positive = risk >= thresholds[same][0]
        positives, risks = share_and_risk(counts * positive[:, None], sets, horizon)
        found[same] = benefit(positives, number, risks, thresholds[same][:, None])
    return found


def useful_range(table: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the runs of thresholds at which the model's net benefit exceeds both treating all and none."""
    better = (table["model"] > table[["all", "none"]].max(axis=1)).to_numpy()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], better, [False])).astype(int)))
    threshold = table["threshold"].to_numpy()
    return [(float(threshold[a]), float(threshold[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True)]
