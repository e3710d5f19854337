"""What R's ``coxph``, ``basehaz`` and ``survfit`` report, computed from a fitted lifelines `CoxPHFitter`.

lifelines 0.30.3 gives Efron coefficients, but it stops early by default (use `FIT_OPTIONS`), its baseline
hazard is Breslow's even then (0.0015 to 0.015 away with ties) and its predictions interpolate between the steps
(up to 0.035 away) and have no interval. scikit-survival (GPL) has neither standard errors nor intervals. So the
likelihood is evaluated once more here, at the coefficients given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from . import batched_cox
from .kaplan_meier import checked_survival
from .results import HypothesisTest, normal_quantile
from .risk_sets import risk_sets

if TYPE_CHECKING:
    from lifelines import CoxPHFitter

Floats = NDArray[np.float64]

# Newton until the step is below rounding; lifelines' own limits leave errors of 1e-9 to 1e-5.
FIT_OPTIONS = {"step_size": 1.0, "precision": 1e-20, "r_precision": 0.0}


class FitError(ValueError):
    """A Cox model has no estimate: no events, a redundant covariate or an infinite coefficient."""


@dataclass(frozen=True)
class CoxModel:
    """A fitted Cox model with Efron ties (n patients, p columns)."""

    x: pd.DataFrame  # (n, p) covariates
    time: Floats  # (n,)
    event: NDArray[np.bool_]  # (n,)
    coef: Floats  # (p,) log hazard ratios
    covariance: Floats  # (p, p) inverse information
    loglik: float
    loglik_null: float
    score: float  # score test statistic at zero

    @property
    def columns(self) -> list[str]:
        """Names of the covariate columns."""
        return list(self.x.columns)

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def events(self) -> int:
        """Number of events."""
        return int(self.event.sum())

    @property
    def aic(self) -> float:
        """Akaike's information criterion from the partial likelihood, as R's ``AIC``."""
        return 2.0 * len(self.coef) - 2.0 * self.loglik


def _evaluate(coef: Floats, x: Floats, time: Floats, event: NDArray) -> tuple[float, Floats, Floats]:
    """Return log-likelihood, gradient and information at coefficients, on the scale of ``x``."""
    sets = risk_sets(time, event)
    columns = (x - x.mean(axis=0)).T[:, sets.order]
    parts = batched_cox.derivatives(coef[None], columns, np.ones((1, len(time))), sets)
    return float(parts[0][0]), parts[1][0], parts[2][0]


def _model(x: pd.DataFrame, time: ArrayLike, event: ArrayLike, coef: Floats) -> CoxModel:
    time, event = checked_survival(time, event)
    values = x.to_numpy(float)
    loglik, gradient, information = _evaluate(coef, values, time, event)
    null, gradient0, information0 = _evaluate(np.zeros_like(coef), values, time, event)
    try:
        covariance = np.linalg.inv(information)
    except np.linalg.LinAlgError:
        raise FitError("the information is singular: a covariate is constant or redundant") from None
    if not _at_maximum(coef, gradient, covariance):
        raise FitError(
            "the coefficients are not at the maximum of the likelihood; fit with fit_options=cox.FIT_OPTIONS, "
            "and check for an infinite estimate"
        )
    score = float(gradient0 @ np.linalg.solve(information0, gradient0))
    return CoxModel(x, time, event, coef, covariance, loglik, null, score)


def _at_maximum(coef: Floats, gradient: Floats, covariance: Floats) -> bool:
    """Return whether a further step of Newton's would be negligible."""
    step = covariance @ gradient
    # The second rule is coxph's own for "coefficient may be infinite": the error grows with the estimate there.
    endless = (np.abs(step) > 1e-9) & (np.abs(step) > 3e-5 * np.abs(coef))
    return not np.any(endless | ~(np.abs(step) <= 1e-5 * np.sqrt(np.diag(covariance))))


def from_lifelines(fitter: CoxPHFitter, frame: pd.DataFrame) -> CoxModel:
    """Take the coefficients of a fitted `CoxPHFitter`; ``frame`` is the table given to its ``fit``.

    Raises
    ------
    FitError
        If the fit stopped before the maximum (fit with ``fit_options=FIT_OPTIONS``).
    ValueError
        If the fit has a penalty or strata, or ``frame`` is not the table it was made from.
    """
    if fitter.strata or np.any(np.asarray(fitter.penalizer) != 0):
        raise ValueError("only a Cox model without penalty and strata can be described")
    time, event = frame[fitter.duration_col], frame[fitter.event_col]
    if sorted(time) != sorted(fitter.durations):
        raise ValueError("the table is not the one the model was fitted to")
    return _model(frame[list(fitter.params_.index)], time, event, fitter.params_.to_numpy(float))


def fit(x: pd.DataFrame, time: ArrayLike, event: ArrayLike) -> CoxModel:
    """Fit a Cox model without lifelines: for the many small fits inside a validation.

    Raises
    ------
    FitError
        With the reason, if there is no finite unique estimate.
    """
    fitted = batched_cox.fit_replicates(x.to_numpy(float), time, event, np.ones((1, len(x))))
    if fitted.status[0] != batched_cox.FITTED:
        raise FitError(f"the Cox model cannot be fitted: {batched_cox.STATUS[fitted.status[0]]}")
    return _model(x, time, event, fitted.coef[0])


@dataclass(frozen=True)
class PartModel:
    """A Cox model with Efron ties of a part of the patients: columns, coefficients (p,) and standard errors (p,)."""

    columns: list[str]
    coef: Floats
    se: Floats


def fit_parts(x: pd.DataFrame, time: ArrayLike, event: ArrayLike, parts: NDArray[np.bool_]) -> list[PartModel | None]:
    """Fit one model to each of several parts of the patients, without lifelines and all at once.

    ``parts`` (B, n) says who belongs to which. None stands where there is no finite unique estimate; `fit` says why.
    """
    time, event = checked_survival(time, event)
    values, counts, sets = x.to_numpy(float), np.asarray(parts, float), risk_sets(time, event)
    fitted = batched_cox.fit_replicates(values, time, event, counts)
    columns = (values - values.mean(axis=0)).T[:, sets.order]
    _, gradient, information = batched_cox.derivatives(fitted.coef, columns, counts[:, sets.order], sets)
    found: list[PartModel | None] = []
    for b, status in enumerate(fitted.status):
        found.append(None)
        if status == batched_cox.FITTED:
            covariance = np.linalg.inv(information[b])
            if _at_maximum(fitted.coef[b], gradient[b], covariance):
                found[-1] = PartModel(list(x.columns), fitted.coef[b], np.sqrt(np.diag(covariance)))
    return found


def wald(coef: Floats, se: Floats, conf_level: float = 0.95) -> tuple[Floats, Floats, Floats, Floats]:
    """Return hazard ratios, their lower and upper Wald limits and two-sided Wald P values, each (p,)."""
    wide = normal_quantile(conf_level) * se
    return np.exp(coef), np.exp(coef - wide), np.exp(coef + wide), 2 * special.ndtr(-np.abs(coef / se))


def coefficient_table(model: CoxModel, conf_level: float = 0.95) -> pd.DataFrame:
    """Return one row a column: term, coef, se, hr, low, high (Wald limits), z and p (Wald, two-sided)."""
    numbers = dict(zip(("hr", "low", "high", "p"), wald(model.coef, model.se, conf_level), strict=True))
    table = {"term": model.columns, "coef": model.coef, "se": model.se, "z": model.coef / model.se} | numbers
    return pd.DataFrame(table)[["term", "coef", "se", "hr", "low", "high", "z", "p"]]


def global_tests(model: CoxModel) -> dict[str, HypothesisTest]:
    """Return the tests that all coefficients are zero: keys likelihood_ratio, wald and score."""
    squared = model.coef @ np.linalg.solve(model.covariance, model.coef)
    df = len(model.coef)
    found = {
        "likelihood_ratio": ("likelihood-ratio test", 2 * (model.loglik - model.loglik_null)),
        "wald": ("Wald test", squared),
        "score": ("score (log-rank) test", model.score),
    }
    return {key: HypothesisTest(name, chi2, df, stats.chi2.sf(chi2, df)) for key, (name, chi2) in found.items()}


def wald_test(model: CoxModel, columns: Sequence[str]) -> HypothesisTest:
    """Return the joint Wald test that the coefficients of some columns (one term) are zero."""
    index = [model.columns.index(c) for c in columns]
    part = model.coef[index]
    chi2 = float(part @ np.linalg.solve(model.covariance[np.ix_(index, index)], part))
    return HypothesisTest("Wald test", chi2, len(index), float(stats.chi2.sf(chi2, len(index))))


def linear_predictor(model: CoxModel, x: pd.DataFrame | None = None, *, centred: bool = False) -> Floats:
    """Return Σ coef·x for each row (n,); ``centred`` subtracts its value at the mean of the fitted rows.

    Summed column by column, so that patients with equal covariates get equal values.
    """
    rows = model.x if x is None else x[model.columns]
    values = rows.to_numpy(float)
    if centred:
        values = values - model.x.to_numpy(float).mean(axis=0)
    return batched_cox.linear_predictor(model.coef[None], values.T)[0]


@dataclass(frozen=True)
class Baseline:
    """Efron's baseline hazard at the mean covariates, a step function of rising times.

    With the coefficients and their covariance, this is all that a prediction and its interval need.
    """

    time: Floats  # (K,)
    hazard: Floats  # (K,) cumulative
    variance: Floats  # (K,) cumulative variance of the hazard, coefficients known
    mean: Floats  # (K, p) cumulative hazard-weighted mean of the covariates, centred

    def at(self, times: ArrayLike) -> Baseline:
        """Return the step function with steps at these times only, where its values stay the same."""
        times = np.atleast_1d(np.asarray(times, float))
        return Baseline(times, *(_step(self.time, v, times) for v in (self.hazard, self.variance, self.mean)))


def baseline(model: CoxModel) -> Baseline:
    """Sum hazards over death times as survfit.coxph with Efron ties does (Therneau and Grambsch, 2000, chapter 10)."""
    sets = risk_sets(model.time, model.event)
    x = (model.x.to_numpy(float) - model.x.to_numpy(float).mean(axis=0)).T[:, sets.order]
    risk = np.exp(batched_cox.linear_predictor(model.coef[None], x))
    dead = np.add.reduceat(risk[:, sets.deaths], sets.first_death, axis=1)
    number = np.diff(np.append(sets.first_death, sets.deaths.size))[None]
    at_risk = np.cumsum(risk, axis=1)[:, sets.last]
    sums = batched_cox.efron_sums(at_risk, dead, number)
    at_risk_x = np.cumsum(risk * x, axis=1)[:, sets.last]
    dead_x = np.add.reduceat((risk * x)[:, sets.deaths], sets.first_death, axis=1)
    mean = (sums.hazard2 * at_risk_x - sums.cross2 * dead_x).T[::-1]
    return Baseline(
        sets.death_times[::-1],
        np.cumsum(sums.hazard[0, ::-1]),
        np.cumsum(sums.hazard2[0, ::-1]),
        np.cumsum(mean, axis=0),
    )


def _step(time: Floats, values: Floats, at: Floats) -> Floats:
    """Look up a right-continuous step function that is zero before its first time."""
    padded = np.concatenate([np.zeros((1, *values.shape[1:])), values])
    return padded[np.searchsorted(time, at, side="right")]


def baseline_hazard(model: CoxModel, *, centred: bool = False) -> pd.DataFrame:
    """Return time and cumulative baseline hazard (Efron) at each death time, for all covariates zero.

    ``centred`` gives it for the mean of every column instead.
    """
    base = baseline(model)
    shift = 0.0 if centred else -float(model.coef @ model.x.to_numpy(float).mean(axis=0))
    return pd.DataFrame({"time": base.time, "hazard": base.hazard * np.exp(shift)})


def predict_survival(
    model: CoxModel, x: pd.DataFrame, times: ArrayLike, conf_level: float = 0.95, *, base: Baseline | None = None
) -> pd.DataFrame:
    """Return predicted survival with confidence limits for each row of ``x`` and each time.

    Limits are exp(−H ± z·se(H)) cut at 1 ("log", the default of R's ``survfit.coxph``); se(H) holds the
    uncertainty of the baseline and of the coefficients (Tsiatis, 1981; Therneau and Grambsch, 2000, chapter 10).
    ``base`` is a baseline with fewer steps than the model's own (`Baseline.at`).

    Returns
    -------
    pandas.DataFrame
        Columns row (label in ``x``), time, survival, low, high, se (of the cumulative hazard) and reason; a
        time beyond the last follow-up has no numbers and a reason that says so.
    """
    times = np.atleast_1d(np.asarray(times, float))
    base = (base or baseline(model)).at(times)
    hazard, variance, mean = base.hazard, base.variance, base.mean
    centre = model.x.to_numpy(float).mean(axis=0)
    quantile = normal_quantile(conf_level)
    last = model.time.max()
    rows = []
    for label, values in zip(x.index, x[model.columns].to_numpy(float) - centre, strict=True):
        ratio = np.exp(model.coef @ values)
        away = hazard[:, None] * values - mean
        se = ratio * np.sqrt(variance + np.einsum("tp,pq,tq->t", away, model.covariance, away))
        cumulative = ratio * hazard
        low, high = np.exp(-cumulative - quantile * se), np.minimum(1, np.exp(-cumulative + quantile * se))
        for t, *numbers in zip(times, np.exp(-cumulative), low, high, se, strict=True):
            beyond = t > last
            reason = "not estimable: beyond follow-up" if beyond else None
            rows.append((label, t, *([np.nan] * 4 if beyond else numbers), reason))
    return pd.DataFrame(rows, columns=["row", "time", "survival", "low", "high", "se", "reason"])


def hazard_at(model: CoxModel, lp: ArrayLike, time: float) -> Floats:
    """Return the predicted cumulative hazard at a time from uncentred linear predictors, by step look-up."""
    base = baseline_hazard(model)
    return _step(base["time"].to_numpy(), base["hazard"].to_numpy(), np.float64(time)) * np.exp(lp)


def survival_at(model: CoxModel, lp: ArrayLike, time: float) -> Floats:
    """Return predicted survival at a time from uncentred linear predictors, by step look-up."""
    return np.exp(-hazard_at(model, lp, time))


def median_survival(model: CoxModel, x: pd.DataFrame) -> pd.DataFrame:
    """Return the predicted median of each row: row, median, reason.

    The median is the first death time at which survival is 0.5 or less; NaN with a reason if it is not reached
    (R takes the midpoint of a step at exactly 0.5, which a model's continuous predictions do not meet).
    """
    base = baseline_hazard(model)
    ratio = np.exp(linear_predictor(model, x))
    first = np.searchsorted(base["hazard"].to_numpy(), np.log(2) / ratio, side="left")
    reached = first < len(base)
    median = np.where(reached, base["time"].to_numpy()[np.minimum(first, len(base) - 1)], np.nan)
    reason = [None if r else "not reached: predicted survival stays above 0.5 during follow-up" for r in reached]
    return pd.DataFrame({"row": x.index, "median": median, "reason": reason})
