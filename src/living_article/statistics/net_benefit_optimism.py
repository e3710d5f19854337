"""How much of a model's net benefit is optimism: refitted to resamples, as `optimism` does for its other scores.

The decision curve of a model in the patients of its fit looks as much too good as its C-index does. Vickers et al.
(2008, BMC Medical Informatics and Decision Making 8:53) correct it by resampling; neither dcurves nor R's dcurves
offers more than cross-validation by hand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from . import bootstrap
from .batched_cox import linear_predictor
from .decision_curve import benefit, share_and_risk
from .kaplan_meier import checked_survival
from .optimism import Optimism
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
_BATCH = 1000  # replicates worked on together: memory stays bounded


def net_benefit_optimism(
    x: pd.DataFrame, time: ArrayLike, event: ArrayLike, boot: Optimism, *, thresholds: ArrayLike
) -> pd.DataFrame:
    """Return the optimism of the net benefit of a Cox model of all columns of ``x``.

    Each replicate's model is judged in its own sample and in the original patients; the optimism is the mean
    difference over the replicates in which both can be estimated. To be taken off the apparent net benefit.

    Parameters
    ----------
    x, time, event
        Design (n, p) and outcome, those that ``boot`` was made of.
    boot
        What `optimism` returned: the models of its seeded resamples, at its horizons, are judged.
    thresholds
        Risks from which one would act, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a horizon and threshold: horizon, threshold, optimism and used, the number of replicates it rests
        on; NaN where that is none.

    Raises
    ------
    ValueError
        If the resamples of ``boot`` were given, not drawn with a seed.
    """
    if boot.seed is None:
        raise ValueError("the resamples have no seed, so that they cannot be drawn again")
    time, event = checked_survival(time, event)
    thresholds, values, sets = np.atleast_1d(np.asarray(thresholds, float)), x.to_numpy(float), risk_sets(time, event)
    relative = np.exp(linear_predictor(boot.models.coef, (values - boot.models.centre).T))
    parts, first = [], 0
    for counts in bootstrap.batches(len(time), boot.b, boot.seed, _BATCH):
        rows = slice(first, first := first + len(counts))
        parts.append(_gaps(relative[rows], boot.models.hazard[rows], counts, sets, boot.horizons, thresholds))
    gaps = np.concatenate(parts, axis=-1)
    known = np.isfinite(gaps)
    used = known.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        mean = np.where(known, gaps, 0.0).sum(axis=-1) / used
    at = pd.MultiIndex.from_product([boot.horizons, thresholds], names=["horizon", "threshold"])
    return pd.DataFrame({"optimism": mean.ravel(), "used": used.ravel()}, index=at).reset_index()


def _gaps(
    relative: Floats, hazard: Floats, counts: NDArray[np.int64], sets: RiskSets, horizons: Floats, thresholds: Floats
) -> Floats:
    """Return training minus test net benefit (horizons, thresholds, b); NaN where a replicate has no model.

    ``relative`` (b, n) and ``hazard`` (b, horizons) are a replicate's hazard ratios against its baseline and that
    baseline's cumulative hazard.
    """
    relative = relative.T[sets.order]
    samples = [np.ascontiguousarray(counts.T[sets.order], np.int32), np.ones(relative.shape, np.int32)]
    gaps = np.empty((len(horizons), len(thresholds), len(counts)))
    for h, horizon in enumerate(horizons):
        risk = -np.expm1(-hazard[:, h] * relative)
        for t, threshold in enumerate(thresholds):
            positive = risk >= threshold
            both = (share_and_risk(sample * positive, sets, horizon) for sample in samples)
            training, test = (benefit(number, len(relative), found, threshold) for number, found in both)
            gaps[h, t] = training - test
    gaps[..., np.isnan(hazard).any(axis=1)] = np.nan
    return gaps
