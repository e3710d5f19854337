"""How well a Cox model, left as it is, predicts patients it was not fitted to, with bootstrap intervals.

The model is fixed and only the new patients are resampled, so that intervals hold the uncertainty of the
validation, not of the model (Royston and Altman, 2013; McLernon et al., 2023).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from . import bootstrap, calibration, cox, ipcw
from .concordance import concordance
from .replicate_scores import score
from .results import Estimate

Floats = NDArray[np.float64]
_NUMBERS = 2**16  # patients × replicates scored together


def predicted_risk(model: cox.CoxModel, x: pd.DataFrame, horizon: float) -> Floats:
    """Return the model's risk (n,) of an event by the horizon.

    Raises
    ------
    ValueError
        If the horizon is beyond the follow-up of the patients the model was fitted to.
    """
    if horizon > model.time.max():
        raise ValueError("not estimable: beyond follow-up of the model's patients")
    return 1 - cox.survival_at(model, cox.linear_predictor(model, x), horizon)


def resampled_scores(
    model: cox.CoxModel,
    x: pd.DataFrame,
    time: ArrayLike,
    event: ArrayLike,
    horizons: Floats,
    replicates: int,
    seed: int,
) -> dict[str, Floats]:
    """Return AUC and Brier score (B, H) of the fixed model in resamples of the patients; NaN where undefined."""
    lp = cox.linear_predictor(model, x)[None]
    hazard = -np.log([[cox.survival_at(model, 0.0, h) for h in horizons]])
    grids = np.full((len(horizons), 1), 0.5)  # curves are not wanted here
    found: dict[str, list[np.ndarray]] = {"auc": [], "brier": []}
    for counts in bootstrap.batches(lp.shape[1], replicates, seed, max(8, _NUMBERS // lp.shape[1])):
        b = len(counts)
        scores = score(
            np.repeat(lp, b, 0), np.repeat(hazard, b, 0), time, event, counts, horizons, grids, calibration=False
        )
        found["auc"].append(scores.auc)
        found["brier"].append(scores.brier)
    return {name: np.concatenate(values) for name, values in found.items()}


def _with_interval(estimate: Estimate, values: Floats, level: float) -> Estimate:
    """Add the percentile interval of the finite resampled values, and a warning if some are undefined."""
    kept = values[np.isfinite(values)]
    if estimate.value is None or not kept.size:
        return estimate
    low, high = np.quantile(kept, ((1 - level) / 2, (1 + level) / 2))
    warnings = ()
    if kept.size < values.size:
        warnings = (f"Bootstrap: {estimate.method} could be computed in {kept.size} of {values.size} resamples",)
    method = f"{estimate.method}; percentile bootstrap, {values.size} resamples"
    return Estimate(estimate.value, low, high, float(kept.std(ddof=1)), method=method, warnings=warnings)


def validate(
    model: cox.CoxModel,
    x: pd.DataFrame,
    time: ArrayLike,
    event: ArrayLike,
    *,
    horizons: ArrayLike = (),
    replicates: int = 1000,
    seed: int = 0,
    conf_level: float = 0.95,
) -> dict[tuple[str, float | None], Estimate]:
    """Return the performance of a fixed model in new patients.

    Keys are (measure, horizon): concordance and slope with horizon None, then observed_expected, auc, brier
    and scaled_brier at each horizon. C has a jackknife, slope and O/E a Wald, AUC and Brier a percentile
    bootstrap interval; the scaled Brier score has none.
    """
    lp = cox.linear_predictor(model, x)
    found: dict[tuple[str, float | None], Estimate] = {
        ("concordance", None): concordance(lp, time, event, conf_level).estimate,
        ("slope", None): calibration.slope(lp, time, event, conf_level),
    }
    last = min(float(np.max(time)), float(model.time.max()))
    asked = [float(h) for h in np.atleast_1d(np.asarray(horizons, float))]
    known = np.array([h for h in asked if h <= last])
    resampled = resampled_scores(model, x, time, event, known, replicates, seed) if known.size else {}
    for horizon in asked:
        if horizon > last:
            beyond = Estimate(None, reason="not estimable: beyond follow-up")
            found |= {(name, horizon): beyond for name in ("observed_expected", "auc", "brier", "scaled_brier")}
            continue
        risk, j = predicted_risk(model, x, horizon), int(np.flatnonzero(known == horizon)[0])
        outcome = (risk, time, event, horizon)
        found[("observed_expected", horizon)] = calibration.observed_expected(*outcome, conf_level)
        found[("auc", horizon)] = _with_interval(ipcw.auc(*outcome), resampled["auc"][:, j], conf_level)
        found[("brier", horizon)] = _with_interval(ipcw.brier(*outcome), resampled["brier"][:, j], conf_level)
        found[("scaled_brier", horizon)] = ipcw.scaled_brier(*outcome)
    return found
