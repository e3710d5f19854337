"""How well many Cox models predict many samples, all at once: C, slope, AUC, Brier score, calibration curve.

Model b gives patient i the linear predictor lp[b, i]; sample b holds patient i counts[b, i] times. Each score
is the one of `concordance`, `calibration` and `ipcw`, on the repeated rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import ipcw
from .batched_cox import fit_replicates
from .concordance import outliving, weighted_concordance
from .rank_counts import dense_ranks, weight_below
from .risk_sets import RiskSets, risk_sets
from .splines import restricted_cubic, weighted_quantiles

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Scores of B models at H horizons and, for each horizon, G grid points; NaN where undefined."""

    concordance: Floats  # (B,)
    slope: Floats  # (B,)
    auc: Floats  # (B, H)
    brier: Floats  # (B, H)
    ici: Floats  # (B, H)
    curve: Floats  # (B, H, G) observed risk at the grid of predicted risks


def _ranked(lp: Floats, counts: Floats, sets: RiskSets, weights: list[ipcw.Weights]) -> tuple[Floats, Floats]:
    """Return C (B,) and AUC (B, H) from one pass over the sorted rows."""
    # every patient who could be a case, drawn or not: the order of summation must not depend on the batch
    cases = [w.beyond + np.flatnonzero(sets.event[w.beyond :]) for w in weights]
    rows = np.concatenate([sets.deaths, *cases])
    prefix = np.concatenate(
        [outliving(sets), *(np.full(c.size, w.beyond) for c, w in zip(cases, weights, strict=True))]
    )
    counts = np.broadcast_to(counts, lp.shape)
    lower, equal = weight_below(dense_ranks(lp), counts, rows, prefix)
    parts = np.cumsum([sets.deaths.size, *(c.size for c in cases)])
    first = slice(0, parts[0])
    concordance = weighted_concordance(counts, lower[:, first], equal[:, first], sets)
    aucs = [
        ipcw.weighted_auc(
            lower[:, lo:hi], equal[:, lo:hi], np.take(w.case, c, axis=1), counts[:, : w.beyond].sum(axis=1)
        )
        for lo, hi, c, w in zip(parts[:-1], parts[1:], cases, weights, strict=True)
    ]
    return concordance, np.stack(aucs, axis=1) if aucs else np.zeros((len(lp), 0))


def _brier(lp: Floats, hazard: Floats, counts: Floats, sets: RiskSets, horizons: Floats, weights: list) -> Floats:
    """Return the Brier scores (B, H); NaN where a sample ends before the horizon."""
    found = []
    for h, weight in enumerate(weights):
        risk = -np.expm1(-hazard[:, h, None] * np.exp(lp))
        followed = np.any(counts[:, sets.time >= horizons[h]] > 0, axis=1)
        found.append(np.where(followed, ipcw.weighted_brier(risk, weight, counts), np.nan))
    return np.stack(found, axis=1) if found else np.zeros((len(lp), 0))


def _calibration(
    lp: Floats, hazard: Floats, time: Floats, event: Floats, counts: Floats, horizons: Floats, grids: Floats
) -> tuple[Floats, Floats]:
    """Return ICI (B, H) and observed risks (B, H, G): Cox regression on a spline of the linear predictor.

    log(−log(1 − risk)) at any horizon is the linear predictor plus a constant, so one regression serves all.
    """
    shape = (len(lp), len(horizons))
    if not len(horizons):
        return np.zeros(shape), np.zeros((*shape, grids.shape[1]))
    counts = np.broadcast_to(counts, lp.shape)
    knots = weighted_quantiles(lp, counts)
    known = np.all(np.diff(knots, axis=1) > 0, axis=1)  # also False where there is no model
    knots = np.where(known[:, None], knots, np.arange(3.0))
    basis = restricted_cubic(np.where(known[:, None], lp, 0.0), knots)
    fitted = fit_replicates(basis, time, event, counts, horizons=horizons, start=(1.0, 0.0))
    coef = np.where(known[:, None], fitted.coef, np.nan)

    def observed(values: Floats, h: int) -> Floats:
        shifted = restricted_cubic(values, knots) - fitted.centre[:, None]
        return -np.expm1(
            -fitted.hazard[:, h, None] * np.exp(shifted[..., 0] * coef[:, :1] + shifted[..., 1] * coef[:, 1:])
        )

    ici, curve = np.empty(shape), np.empty((*shape, grids.shape[1]))
    for h in range(len(horizons)):
        risk = -np.expm1(-hazard[:, h, None] * np.exp(lp))
        ici[:, h] = np.sum(counts * np.abs(observed(lp, h) - risk), axis=1) / counts.sum(axis=1)
        curve[:, h] = observed(np.log(-np.log1p(-grids[h])) - np.log(hazard[:, h, None]), h)
    return ici, curve


def score(
    lp: Floats,
    hazard: Floats,
    time: ArrayLike,
    event: ArrayLike,
    counts: Floats,
    horizons: ArrayLike,
    grids: Floats,
    *,
    slope: bool = True,
    calibration: bool = True,
) -> Scores:
    """Score B models on B samples.

    Parameters
    ----------
    lp
        (B, n) linear predictors; NaN rows (no model) give NaN scores.
    hazard
        (B, H) cumulative baseline hazard that belongs to ``lp``.
    time, event
        (n,) outcome of the patients.
    counts
        (B, n) multiplicities of the patients in each sample, or (1, n) if all samples are the same.
    horizons, grids
        (H,) times and (H, G) predicted risks at which the calibration curve is wanted.
    slope
        False if the models were fitted to these samples: their calibration slope is 1.
    calibration
        False if slope, ICI and curves are not wanted: they are NaN then.
    """
    time, event, horizons = np.asarray(time, float), np.asarray(event), np.asarray(horizons, float)
    counts = np.asarray(counts, float)
    missing = np.isnan(lp).any(axis=1)
    lp = np.where(missing[:, None], 0.0, lp)
    slopes = np.full(len(lp), 1.0 if calibration else np.nan)
    ici, curve = np.full(hazard.shape, np.nan), np.full((*hazard.shape, np.shape(grids)[-1]), np.nan)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if slope and calibration:
            repeated = np.broadcast_to(counts, lp.shape)
            slopes = fit_replicates(lp[:, :, None], time, event, repeated, start=(1.0,)).coef[:, 0]
        if calibration:
            ici, curve = _calibration(lp, hazard, time, event, counts, horizons, grids)
        sets = risk_sets(time, event)
        ordered, own = np.take(lp, sets.order, axis=1), np.take(counts, sets.order, axis=1)
        weights = ipcw.weights(own, sets, horizons) if len(horizons) else []
        concordance, auc = _ranked(ordered, own, sets, weights)
        brier = _brier(ordered, hazard, own, sets, horizons, weights)
    scores = Scores(concordance, slopes, auc, brier, ici, curve)
    for values in vars(scores).values():
        values[missing] = np.nan
    return scores
