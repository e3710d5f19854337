"""A nomogram of a Cox model as tables of points: no drawing here.

The rule of ``rms::nomogram`` (Harrell, 2015; Iasonos et al., 2008): the term whose contribution to the
linear predictor spans the widest range gets 0 to 100 points, every other term the same scale, and the lowest
contribution of a term 0 points. Unlike rms, axes end at the observed values, not at rounded ones outside them.
No maintained Python library makes one for a Cox model (simpleNomo is for logistic models).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from . import cox
from .design import NUMERIC, Design

Floats = NDArray[np.float64]
MAX_POINTS = 100.0
SURVIVAL = (0.99, 0.98, 0.97, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01)
"""Survival probabilities at which an axis may have ticks."""


@dataclass(frozen=True)
class Nomogram:
    """Points of every term and the scales below them.

    ``axes``: one row a tick or level: term, value (number or None), level (or None), contribution (to the linear
    predictor) and points. ``scale``: points per unit of linear predictor. ``lowest``: linear predictor at zero points.
    ``highest``: largest possible total of points.
    """

    axes: pd.DataFrame
    scale: float
    lowest: float
    highest: float
    design: Design
    model: cox.CoxModel


def ticks(low: float, high: float, number: int = 8, *, whole: bool = False) -> Floats:
    """Return round values inside [low, high] with both ends, for an axis of at most about ``number`` steps.

    A round value nearer to an end than a third of a step gives way to it; ``whole`` asks for integers only.
    """
    if low == high:
        return np.array([low])
    power = 10.0 ** np.floor(np.log10((high - low) / number))
    step = next(m * power for m in (1, 2, 5, 10) if m * power * number >= (high - low) * (1 - 1e-9))
    step = max(step, 1.0) if whole else step
    inner = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    inner = inner[(inner > low + step / 3) & (inner < high - step / 3)]
    return np.concatenate([[low], inner, [high]])


def _contributions(design: Design, coef: dict[str, float]) -> pd.DataFrame:
    """Return term, value, level, contribution for the ticks and levels of every term."""
    rows: list[tuple[object, ...]] = []
    for term in design.terms:
        if term.kind in NUMERIC:
            observed = design.matrix[term.name]
            whole = bool(np.all(observed == np.round(observed)))
            for value in ticks(float(observed.min()), float(observed.max()), whole=whole):
                rows.append((term.name, value, None, value * coef[term.name]))
            continue
        by_contrast = dict(zip(term.contrasts, term.columns, strict=True))
        for level in term.levels:
            column = by_contrast.get(level)  # the reference level has none
            if column is None or (design.matrix[column] == 1).any():
                rows.append((term.name, None, level, 0.0 if column is None else coef[column]))
    return pd.DataFrame(rows, columns=["term", "value", "level", "contribution"])


def nomogram(model: cox.CoxModel, design: Design) -> Nomogram:
    """Return the nomogram of a model fitted to ``design.matrix``.

    Raises
    ------
    ValueError
        If model and design have different columns, or no term changes the prediction.
    """
    if model.columns != list(design.matrix.columns):
        raise ValueError("the model was not fitted to this design")
    axes = _contributions(design, dict(zip(model.columns, model.coef, strict=True)))
    ends = axes.groupby("term", sort=False)["contribution"].agg(["min", "max"])
    widest = float((ends["max"] - ends["min"]).max())
    if widest == 0:
        raise ValueError("no term changes the prediction: there are no points to give")
    scale = MAX_POINTS / widest
    axes["points"] = (axes["contribution"] - axes["term"].map(ends["min"])) * scale
    lowest = float(ends["min"].sum())
    return Nomogram(axes, scale, lowest, float((ends["max"] - ends["min"]).sum() * scale), design, model)


def ranges(nomogram: Nomogram) -> pd.DataFrame:
    """Return one row a term: term, low, high (points at its observed ends) and per_unit (numeric terms)."""
    coef = dict(zip(nomogram.model.columns, nomogram.model.coef, strict=True))
    table = nomogram.axes.groupby("term", sort=False)["points"].agg(low="min", high="max").reset_index()
    numeric = {t.name for t in nomogram.design.terms if t.kind in NUMERIC}
    table["per_unit"] = [coef[t] * nomogram.scale if t in numeric else np.nan for t in table["term"]]
    return table


def points(nomogram: Nomogram, x: pd.DataFrame) -> pd.DataFrame:
    """Return the points of patients (rows of a design matrix): one column a term, then total."""
    coef = dict(zip(nomogram.model.columns, nomogram.model.coef, strict=True))
    lowest = nomogram.axes.groupby("term", sort=False)["contribution"].min()
    table = pd.DataFrame(index=x.index)
    for term, columns in nomogram.design.columns.items():
        contribution = sum(x[c] * coef[c] for c in columns)
        table[term] = (contribution - lowest[term]) * nomogram.scale
    table["total"] = table.sum(axis=1)
    return table


def outside(nomogram: Nomogram, x: pd.DataFrame) -> list[str]:
    """Return a warning for each numeric term of the patients that lies outside the observed range."""
    found = []
    for term in nomogram.design.terms:
        if term.kind not in NUMERIC:
            continue
        low, high = nomogram.design.matrix[term.name].min(), nomogram.design.matrix[term.name].max()
        for value in x[term.name][(x[term.name] < low) | (x[term.name] > high)]:
            found.append(f"Extrapolation: {term.name} {value:g} lies outside the observed range {low:g} to {high:g}")
    return found


def linear_predictor(nomogram: Nomogram, total: ArrayLike) -> Floats:
    """Return the (uncentred) linear predictor of a total of points."""
    return np.asarray(total, float) / nomogram.scale + nomogram.lowest


def total_points(nomogram: Nomogram, lp: ArrayLike) -> Floats:
    """Return the total of points of a linear predictor."""
    return (np.asarray(lp, float) - nomogram.lowest) * nomogram.scale


def survival_axis(nomogram: Nomogram, horizon: float, levels: ArrayLike = SURVIVAL) -> pd.DataFrame:
    """Return survival, total: the total of points at which survival at the horizon has each level.

    Levels outside the axis of total points are left out. Raises ValueError if the horizon is beyond
    follow-up or nobody has died by it.
    """
    if horizon > nomogram.model.time.max():
        raise ValueError("not estimable: beyond follow-up")
    baseline = cox.survival_at(nomogram.model, 0.0, horizon)
    if baseline == 1:
        raise ValueError(f"not estimable: no event by {horizon:g}")
    levels = np.asarray(levels, float)
    total = total_points(nomogram, np.log(np.log(levels) / np.log(baseline)))
    inside = (total >= 0) & (total <= nomogram.highest)
    return pd.DataFrame({"survival": levels[inside], "total": total[inside]})


def median_axis(nomogram: Nomogram, medians: ArrayLike) -> pd.DataFrame:
    """Return median, total: the largest total of points at which predicted median survival is still the value.

    The median falls in steps, as the baseline hazard does; values that no total gives are left out.
    """
    base = cox.baseline_hazard(nomogram.model)
    times, hazard = base["time"].to_numpy(), base["hazard"].to_numpy()
    rows: list[tuple[object, ...]] = []
    for median in np.asarray(medians, float):
        before = int(np.searchsorted(times, median, side="left"))  # death times earlier than the median
        if before == 0 or before >= len(times):
            continue
        total = float(total_points(nomogram, np.log(np.log(2) / hazard[before - 1])))
        if 0 <= total <= nomogram.highest:
            rows.append((median, total))
    return pd.DataFrame(rows, columns=["median", "total"])
