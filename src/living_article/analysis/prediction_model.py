"""A nomogram and its Cox model as plain numbers, enough for another program to predict with exactly as we do.

The formulas are those of `living_article.statistics.cox.predict_survival` and
`living_article.statistics.nomogram.points`; no row of the patient table is among the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from living_article.disclosure.small_cells import significant
from living_article.statistics import cox
from living_article.statistics import nomogram as points
from living_article.statistics.design import NUMERIC, Term
from living_article.statistics.disclosure import coarse_range, coarse_times
from living_article.statistics.nomogram import Nomogram
from living_article.statistics.results import normal_quantile

Floats = NDArray[np.float64]


def prediction_model(
    nomogram: Nomogram,
    endpoint: str,
    horizons: Iterable[float],
    example: Mapping[str, float | str],
    *,
    conf_level: float = 0.95,
    fewest: int = 0,
) -> dict[str, object]:
    """Return the model as lists and numbers that JSON can hold without loss.

    Parameters
    ----------
    nomogram
        The nomogram; the ends of its axes are the support of the model.
    horizons
        Times of the predictions; one beyond follow-up is marked as not estimable.
    example
        Values of a patient who is none of the table: numbers, or levels, by term.
    fewest
        Where single patients may not be seen, the events that each step of the baseline hazard stands for, see
        `living_article.statistics.disclosure.coarse_times`, and its centre is no mean of theirs; 0 keeps every death
        time.

    Returns
    -------
    dict
        ``terms``, ``coef`` (p,), ``centre`` (p,) and ``covariance`` (p, p) of the columns in the order of the terms,
        ``baseline`` with ``time`` (K,), cumulative ``hazard`` and ``variance`` (K,) and ``mean`` (K, p) at the centre,
        ``points_per_log_hr``, ``totals`` (lowest and highest that occur), ``highest`` (possible total), ``horizons``.
    """
    model, horizons = nomogram.model, [float(h) for h in horizons]
    base, centre = cox.baseline(model), model.x.to_numpy(float).mean(axis=0)
    if fewest:
        base = base.at(coarse_times(model.time, model.event, fewest, horizons))
        base, centre = _moved(base, model.coef, centre, _round_centre(nomogram))
    totals = points.points(nomogram, nomogram.design.matrix)["total"]
    return {
        "endpoint": endpoint,
        "conf_level": conf_level,
        "quantile": normal_quantile(conf_level),
        "terms": [_term(nomogram, term, example[term.name]) for term in nomogram.design.terms],
        "coef": model.coef.tolist(),
        "centre": centre.tolist(),
        "covariance": model.covariance.tolist(),
        "baseline": {name: getattr(base, name).tolist() for name in ("time", "hazard", "variance", "mean")},
        "coarse": bool(fewest),
        "last": float(base.time.max(initial=0.0) if fewest else model.time.max()),
        "points_per_log_hr": nomogram.scale,
        "totals": list(coarse_range(totals, fewest) if fewest else (float(totals.min()), float(totals.max()))),
        "highest": nomogram.highest,
        "horizons": [_horizon(nomogram, horizon) for horizon in horizons],
    }


def _round_centre(nomogram: Nomogram) -> Floats:
    """Return a centre (p,) that tells of nobody: no level, as the mean of its column is a count, and rounded means."""
    means = nomogram.model.x.mean()
    numeric = [column for term in nomogram.design.terms if term.kind in NUMERIC for column in term.columns]
    return np.array([significant(means[column], 2) if column in numeric else 0.0 for column in nomogram.model.columns])


def _moved(base: cox.Baseline, coef: Floats, centre: Floats, to: Floats) -> tuple[cox.Baseline, Floats]:
    """Return the baseline of patients at another centre, and that centre; predictions stay what they are."""
    ratio = np.exp(coef @ (to - centre))
    hazard = base.hazard * ratio
    mean = base.mean * ratio - np.outer(hazard, to - centre)
    return cox.Baseline(base.time, hazard, base.variance * ratio**2, mean), to


def _term(nomogram: Nomogram, term: Term, example: float | str) -> dict[str, object]:
    """Return a term: what may be entered, its contribution at zero points, and its axis as values and points."""
    axis = nomogram.axes[nomogram.axes["term"] == term.name]
    shared = {"id": term.name, "kind": term.kind, "lowest": float(axis["contribution"].min())}
    if term.kind in NUMERIC:
        ends = {"low": float(axis["value"].min()), "high": float(axis["value"].max()), "example": float(example)}
        return shared | ends | {"axis": axis[["value", "points"]].to_numpy(float).tolist()}
    levels = {"contrasts": list(term.contrasts), "example": str(example)}
    return shared | levels | {"axis": [[level, float(at)] for level, at in axis[["level", "points"]].to_numpy()]}


def _horizon(nomogram: Nomogram, horizon: float) -> dict[str, object]:
    """Return a horizon with its axis, survival and total points, which is empty if the data do not reach so far."""
    reached = nomogram.model.event & (nomogram.model.time <= horizon)
    estimable = bool(horizon <= nomogram.model.time.max())
    axis = points.survival_axis(nomogram, horizon).to_numpy(float).tolist() if estimable and reached.any() else []
    return {"time": horizon, "estimable": estimable, "axis": axis}
