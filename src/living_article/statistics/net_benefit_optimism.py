"""How much of a model's net benefit is optimism: refitted to resamples, as `optimism` does for its other scores.

The decision curve of a model in the patients of its fit looks as much too good as its C-index does. Vickers et al.
(2008, BMC Medical Informatics and Decision Making 8:53) correct it by resampling; neither dcurves nor R's dcurves
offers more than cross-validation by hand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .batched_cox import fit_replicates, linear_predictor
from .bootstrap import batches
from .decision_curve import benefit_of
from .kaplan_meier import checked_survival
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
_BATCH = 250  # replicates worked on together: memory stays bounded


def net_benefit_optimism(
    x: pd.DataFrame,
    time: ArrayLike,
    event: ArrayLike,
    *,
    horizons: ArrayLike,
    thresholds: ArrayLike,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    """Return the optimism of the net benefit of a Cox model of all columns of ``x``.

    Each replicate's model is judged in its own sample and in the original patients; the optimism is the mean
    difference over the replicates in which both can be estimated. To be taken off the apparent net benefit.

    Parameters
    ----------
    x, time, event
        Design (n, p) and outcome.
    horizons, thresholds
        Times at which risk is meant; risks from which one would act, between 0 and 1.
    replicates, seed
        Number of resamples and their seed: the resamples of `optimism` (`bootstrap.indices`).

    Returns
    -------
    pandas.DataFrame
        One row a horizon and threshold: horizon, threshold, optimism and used, the number of replicates it rests
        on; NaN where that is none.
    """
    time, event = checked_survival(time, event)
    horizons, thresholds = (np.atleast_1d(np.asarray(values, float)) for values in (horizons, thresholds))
    values, sets = x.to_numpy(float), risk_sets(time, event)
    gaps = np.concatenate(
        [
            _gaps(values, time, event, counts, sets, horizons, thresholds)
            for counts in batches(len(time), replicates, seed, _BATCH)
        ],
        axis=-1,
    )
    known = np.isfinite(gaps)
    used = known.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        mean = np.where(known, gaps, 0.0).sum(axis=-1) / used
    at = pd.MultiIndex.from_product([horizons, thresholds], names=["horizon", "threshold"])
    return pd.DataFrame({"optimism": mean.ravel(), "used": used.ravel()}, index=at).reset_index()


def _gaps(
    x: Floats,
    time: Floats,
    event: NDArray[np.bool_],
    counts: NDArray[np.int64],
    sets: RiskSets,
    horizons: Floats,
    thresholds: Floats,
) -> Floats:
    """Return training minus test net benefit (horizons, thresholds, b); NaN where a replicate has no model."""
    fitted = fit_replicates(x, time, event, counts, horizons=horizons)
    lp = np.take(linear_predictor(fitted.coef, (x - fitted.centre).T), sets.order, axis=1)
    own, everyone = np.take(counts, sets.order, axis=1), np.ones((1, len(time)))
    gaps = np.empty((len(horizons), len(thresholds), len(counts)))
    for h, horizon in enumerate(horizons):
        risk = -np.expm1(-fitted.hazard[:, h, None] * np.exp(lp))
        for t, threshold in enumerate(thresholds):
            positive = (risk >= threshold).astype(float)
            training, test = (benefit_of(positive, who, sets, horizon, threshold) for who in (own, everyone))
            gaps[h, t] = training - test
    gaps[..., fitted.status != 0] = np.nan
    return gaps
