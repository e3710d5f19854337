"""Cox models with Breslow's method for ties, which lifelines does not offer for time-fixed covariates.

Every one of d tied deaths is given the whole risk set (Breslow, 1974), so that the log partial likelihood of a time is
Σ x·β − d·log S; without tied deaths it is Efron's. Checked against R's ``coxph(ties = "breslow")``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .cox import FitError
from .risk_sets import RiskSets, risk_sets

Floats = NDArray[np.float64]
_STEP, _ITERATIONS = 1e-9, 30


@dataclass(frozen=True)
class BreslowModel:
    """A Cox model with Breslow ties: column names, coefficients (p,) and their covariance (p, p)."""

    columns: list[str]
    coef: Floats
    covariance: Floats
    loglik: float

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients."""
        return np.sqrt(np.diag(self.covariance))


def fit(x: pd.DataFrame, time: ArrayLike, event: ArrayLike) -> BreslowModel:
    """Fit by Newton's method, halving a step that lowers the likelihood.

    Raises
    ------
    FitError
        If there are no events, a covariate is constant or redundant, or an estimate is infinite.
    """
    sets = risk_sets(time, event)
    if not sets.deaths.size:
        raise FitError("the Cox model cannot be fitted: no events")
    values = x.to_numpy(float)
    scale = np.where(values.std(axis=0) > 0, values.std(axis=0), 1.0)
    rows = ((values - values.mean(axis=0)) / scale)[sets.order]
    coef, step, last = np.zeros(rows.shape[1]), np.zeros(rows.shape[1]), -np.inf
    for _ in range(_ITERATIONS):
        loglik, gradient, information = _derivatives(coef, rows, sets)
        if loglik < last - 1e-9 * abs(last):
            step = -step / 2 if np.isfinite(last) else step
            coef = coef + step
            continue
        if not np.isfinite(last) and _singular(information):
            raise FitError("the Cox model cannot be fitted: a covariate is constant or a combination of others")
        last = loglik
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        coef = coef + step
        if np.max(np.abs(step)) < _STEP:
            covariance = np.linalg.inv(information) / np.outer(scale, scale)
            return BreslowModel(list(x.columns), coef / scale, covariance, loglik)
    raise FitError("the Cox model cannot be fitted: infinite estimate: the likelihood has no maximum")


def _derivatives(coef: Floats, rows: Floats, sets: RiskSets) -> tuple[float, Floats, Floats]:
    """Return log partial likelihood, gradient (p,) and information (p, p)."""
    eta = rows @ coef
    shift = eta.max()
    risk = np.exp(eta - shift)
    number = np.diff(np.append(sets.first_death, sets.deaths.size))
    total = np.cumsum(risk)[sets.last]
    mean = np.cumsum(risk[:, None] * rows, axis=0)[sets.last] / total[:, None]
    # a patient's share of the second moments is the hazard accumulated while at risk
    hazard = np.append(np.cumsum((number / total)[::-1])[::-1], 0.0)
    weight = risk * hazard[sets.reached]
    information = (rows * weight[:, None]).T @ rows - (mean * number[:, None]).T @ mean
    loglik = float(np.sum(eta[sets.deaths] - shift) - number @ np.log(total))
    return loglik, rows[sets.deaths].sum(axis=0) - number @ mean, information


def _singular(information: Floats) -> bool:
    scale = np.sqrt(np.maximum(np.diag(information), 0.0))
    return bool(np.any(scale < 1e-6) or np.linalg.eigvalsh(information / np.outer(scale, scale))[0] < 1e-10)
