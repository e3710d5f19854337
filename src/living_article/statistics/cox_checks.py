"""Checks of a Cox model before its numbers are believed.

lifelines warns of low variance and complete separation by a rule of thumb on single columns; statsmodels'
``variance_inflation_factor`` looks at the covariates alone. Neither finds a monotone likelihood in a
combination of terms.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from .cox import CoxModel
from .design import Design
from .results import Estimate
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
MIN_EVENTS_PER_VARIABLE = 5  # Vittinghoff and McCulloch (2007); the older rule is 10 (Peduzzi et al., 1995)
HIGH_VIF = 5.0


def events_per_variable(event: ArrayLike, columns: int) -> Estimate:
    """Return the number of events for each estimated coefficient, with a warning below five."""
    events, method = int(np.sum(event)), "events per estimated coefficient"
    if columns == 0:
        return Estimate(None, method=method, reason="not estimable: the model has no covariate")
    value = events / columns
    warnings = ()
    if value < MIN_EVENTS_PER_VARIABLE:
        warnings = (
            f"Few events: {events} for {columns} coefficients ({value:.1f} per coefficient, fewer than "
            f"{MIN_EVENTS_PER_VARIABLE}); estimates and intervals are unreliable",
        )
    return Estimate(value, method=method, warnings=warnings)


def variance_inflation(model: CoxModel) -> pd.DataFrame:
    """Return column, vif: the diagonal of the inverse correlation matrix of the coefficients (``rms::vif``).

    Davis et al. (1986). 1 means no collinearity; the standard error is √vif times as large as without it.
    """
    scale = np.sqrt(np.diag(model.covariance))
    correlation = model.covariance / np.outer(scale, scale)
    return pd.DataFrame({"column": model.columns, "vif": np.diag(np.linalg.inv(correlation))})


def level_counts(design: Design, event: ArrayLike) -> pd.DataFrame:
    """Return term, level, n, events for every level of every categorical term, reference included."""
    event, rows = np.asarray(event).astype(bool), []
    for term in design.terms:
        taken = np.zeros(len(event), dtype=bool)
        inside = {}
        for level, column in zip(term.contrasts, term.columns if term.levels else (), strict=True):
            inside[level] = design.matrix[column].to_numpy() == 1
            taken |= inside[level]
        if term.levels:
            inside[term.reference] = ~taken
        rows += [(term.name, lv, int(inside[lv].sum()), int(event[inside[lv]].sum())) for lv in term.levels]
    return pd.DataFrame(rows, columns=["term", "level", "n", "events"])


def _order_constraints(x: Floats, sets: RiskSets) -> tuple[coo_matrix, Floats]:
    """Return rows A, b of A·(β, M) ≤ 0 that say: each death has the largest x·β of its risk set.

    M_k is a bound on x·β in the risk set of death time k; as risk sets are nested, n + K + D rows suffice.
    The second result is the sum over deaths of (x of the death − x of the others at risk), as the objective.
    """
    p, k = x.shape[1], sets.last.size
    entry = np.searchsorted(sets.last, np.arange(len(x)))  # first risk set that holds the row
    used = entry < k
    blocks = [
        (x[used], -np.ones(used.sum()), entry[used]),  # x·β ≤ M of the first risk set that holds it
        (-x[sets.deaths], np.ones(sets.deaths.size), sets.group_of_death),  # M_k ≤ x·β of its deaths
    ]
    data, row, column, at = [], [], [], 0
    for values, sign, bound in blocks:
        n = len(values)
        data += [values.ravel(), sign]
        row += [np.repeat(np.arange(at, at + n), p), np.arange(at, at + n)]
        column += [np.tile(np.arange(p), n), p + bound]
        at += n
    chain = np.arange(k - 1)
    data += [np.ones(k - 1), -np.ones(k - 1)]
    row += [at + chain, at + chain]
    column += [p + chain, p + chain + 1]
    shape = (at + k - 1, p + k)
    matrix = coo_matrix((np.concatenate(data), (np.concatenate(row), np.concatenate(column))), shape=shape)
    size = (sets.last + 1)[sets.group_of_death]
    mean = np.cumsum(x, axis=0)[sets.last][sets.group_of_death] / size[:, None]
    return matrix, np.sum(x[sets.deaths] - mean, axis=0)


def _always_extreme(values: Floats, sets: RiskSets) -> bool:
    """Return whether each death has the largest value of its risk set, or each the smallest, and not all values tie."""
    dead, last = values[sets.deaths], sets.last[sets.group_of_death]
    highest, lowest = (each.accumulate(values)[last] for each in (np.maximum, np.minimum))
    rises = np.all(dead >= highest) and np.any(dead > lowest)
    falls = np.all(dead <= lowest) and np.any(dead < highest)
    return bool(rises or falls)


def monotone_columns(x: pd.DataFrame, time: ArrayLike, event: ArrayLike) -> list[str]:
    """Return the columns along which the partial likelihood rises without end; empty if it has a maximum.

    Bryson and Johnson (1981): the likelihood is monotone if some β ≠ 0 gives every death the largest x·β in
    its risk set. Found exactly by linear programming (as Konis, 2007, does for logistic regression).
    """
    sets = risk_sets(time, event)
    values = x.to_numpy(float)
    scale = values.std(axis=0)
    kept = np.flatnonzero(scale > 0)
    if not kept.size or not sets.deaths.size:
        return []
    values = ((values - values.mean(axis=0)) / np.where(scale > 0, scale, 1))[sets.order][:, kept]
    if kept.size == 1:
        return [x.columns[kept[0]]] if _always_extreme(values[:, 0], sets) else []
    matrix, objective = _order_constraints(values, sets)
    p, k = kept.size, sets.last.size
    bounds = [(-1, 1)] * p + [(None, None)] * k
    cost = np.concatenate([-objective, np.zeros(k)])
    found = linprog(cost, A_ub=matrix.tocsr(), b_ub=np.zeros(matrix.shape[0]), bounds=bounds, method="highs")
    if found.status != 0 or -found.fun < 1e-7:
        return []
    return [x.columns[kept[j]] for j in range(p) if abs(found.x[j]) > 1e-6]
