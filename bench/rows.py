"""The rows that are timed: the shipped cohort's model, and simulated patients."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.patients.cohort import load_cohort
from living_article.study import load_study

STUDY = Path(__file__).parents[1] / "data" / "study.yml"


@dataclass(frozen=True)
class Rows:
    """Covariates (n, p), times, 0/1 events, and two horizons within follow-up."""

    x: pd.DataFrame
    time: NDArray[np.float64]
    event: NDArray[np.int64]
    horizons: tuple[float, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """Return one table, its covariates named x1, x2, …"""
        names = [f"x{j}" for j in range(1, self.x.shape[1] + 1)]
        return self.x.set_axis(names, axis=1).assign(time=self.time, event=self.event)


def shipped() -> Rows:
    """Return the model of the study file and its cohort: 95 patients and 11 covariates."""
    study = load_study(str(STUDY))
    endpoint, terms = chosen_model(study, None, [])
    data = model_frame(load_cohort(study), endpoint, terms)
    return Rows(data.x, np.asarray(data.time, float), np.asarray(data.event, int), tuple(study.horizons[-2:]))


def simulated(n: int, covariates: int, *, distinct: int | None = None, seed: int = 1) -> Rows:
    """Simulate patients with a known proportional-hazards model.

    Every other covariate is 0/1 (prevalence 0.2 to 0.8), the others are normal with correlation 0.3; log hazard
    ratios per SD run evenly from -0.3 to 0.3. Survival is exponential with mean 1 for an average patient, censoring
    exponential with mean 2, so that about two thirds have the event. ``distinct`` rounds times up to about that many
    values, which ties them.
    """
    rng = np.random.default_rng(seed)
    normal = np.sqrt(0.7) * rng.standard_normal((n, covariates)) + np.sqrt(0.3) * rng.standard_normal((n, 1))
    x = normal.copy()
    x[:, ::2] = normal[:, ::2] > np.linspace(-0.8, 0.8, x[:, ::2].shape[1])
    scores = (x - x.mean(axis=0)) / x.std(axis=0)
    survival = rng.exponential(size=n) * np.exp(-scores @ np.linspace(-0.3, 0.3, covariates))
    censoring = rng.exponential(2.0, size=n)
    time, event = np.minimum(survival, censoring), (survival <= censoring).astype(int)
    horizons = tuple(np.quantile(time, (0.4, 0.7)).round(2))
    if distinct:
        step = time.max() / distinct
        time, horizons = np.ceil(time / step), tuple(np.ceil(np.array(horizons) / step))
    return Rows(pd.DataFrame(x).add_prefix("x"), time, event, horizons)
