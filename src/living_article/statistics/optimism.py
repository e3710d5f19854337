"""Optimism-corrected performance of a Cox model (Harrell, Lee and Mark, 1996; Efron, 1983).

Each replicate refits the model to a resample and is scored on it (training) and on the original patients
(test); the mean difference is the optimism taken off the apparent score. As ``rms::validate`` and
``rms::calibrate``, but C, slope, AUC, Brier score and calibration curves at all horizons come from one set of
replicates. lifelines, scikit-survival, statsmodels and greenwood have nothing like it. Selection of terms is
not repeated: give the terms that were not selected too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from . import bootstrap
from .batched_cox import STATUS, Replicates, fit_replicates, joined, linear_predictor
from .calibration import curve_error, default_grid
from .cox import FitError
from .kaplan_meier import checked_survival
from .replicate_scores import Scores, score

Floats = NDArray[np.float64]
MEASURES = ("concordance", "slope", "auc", "brier", "ici")
_NUMBERS = 2**16  # patients × replicates scored together: memory stays bounded
_MEASURE = {
    "concordance": "Harrell's C",
    "slope": "calibration slope",
    "auc": "AUC",
    "brier": "Brier score",
    "ici": "integrated calibration index",
}
INTERVALS = {
    "shifted": "percentile interval of the training values, moved by the optimism (Noma et al., 2021)",
    "test": "percentile interval of the test values",
}


@dataclass(frozen=True)
class Optimism:
    """Corrected performance of a Cox model.

    ``table``: measure, horizon (NaN for C and slope), apparent, training, test, optimism, corrected, low, high,
    interval (key of `INTERVALS`), used (replicates that gave a value) and reason. ``curves``: horizon, predicted,
    apparent, corrected, used. ``errors``: horizon, curve (apparent or corrected), mean and q90 of
    |observed − predicted| over patients. ``replicates``: one row a replicate and one column pair a score
    ("training concordance", "test auc 12", …). ``models``: the replicates' models, hazards at ``horizons``, all that
    were asked for. ``failed``: reason → number of replicates without a model.
    """

    table: pd.DataFrame
    curves: pd.DataFrame
    errors: pd.DataFrame
    replicates: pd.DataFrame
    models: Replicates
    horizons: Floats
    b: int
    seed: int | None
    failed: dict[str, int]
    warnings: tuple[str, ...]


def _flat(scores: Scores, horizons: Floats) -> dict[tuple[str, float], Floats]:
    """Return the scalar scores by measure and horizon, each (B,)."""
    flat = {("concordance", np.nan): scores.concordance, ("slope", np.nan): scores.slope}
    for name in ("auc", "brier", "ici"):
        flat |= {(name, float(h)): getattr(scores, name)[:, j] for j, h in enumerate(horizons)}
    return flat


def _summary(name: str, horizon: float, apparent: float, training: Floats, test: Floats, level: float) -> dict:
    """Return one row of the table."""
    both = np.isfinite(training) & np.isfinite(test)
    row = {"measure": name, "horizon": horizon, "apparent": apparent, "used": int(both.sum()), "reason": None}
    if not np.isfinite(apparent) or not both.any():
        return {**row, "reason": f"not estimable: the {_MEASURE[name]} is undefined in these patients"}
    optimism = float(np.mean(training[both] - test[both]))
    tail = (1 - level) / 2
    source = test[both] if name == "slope" else training[both] - optimism  # the training slope is always 1
    low, high = np.quantile(source, (tail, 1 - tail))
    return {
        **row,
        "training": float(training[both].mean()),
        "test": float(test[both].mean()),
        "optimism": optimism,
        "corrected": apparent - optimism,
        "low": float(low),
        "high": float(high),
        "interval": "test" if name == "slope" else "shifted",
    }


@dataclass(frozen=True)
class _Setting:
    """The patients, the horizons within follow-up and what the model of all patients gives there."""

    x: Floats  # (n, p)
    time: Floats
    event: NDArray[np.bool_]
    asked: Floats  # all horizons
    horizons: Floats  # (H,) those within follow-up
    coef: Floats  # (p,) coefficients of the model of all patients
    risks: Floats  # (H, n) its predicted risks
    grids: Floats  # (H, G) predicted risks at which calibration curves are compared
    apparent: Scores


def _setting(x: Floats, time: Floats, event: NDArray, asked: Floats, size: int, *, coarse: bool) -> _Setting:
    """Fit and score the model of all patients; raises FitError if it has no estimate."""
    horizons = asked[asked <= time.max()]
    everyone = np.ones((1, len(time)))
    own = fit_replicates(x, time, event, everyone, horizons=horizons)
    if own.status[0]:
        raise FitError(f"the Cox model cannot be fitted: {STATUS[own.status[0]]}")
    lp = _predictors(x, own)
    risks = -np.expm1(-own.hazard[0][:, None] * np.exp(lp))
    grids = np.array([default_grid(risk, size, coarse=coarse) for risk in risks]).reshape(len(horizons), size)
    apparent = score(lp, own.hazard, time, event, everyone, horizons, grids, slope=False)
    return _Setting(x, time, event, asked, horizons, own.coef[0], risks, grids, apparent)


def _predictors(x: Floats, fitted: Replicates) -> Floats:
    """Return the linear predictors (B, n) of all patients, zero for the mean patient."""
    return linear_predictor(fitted.coef, (x - fitted.centre).T)


def _curves(setting: _Setting, gap: Floats) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return corrected curves and their errors; ``gap`` (B, H, G) is training minus test."""
    curves, errors = [], []
    for h, horizon in enumerate(setting.horizons):
        valid = np.isfinite(gap[:, h]).all(axis=1)
        apparent, grid = setting.apparent.curve[0, h], setting.grids[h]
        mean = gap[valid, h].mean(axis=0) if valid.any() else np.full(grid.shape, np.nan)
        corrected = np.clip(apparent - mean, 0.0, 1.0)
        frame = pd.DataFrame({"horizon": horizon, "predicted": grid, "apparent": apparent, "corrected": corrected})
        curves.append(frame.assign(used=int(valid.sum())))
        for curve, values in (("apparent", apparent), ("corrected", corrected)):
            errors.append((horizon, curve, *curve_error(grid, values, setting.risks[h])))
    names = ["horizon", "predicted", "apparent", "corrected", "used"]
    table = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=names)
    return table, pd.DataFrame(errors, columns=["horizon", "curve", "mean", "q90"])


def _replicate(setting: _Setting, counts: Floats) -> tuple[dict, dict, Floats, Replicates]:
    """Fit and score a batch of replicates; return training, test, curve differences and the models."""
    outcome, times = (setting.time, setting.event), setting.horizons
    fitted = fit_replicates(setting.x, *outcome, counts, horizons=setting.asked, start=setting.coef)
    lp, hazard = _predictors(setting.x, fitted), fitted.hazard[:, setting.asked <= setting.time.max()]
    training = score(lp, hazard, *outcome, counts, times, setting.grids, slope=False)
    test = score(lp, hazard, *outcome, np.ones((1, len(setting.time))), times, setting.grids)
    return _flat(training, times), _flat(test, times), training.curve - test.curve, fitted


def _each(training: dict, test: dict, status: NDArray) -> pd.DataFrame:
    """Return one row a replicate: every score in training and test, and the status of the fit."""
    columns = {
        f"{kind} {name}" + ("" if np.isnan(h) else f" {h:g}"): found
        for kind, scores in (("training", training), ("test", test))
        for (name, h), found in scores.items()
    }
    return pd.DataFrame(columns).assign(status=status)


def _warnings(failed: dict[str, int], table: pd.DataFrame, b: int) -> tuple[str, ...]:
    found = [f"Bootstrap: {number} of {b} replicates have no model ({reason})" for reason, number in failed.items()]
    for row in table[(table["used"] < b - sum(failed.values())) & table["reason"].isna()].itertuples():
        at = "" if np.isnan(row.horizon) else f" at {row.horizon:g}"
        found.append(f"Bootstrap: the {_MEASURE[row.measure]}{at} could be computed in {row.used} of {b} replicates")
    return tuple(found)


def optimism(
    x: pd.DataFrame,
    time: ArrayLike,
    event: ArrayLike,
    *,
    horizons: ArrayLike = (),
    replicates: int = 1000,
    seed: int = 0,
    rows: NDArray[np.intp] | None = None,
    grid_size: int = 50,
    coarse: bool = False,
    conf_level: float = 0.95,
) -> Optimism:
    """Correct the performance of the Cox model of all columns of ``x`` for optimism.

    Parameters
    ----------
    x, time, event
        Design (n, p) and outcome.
    horizons
        Times at which AUC, Brier score and calibration are wanted.
    replicates, seed
        Number of resamples and their seed (`bootstrap.indices`).
    rows
        Resamples to use instead: (B, n) indices of patients.
    grid_size, coarse, conf_level
        Points of a calibration curve, and whether its ends are rounded (`default_grid`); level of the percentile
        intervals.

    Returns
    -------
    Optimism
        A horizon beyond follow-up has a row with a reason and no curve.

    Raises
    ------
    FitError
        If the model cannot be fitted to the patients themselves.
    """
    time, event = checked_survival(time, event)
    asked = np.atleast_1d(np.asarray(horizons, float))
    setting = _setting(x.to_numpy(float), time, event, asked, grid_size, coarse=coarse)
    own_seed = seed if rows is None else None
    rows = bootstrap.indices(len(time), replicates, seed) if rows is None else np.asarray(rows)
    size = max(8, _NUMBERS // len(time))
    parts = [_replicate(setting, bootstrap.counts(rows[first : first + size])) for first in range(0, len(rows), size)]
    flat = _flat(setting.apparent, setting.horizons)
    training, test = ({key: np.concatenate([p[i][key] for p in parts]) for key in flat} for i in (0, 1))
    table = [_summary(*key, float(flat[key][0]), training[key], test[key], conf_level) for key in flat]
    for horizon in asked[asked > time.max()]:
        reason = "not estimable: beyond follow-up"
        table += [{"measure": m, "horizon": horizon, "used": 0, "reason": reason} for m in MEASURES[2:]]
    models = joined([p[3] for p in parts])
    frame = pd.DataFrame(table)
    curves, errors = _curves(setting, np.concatenate([p[2] for p in parts]))
    each, warnings = _each(training, test, models.status), _warnings(models.failed, frame, len(rows))
    return Optimism(frame, curves, errors, each, models, asked, len(rows), own_seed, models.failed, warnings)
