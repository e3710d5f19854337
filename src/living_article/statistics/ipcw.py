"""Brier score and cumulative/dynamic AUC at a horizon, weighted by the inverse probability of censoring.

Ties follow riskRegression (Gerds and Kattan, 2021): at a time that holds deaths and censorings the deaths
leave the risk set of the censoring curve first. scikit-survival (GPL) leaves them in (Brier 0.0012 and AUC
0.001 away with ties), timeROC counts as cases only deaths strictly before the horizon. Brier: Graf et al.
(1999); AUC: Uno et al. (2007), Hung and Chiang (2010); equal predictions count one half.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .kaplan_meier import step_curve, survival_at
from .rank_counts import dense_ranks, weight_below
from .results import Estimate
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
BRIER, AUC = "Brier score, IPCW", "cumulative/dynamic AUC, IPCW"


@dataclass(frozen=True)
class Weights:
    """Weights at one horizon for B samples of n sorted rows; a row censored by then has neither.

    ``case`` is multiplicity / G(T−) for an event by the horizon, ``control`` multiplicity / G(horizon) for a
    patient followed beyond it; both (B, n). ``beyond`` is the number of sorted rows followed beyond it.
    """

    case: Floats
    control: Floats
    beyond: int


def _factors(counts: Floats, sets: RiskSets) -> tuple[NDArray[np.intp], Floats]:
    """Return, for each distinct time (falling), its first row (U,) and its factor of G (B, U)."""
    first = np.flatnonzero(np.append(True, np.diff(sets.time) != 0))
    at_time = np.add.reduceat(counts, first, axis=1)
    dead = np.add.reduceat(counts * sets.event, first, axis=1)
    at_risk = np.cumsum(at_time, axis=1) - dead  # deaths leave first
    with np.errstate(invalid="ignore", divide="ignore"):
        return first, np.where(at_risk > 0, 1 - (at_time - dead) / at_risk, 1.0)


def weights(counts: Floats, sets: RiskSets, horizons: ArrayLike) -> list[Weights]:
    """Return the weights at each horizon; ``counts`` (B, n) are multiplicities of the sorted rows."""
    first, factors = _factors(counts, sets)
    upto = np.cumprod(factors[:, ::-1], axis=1)[:, ::-1]  # G(time), by falling time
    before = np.concatenate([upto[:, 1:], np.ones((len(counts), 1))], axis=1)
    group = np.repeat(np.arange(first.size), np.diff(np.append(first, sets.time.size)))
    g_before = np.take(before, group, axis=1)
    found = []
    for horizon in np.atleast_1d(np.asarray(horizons, float)):
        beyond = int(np.sum(sets.time > horizon))
        case = sets.event & (sets.time <= horizon)
        last = int(np.sum(sets.time[first] > horizon))
        g = upto[:, last] if last < first.size else np.ones(len(counts))
        with np.errstate(invalid="ignore", divide="ignore"):
            control = np.where(sets.time > horizon, counts / g[:, None], 0.0)
            found.append(Weights(np.where(case, counts / g_before, 0.0), control, beyond))
    return found


def weighted_brier(risk: Floats, weight: Weights, counts: Floats) -> Floats:
    """Return the Brier score (B,) of predicted risks (B, n) in sorted rows."""
    return np.sum(weight.case * (1 - risk) ** 2 + weight.control * risk**2, axis=1) / counts.sum(axis=1)


def weighted_auc(lower: Floats, equal: Floats, cases: Floats, controls: Floats) -> Floats:
    """Return the AUC (B,) from the control weight below and level with each case (B, cases).

    ``cases`` are the cases' weights (B, cases), ``controls`` the weight of all controls (B,); G(horizon) is
    common to the controls and cancels. NaN without cases or controls.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sum(cases * (lower + equal / 2), axis=1) / (cases.sum(axis=1) * controls)


def _unanswerable(sets: RiskSets, horizon: float, *, auc: bool) -> str | None:
    """Return why a score at the horizon cannot be estimated, or None."""
    if horizon > sets.time[0]:
        return "not estimable: beyond follow-up"
    if auc and not np.any(sets.event & (sets.time <= horizon)):
        return f"not estimable: no event by {horizon:g}"
    if auc and not np.any(sets.time > horizon):
        return f"not estimable: nobody is followed beyond {horizon:g}"
    return None


def brier(risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float) -> Estimate:
    """Return the Brier score of predicted risks (n,) of an event by the horizon; lower is better.

    Raises
    ------
    ValueError
        If a risk is not between 0 and 1.
    """
    sets, risk = risk_sets(time, event), np.asarray(risk, float)
    if not np.all((risk >= 0) & (risk <= 1)):
        raise ValueError("a predicted risk is not between 0 and 1")
    if reason := _unanswerable(sets, horizon, auc=False):
        return Estimate(None, method=BRIER, reason=reason)
    counts = np.ones((1, len(risk)))
    return Estimate(weighted_brier(risk[None, sets.order], weights(counts, sets, horizon)[0], counts)[0], method=BRIER)


def null_brier(time: ArrayLike, event: ArrayLike, horizon: float) -> Estimate:
    """Return the Brier score of the Kaplan-Meier estimate, the same risk for every patient."""
    survival = survival_at(step_curve(time, event), [horizon]).loc[0]
    if np.isnan(survival["survival"]):
        return Estimate(None, method=BRIER, reason=survival["reason"])
    return brier(np.full(len(np.asarray(time)), 1 - survival["survival"]), time, event, horizon)


def scaled_brier(risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float) -> Estimate:
    """Return 1 − Brier / Brier of the Kaplan-Meier estimate ("IPA": Kattan and Gerds, 2018)."""
    own, null = brier(risk, time, event, horizon), null_brier(time, event, horizon)
    method = "index of prediction accuracy (scaled Brier score), IPCW"
    if own.value is None or null.value is None:
        return Estimate(None, method=method, reason=own.reason or null.reason)
    if null.value == 0:
        return Estimate(None, method=method, reason="not estimable: the outcome does not vary")
    return Estimate(1 - own.value / null.value, method=method)


def auc(risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float) -> Estimate:
    """Return the AUC of a risk score (n,): cases have had the event by the horizon, controls live beyond it."""
    sets = risk_sets(time, event)
    if reason := _unanswerable(sets, horizon, auc=True):
        return Estimate(None, method=AUC, reason=reason)
    ranks, counts = dense_ranks(np.asarray(risk, float)[None, sets.order]), np.ones((1, len(sets.time)))
    weight = weights(counts, sets, horizon)[0]
    cases = np.flatnonzero(sets.event & (sets.time <= horizon))
    lower, equal = weight_below(ranks, counts, cases, np.full(cases.size, weight.beyond))
    value = weighted_auc(lower, equal, weight.case[:, cases], np.full(1, float(weight.beyond)))
    return Estimate(value[0], method=AUC)
