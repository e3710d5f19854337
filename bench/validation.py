"""Internal validation: optimism bootstrap of the shipped model and of 2,982 simulated patients."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from lifelines.exceptions import ConvergenceError
from lifelines.utils import concordance_index

from living_article.statistics import bootstrap, ipcw
from living_article.statistics.calibration import complementary_log_log, default_grid
from living_article.statistics.optimism import optimism
from living_article.statistics.splines import QUANTILES, restricted_cubic

from .measure import Row, in_r, seconds
from .rows import Rows, shipped, simulated

EVERYTHING = "fit, C, slope, AUC, Brier score and calibration curves"
RMS = "validate and a calibrate for each horizon; no AUC, no Brier score"


def ours(rows: Rows, replicates: int, *, horizons: bool = True) -> float:
    """Return the seconds that `optimism` takes, with both horizons or with C and slope alone."""
    at = rows.horizons if horizons else ()
    return seconds(lambda: optimism(rows.x, rows.time, rows.event, horizons=at, replicates=replicates, seed=1))


def _observed(cll: np.ndarray, sample: pd.DataFrame, at: np.ndarray, horizon: float) -> np.ndarray:
    """Return the observed risk at complementary log-log risks: a Cox model on a spline, by lifelines."""
    knots = np.quantile(cll, QUANTILES)
    basis = pd.DataFrame(restricted_cubic(cll[None], knots[None])[0], columns=["linear", "curved"])
    basis = basis.assign(time=sample["time"].to_numpy(), event=sample["event"].to_numpy())
    fitter = CoxPHFitter().fit(basis, "time", "event")
    points = pd.DataFrame(restricted_cubic(at[None], knots[None])[0], columns=["linear", "curved"])
    return 1 - fitter.predict_survival_function(points, times=[horizon]).to_numpy()[0]


def _score(fitter: CoxPHFitter, sample: pd.DataFrame, rows: Rows, grid: np.ndarray, *, full: bool) -> float:
    """Score one lifelines model in one sample and return its C; everything else is computed and left."""
    lp = fitter.predict_log_partial_hazard(sample).to_numpy()
    time, event = sample["time"].to_numpy(), sample["event"].to_numpy()
    if full:
        survival = fitter.predict_survival_function(sample, times=list(rows.horizons)).to_numpy()
        for horizon, alive in zip(rows.horizons, survival, strict=True):
            risk = np.clip(1 - alive, 1e-12, 1 - 1e-12)
            ipcw.brier(risk, time, event, horizon)  # lifelines has neither Brier score nor AUC
            ipcw.auc(risk, time, event, horizon)
            _observed(complementary_log_log(risk), sample, complementary_log_log(grid), horizon)
    return concordance_index(time, -lp, event)


def lifelines_loop(rows: Rows, drawn: np.ndarray, *, full: bool) -> np.ndarray:
    """Do what `optimism` does by a loop over lifelines fits and return the test C of each replicate.

    ``full`` adds AUC, Brier score and calibration curves to fits, both C-indices and the slope. NaN where lifelines
    did not converge.
    """
    frame, found = rows.frame, []
    grid = default_grid(np.linspace(0.05, 0.95, len(frame)))
    for index in drawn:
        sample = frame.iloc[index].reset_index(drop=True)
        try:
            fitter = CoxPHFitter().fit(sample, "time", "event")
            _score(fitter, sample, rows, grid, full=full)
            c = _score(fitter, frame, rows, grid, full=full)
            again = frame[["time", "event"]].assign(lp=fitter.predict_log_partial_hazard(frame))
            CoxPHFitter().fit(again, "time", "event")  # the calibration slope
        except ConvergenceError:
            c = np.nan
        found.append(c)
    return np.array(found)


def against_lifelines(rows: Rows, replicates: int, few: int, mine: dict[bool, float]) -> list[Row]:
    """Time a few replicates of the loop, and check that both give the same C-indices."""
    drawn, found = bootstrap.indices(len(rows.time), few, 1), []
    same = optimism(rows.x, rows.time, rows.event, rows=drawn).replicates["test concordance"]
    for full, what in ((False, "fit, C and slope"), (True, EVERYTHING)):
        values = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            took = seconds(lambda full=full, out=values: out.append(lifelines_loop(rows, drawn, full=full)), times=1)
        away = np.abs(values[0] - same)
        note = (
            f"{few} replicates timed, times {replicates // few}; lifelines failed in {np.isnan(values[0]).sum()}; "
            f"largest difference of a C-index {np.nanmax(away):.0e}"
        )
        task = f"n = {len(rows.time)}, {replicates} replicates: {what}"
        took *= replicates / few
        least = 100 if full else None
        found.append(Row(task, mine[full], "loop over lifelines", took, least=least, note=note))
    return found


def against_rms(rows: Rows, replicates: int, mine: dict[bool, float], least: float, least_validate: float | None):
    """Return rows against ``rms::validate`` alone, and with ``rms::calibrate`` at both horizons."""
    theirs = in_r("validation", rows.frame, replicates, *rows.horizons)
    if not theirs:
        return []
    task = f"n = {len(rows.time)}, {rows.x.shape[1]} covariates, {replicates} replicates"
    alone = theirs["validate"]
    return [
        Row(f"{task}: fit, C and slope", mine[False], "rms::validate", alone, least=least_validate),
        Row(f"{task}: {EVERYTHING}", mine[True], "rms", sum(theirs.values()), least=least, note=RMS),
    ]


def run(*, small: bool) -> list[Row]:
    """Time internal validation at both sizes."""
    rows, replicates = shipped(), 50 if small else 1000
    mine = {full: ours(rows, replicates, horizons=full) for full in (False, True)}
    task = f"n = {len(rows.time)}, {rows.x.shape[1]} covariates, {replicates} replicates: {EVERYTHING}"
    found = [Row(task, mine[True], most=1.0)]
    found += against_rms(rows, replicates, mine, 20, None)
    found += against_lifelines(rows, replicates, 2 if small else 20, mine)
    many, draws = simulated(300 if small else 2982, 12), 10 if small else 200
    mine = {full: ours(many, draws, horizons=full) for full in (False, True)}
    found += against_rms(many, draws, mine, 1, 1) or [Row(f"n = {len(many.time)}, {draws} replicates", mine[True])]
    return found
