"""Cox models of many bootstrap replicates at once: one Newton iteration over all of them.

A replicate is a row of integer multiplicities: how often each patient was drawn. Ties are Efron's (1977),
computed as on the repeated rows, so that coefficients equal those of R's ``coxph`` on the resampled table.
Efron with the multiplicities as case weights is a different estimator (up to 0.2 standard errors away).

No library found fits replicates together: lifelines, statsmodels, greenwood and scikit-survival loop over
them (32, 26, 19 and 10 s for 1000 replicates of 95 patients and 11 covariates), R's bare fitter takes 1.2 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]

FITTED, SINGULAR, INFINITE, NO_EVENTS = 0, 1, 2, 3
STATUS = {
    FITTED: "fitted",
    SINGULAR: "a covariate is constant or a combination of others",
    INFINITE: "infinite estimate: the likelihood has no maximum",
    NO_EVENTS: "no events",
}
_STEP = 1e-9  # largest Newton step, in SD of a covariate, after which the next error is below rounding
_ITERATIONS = 30  # an infinite estimate still moves by about one unit a step
_PAIRS = 2**16  # up to this many products of covariates it is faster to form them once
_BATCH, _BATCH_NUMBERS = 64, 2**16  # replicates and numbers in the largest work array: bounded, fits the cache


@dataclass(frozen=True)
class EfronSums:
    """Sums over the deaths l = 0 … d−1 of one time, with s_l = S − (l/d)·D; all (b, K)."""

    hazard: Floats  # Σ 1/s: the increment of the cumulative baseline hazard
    dead: Floats  # Σ (l/d)/s
    hazard2: Floats  # Σ 1/s²
    cross2: Floats  # Σ (l/d)/s²
    dead2: Floats  # Σ (l/d)²/s²
    log: Floats  # Σ log s


@dataclass(frozen=True)
class Replicates:
    """Cox fits of B replicates with p covariates and H horizons.

    ``coef`` (B, p) and ``loglik`` (B,); ``status`` (B,) is `FITTED`, `SINGULAR`, `INFINITE` or `NO_EVENTS`;
    ``hazard`` (B, H) is the cumulative baseline hazard (Efron) at the horizons for a patient at ``centre``: (p,), or
    (B, p) if every replicate has its own covariates.
    Rows whose status is not `FITTED` hold NaN.
    """

    coef: Floats
    loglik: Floats
    hazard: Floats
    status: NDArray[np.int8]
    centre: Floats

    @property
    def failed(self) -> dict[str, int]:
        """Return how many replicates failed, by reason."""
        return {STATUS[k]: int(np.sum(self.status == k)) for k in STATUS if k and np.any(self.status == k)}


def joined(parts: Sequence[Replicates]) -> Replicates:
    """Return the fits of batches of replicates of the same patients as one."""
    rows = ((part.coef, part.loglik, part.hazard, part.status) for part in parts)
    return Replicates(*(np.concatenate(column) for column in zip(*rows, strict=True)), parts[0].centre)


def efron_sums(at_risk: Floats, dead: Floats, number: NDArray) -> EfronSums:
    """Sum over tied deaths; ``at_risk`` S, ``dead`` D (sums of exp(lp)) and ``number`` d of deaths, all (b, K)."""
    there = number > 0
    rest = np.where(there, at_risk, 1.0)
    inverse = there / rest  # of the first death; the others follow
    sums = EfronSums(inverse, np.zeros_like(rest), inverse * inverse, *np.zeros((2, *rest.shape)), np.log(rest))
    further = np.maximum(number.ravel() - 1, 0).astype(np.intp)
    place = np.flatnonzero(further)
    if not place.size:
        return sums
    further = further[place]
    first = np.cumsum(further) - further
    fraction = (np.arange(1, further.sum() + 1) - np.repeat(first, further)) / np.repeat(further + 1, further)
    at = np.repeat(place, further)
    inverse = 1 / (np.take(at_risk, at) - fraction * np.take(dead, at))
    weighted = fraction * inverse
    parts = (inverse, weighted, inverse * inverse, inverse * weighted, weighted * weighted, -np.log(inverse))
    for total, part in zip(vars(sums).values(), parts, strict=True):
        total.ravel()[place] += np.add.reduceat(part, first)
    return sums


def linear_predictor(coef: Floats, x: Floats) -> Floats:
    """Return (b, n) from coefficients (b, p) and covariates (p, n) or (b, p, n).

    Added column by column, not by BLAS: equal rows get equal values (ties stay ties) in any batch.
    """
    total = np.zeros((coef.shape[0], x.shape[-1]))
    for j in range(coef.shape[1]):
        total += coef[:, j, None] * x[..., j, :]
    return total


def _grouped(values: Floats, sets: RiskSets) -> Floats:
    """Sum the last axis over the deaths of each death time."""
    dead = np.take(values, sets.deaths, axis=-1)
    return np.add.reduceat(dead, sets.first_death, axis=-1) if sets.tied else dead


def _risk(eta: Floats, counts: Floats, sets: RiskSets) -> tuple[Floats, Floats, EfronSums]:
    """Return exp(lp) times multiplicity (b, n), the shift that keeps exp in range (b, 1), and Efron's sums."""
    shift = eta.max(axis=1, keepdims=True)
    risk = counts * np.exp(eta - shift)
    at_risk = np.take(np.cumsum(risk, axis=1), sets.last, axis=1)
    return risk, shift, efron_sums(at_risk, _grouped(risk, sets), _grouped(counts, sets))


def _outer_at_deaths(x: Floats, risk: Floats, sums: EfronSums, sets: RiskSets) -> Floats:
    """Return Σ over deaths of the outer products of the Efron-weighted mean covariates (b, p, p)."""
    weighted = risk[:, None, :] * x
    dead = _grouped(weighted, sets)
    at_risk = np.take(np.cumsum(weighted, axis=2, out=weighted), sets.last, axis=2)
    left = sums.hazard2[:, None] * at_risk - sums.cross2[:, None] * dead
    right = sums.dead2[:, None] * dead - sums.cross2[:, None] * at_risk
    return left @ at_risk.transpose(0, 2, 1) + right @ dead.transpose(0, 2, 1)


def _second_moment(x: Floats, weight: Floats, pairs: Floats | None) -> Floats:
    """Return Σ weight·x·xᵀ (b, p, p); ``pairs`` (n, p²) are the products of shared covariates."""
    if pairs is None:
        return (weight[:, None, :] * x) @ np.swapaxes(x, -1, -2)
    p = x.shape[-2]
    return (weight[:, None, :] @ pairs).reshape(-1, p, p)


def derivatives(
    coef: Floats, x: Floats, counts: Floats, sets: RiskSets, pairs: Floats | None = None
) -> tuple[Floats, Floats, Floats]:
    """Return the log partial likelihood (b,), its gradient (b, p) and the information (b, p, p).

    Efron (1977), on the repeated rows. The second-moment part of the information is summed over
    patients instead of death times: each patient's weight is the hazard accumulated while at risk.
    """
    eta = linear_predictor(coef, x)
    risk, shift, sums = _risk(eta, counts, sets)
    dead = counts * sets.event
    loglik = np.sum(dead * (eta - shift), axis=1) - sums.log.sum(axis=1)
    ahead = np.zeros((coef.shape[0], sums.hazard.shape[1] + 1))
    ahead[:, :-1] = np.cumsum(sums.hazard[:, ::-1], axis=1)[:, ::-1]
    exposure = np.take(ahead, sets.reached, axis=1)
    exposure[:, sets.deaths] -= sums.dead[:, sets.group_of_death]
    exposure *= risk
    gradient = ((dead - exposure)[:, None, :] @ np.swapaxes(x, -1, -2))[:, 0]
    information = _second_moment(x, exposure, pairs) - _outer_at_deaths(x, risk, sums, sets)
    return loglik, gradient, information


def singular(information: Floats) -> NDArray[np.bool_]:
    """Whether the information (b, p, p), scaled to a unit diagonal, has an eigenvalue of zero."""
    diagonal = np.einsum("bii->bi", information)
    constant = np.any(~(diagonal > 1e-12), axis=1)
    scale = np.sqrt(np.where(diagonal > 1e-12, diagonal, 1.0))
    scaled = information / (scale[:, :, None] * scale[:, None, :])
    return constant | (np.linalg.eigvalsh(np.nan_to_num(scaled))[:, 0] < 1e-10)


def _solve(information: Floats, gradient: Floats) -> Floats:
    """Return the Newton steps (b, p); NaN where the information cannot be solved."""
    try:
        return np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        steps = np.full_like(gradient, np.nan)
        for i in range(gradient.shape[0]):
            if np.isfinite(information[i]).all() and np.linalg.matrix_rank(information[i]) == gradient.shape[1]:
                steps[i] = np.linalg.solve(information[i], gradient[i])
        return steps


def _newton(
    x: Floats, counts: Floats, sets: RiskSets, start: Floats, pairs: Floats | None
) -> tuple[Floats, Floats, NDArray[np.int8]]:
    """Maximise every replicate of a batch; return coefficients, log-likelihoods and status."""
    coef, loglik = start.copy(), np.full(start.shape[0], -np.inf)
    before = start.copy()
    status = np.full(start.shape[0], INFINITE, dtype=np.int8)
    status[~np.any(counts * sets.event > 0, axis=1)] = NO_EVENTS
    active = np.flatnonzero(status == INFINITE)
    for iteration in range(_ITERATIONS):
        if not active.size:
            break
        part = x if x.ndim == 2 else x[active]
        value, gradient, information = derivatives(coef[active], part, counts[active], sets, pairs)
        if iteration == 0:
            bad = singular(information)
            status[active[bad]] = SINGULAR
            active, value, gradient, information = (a[~bad] for a in (active, value, gradient, information))
        worse = ~(value >= loglik[active] - 1e-9 * np.abs(loglik[active]))  # also where it is NaN
        step = np.where(worse[:, None], (before[active] - coef[active]) / 2, _solve(information, gradient))
        before[active[~worse]] = coef[active[~worse]]
        loglik[active[~worse]] = value[~worse]
        coef[active] += step
        size = np.max(np.abs(step), axis=1)
        status[active[(size < _STEP) & ~worse]] = FITTED
        active = active[~((size < _STEP) & ~worse) & np.isfinite(size)]
    return coef, loglik, status


def _hazard(coef: Floats, x: Floats, counts: Floats, sets: RiskSets, horizons: Floats) -> Floats:
    """Return the cumulative baseline hazard (b, H) at x = 0."""
    _, shift, sums = _risk(linear_predictor(coef, x), counts, sets)
    upto = (sets.death_times[:, None] <= horizons).astype(float)
    return np.exp(-shift) * (sums.hazard[:, None, :] @ upto)[:, 0]


def fit_replicates(
    x: ArrayLike,
    time: ArrayLike,
    event: ArrayLike,
    counts: ArrayLike,
    *,
    horizons: ArrayLike = (),
    start: ArrayLike | None = None,
    batch: int | None = None,
) -> Replicates:
    """Fit a Cox model (Efron) to every replicate.

    Parameters
    ----------
    x
        Covariates: (n, p) shared by all replicates, or (B, n, p) one table for each.
    time, event
        (n,) follow-up and 1/0 event.
    counts
        (B, n) integers: how often replicate b holds patient i.
    horizons
        Times at which the cumulative baseline hazard is wanted.
    start
        Coefficients to start from (p,); zeros by default. The result does not depend on it.
    batch
        Replicates worked on together; chosen from n and p by default. The result does not depend on it.

    Raises
    ------
    ValueError
        If shapes disagree or a covariate is not finite.
    """
    x, counts = _belonging(np.asarray(x, float), np.asarray(counts, float))
    sets = risk_sets(time, event)
    x, centre, scale = _standardised(x, sets)
    counts = np.take(counts, sets.order, axis=1)
    pairs = _products(x)
    first = np.broadcast_to(scale * (0.0 if start is None else np.asarray(start, float)), (len(counts), x.shape[-2]))
    at = np.asarray(horizons, float)[None, :]
    size = batch or min(_BATCH, max(1, _BATCH_NUMBERS // max(x.shape[-2] * x.shape[-1], 1)))
    results = []
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for rows in (slice(lo, lo + size) for lo in range(0, counts.shape[0], size)):
            part, count = x if x.ndim == 2 else np.ascontiguousarray(x[rows]), counts[rows]
            coef, loglik, status = _newton(part, count, sets, first[rows], pairs)
            results.append((coef, loglik, _hazard(coef, part, count, sets, at), status))
    coef, loglik, hazard, status = (np.concatenate(r) for r in zip(*results, strict=True))
    for array in (coef, loglik, hazard):
        array[status != FITTED] = np.nan
    return Replicates(coef / scale, loglik, hazard, status, centre)


def _belonging(x: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Return covariates and multiplicities, or raise ValueError as `fit_replicates` documents."""
    if counts.ndim != 2 or x.shape[-2] != counts.shape[1] or (x.ndim == 3 and x.shape[0] != counts.shape[0]):
        raise ValueError(f"covariates {x.shape} and counts {counts.shape} do not belong together")
    if not np.all(np.isfinite(x)):
        raise ValueError("covariates must be finite")
    return x, counts


def _standardised(x: Floats, sets: RiskSets) -> tuple[Floats, Floats, Floats]:
    """Return sorted covariates (p, n) or (B, p, n) with mean 0 and SD 1, and these means and SDs (p,) or (B, p)."""
    centre, scale = x.mean(axis=-2), x.std(axis=-2)
    scale = np.where(scale == 0, 1.0, scale)
    x = np.ascontiguousarray(np.swapaxes(np.take(x, sets.order, axis=-2), -1, -2))
    x -= centre[..., None]
    x /= scale[..., None]
    return x, centre, scale


def _products(x: Floats) -> Floats | None:
    """Return the products of shared covariates (n, p²), or None where it is faster to form them as needed."""
    p, n = x.shape[-2:]
    if x.ndim == 3 or n * p * p > _PAIRS:
        return None
    return (x[:, None] * x[None]).reshape(p * p, n).T.copy()
