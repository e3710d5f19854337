"""Multiple imputation by chained equations for covariates of a Cox model.

van Buuren (2018), Flexible Imputation of Missing Data, algorithms 3.3 (predictive mean matching) and 4.3 (chained
equations). The outcome enters each imputation model as the event indicator and the Nelson-Aalen estimate of the
cumulative hazard (White & Royston, 2009). A categorical covariate is drawn from a multinomial logistic model fitted to
a bootstrap sample of the patients known, so that the uncertainty of its coefficients is part of the draws
(van Buuren, section 3.2.3). No maintained Python package imputes categorical covariates of a Cox model this way.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from .design import NUMERIC, Term
from .kaplan_meier import step_curve

Floats = NDArray[np.float64]
CYCLES = 10
DONORS = 5
_RIDGE = 0.01  # keeps separated levels finite; of one observation's weight


def nelson_aalen(time: ArrayLike, event: ArrayLike) -> Floats:
    """Return the Nelson-Aalen cumulative hazard at each patient's own time, shape (n,)."""
    curve = step_curve(time, event)
    hazard = np.cumsum(curve.events / curve.at_risk)
    return hazard[np.searchsorted(curve.time, np.asarray(time, dtype=float), side="right") - 1]


def impute(
    frame: pd.DataFrame,
    terms: tuple[Term, ...],
    time: ArrayLike,
    event: ArrayLike,
    *,
    imputations: int,
    seed: int,
    cycles: int = CYCLES,
) -> list[pd.DataFrame]:
    """Return completed copies of the covariates.

    Parameters
    ----------
    frame
        One column a term, shape (n, terms), with missing values.
    time, event
        Outcome, shape (n,), without missing values.
    imputations
        Number of copies; each has random numbers of its own, so a larger number begins with the same copies.

    Raises
    ------
    ValueError
        If a term has no value at all, or ``imputations`` or ``cycles`` is below 1.
    """
    if imputations < 1 or cycles < 1:
        raise ValueError("at least one imputation and one cycle are needed")
    gaps = {term.name: frame[term.name].isna().to_numpy() for term in terms}
    if empty := [name for name, gap in gaps.items() if gap.all()]:
        raise ValueError(f"{empty[0]} has no value from which others could be imputed")
    outcome = np.column_stack([np.asarray(event, dtype=float), nelson_aalen(time, event)])
    streams = np.random.SeedSequence(seed).spawn(imputations)
    return [_one(frame, terms, gaps, outcome, np.random.default_rng(stream), cycles) for stream in streams]


def _one(
    frame: pd.DataFrame,
    terms: tuple[Term, ...],
    gaps: dict[str, NDArray],
    outcome: Floats,
    random: np.random.Generator,
    cycles: int,
) -> pd.DataFrame:
    """Return one completed copy: start from random known values, then cycle through the incomplete terms."""
    done = frame.copy()
    incomplete = sorted((t for t in terms if gaps[t.name].any()), key=lambda t: gaps[t.name].sum())
    for term in incomplete:
        known = frame[term.name].dropna().to_numpy()
        done.loc[gaps[term.name], term.name] = random.choice(known, int(gaps[term.name].sum()))
    for _ in range(cycles if len(incomplete) > 1 else 1):
        for term in incomplete:
            others = [t for t in terms if t is not term]
            x = np.column_stack([np.ones(len(done)), outcome, *(_columns(done[t.name], t) for t in others)])
            draw = _match if term.kind in NUMERIC else _classify
            gap = gaps[term.name]
            done.loc[gap, term.name] = draw(x[~gap], frame[term.name][~gap].to_numpy(), x[gap], random)
    return done


def _columns(values: pd.Series, term: Term) -> Floats:
    """Return a numeric term standardised, or 0/1 columns of another one."""
    if term.kind in NUMERIC:
        numbers = values.to_numpy(float)
        return (numbers - numbers.mean()) / (numbers.std() or 1.0)
    return np.column_stack([(values == level).to_numpy(float) for level in term.contrasts])


def _match(x: Floats, y: NDArray, x_missing: Floats, random: np.random.Generator) -> NDArray:
    """Draw from the known values whose predictions are nearest (predictive mean matching, 5 donors)."""
    y = y.astype(float)
    inverse = np.linalg.inv(x.T @ x + 1e-5 * np.diag(np.diag(x.T @ x)))
    coef = inverse @ x.T @ y
    left = max(len(y) - x.shape[1], 1)
    sigma = np.sqrt(((y - x @ coef) ** 2).sum() / random.chisquare(left))
    drawn = coef + sigma * np.linalg.cholesky((inverse + inverse.T) / 2) @ random.standard_normal(x.shape[1])
    distance = np.abs((x @ coef)[None, :] - (x_missing @ drawn)[:, None])
    donors = np.argsort(distance, axis=1, kind="stable")[:, :DONORS]
    return y[donors[np.arange(len(donors)), random.integers(0, donors.shape[1], len(donors))]]


def _classify(x: Floats, y: NDArray, x_missing: Floats, random: np.random.Generator) -> NDArray:
    """Draw levels from a multinomial logistic model fitted to a bootstrap sample."""
    levels, codes = np.unique(y.astype(str), return_inverse=True)
    sample = random.integers(0, len(codes), len(codes))
    coef = _multinomial(x[sample], codes[sample], len(levels))
    cumulative = np.cumsum(softmax(x_missing @ coef, axis=1), axis=1)
    chosen = (random.random((len(x_missing), 1)) > cumulative[:, :-1]).sum(axis=1)
    return levels[chosen].astype(object)


def _multinomial(x: Floats, codes: NDArray, number: int) -> Floats:
    """Return coefficients (columns, levels) of a multinomial logistic model with a small ridge."""
    hot = np.eye(number)[codes]

    def loss(flat: Floats) -> tuple[float, Floats]:
        coef = flat.reshape(x.shape[1], number)
        scores = x @ coef
        value = -(hot * log_softmax(scores, axis=1)).sum() + 0.5 * _RIDGE * (coef**2).sum()
        gradient = x.T @ (softmax(scores, axis=1) - hot) + _RIDGE * coef
        return value, gradient.ravel()

    start = np.zeros(x.shape[1] * number)
    return minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(x.shape[1], number)
