"""What a bootstrap of the prognostic model found, as records: apparent values come from the model itself."""

from __future__ import annotations

import math

import numpy as np

from living_article.records import Results
from living_article.statistics.optimism import INTERVALS, Optimism
from living_article.study.model import Endpoint

MEASURES = {
    "concordance": ("cindex", "c-index"),
    "slope": ("slope", "slope"),
    "auc": ("auc", "auc"),
    "brier": ("brier", "brier"),
    "ici": ("ici", "probability"),
}
"""Measure of `Optimism` → name of its records, which ``_training``, ``_corrected``, … follow, and their unit."""


_NO_CURVE = "not estimable: in no replicate could the calibration curve be drawn over the whole range of risks"


def add_optimism(results: Results, found: Optimism, endpoint: Endpoint, alpha: float) -> None:
    """Add training and test means with percentile intervals, optimism and corrected value of every measure.

    The corrected scaled Brier score is added where `brier_null_apparent` is recorded already.
    ``replicates`` and ``replicates_failed`` count the resamples and those without a model, with the reasons.
    """
    for row in found.table.itertuples():
        horizon = None if math.isnan(row.horizon) else float(row.horizon)
        name, unit = MEASURES[row.measure]
        where = {"endpoint": endpoint.id, "horizon": horizon, "unit": unit, "note": row.reason}
        for stage in ("training", "test"):
            low, high = _percentiles(found, stage, row.measure, horizon, alpha)
            method = "mean and percentile interval over bootstrap replicates"
            results.add(f"{name}_{stage}", value=getattr(row, stage), low=low, high=high, method=method, **where)
        results.add(f"{name}_optimism", value=row.optimism, method="mean of training minus test", **where)
        method = f"bootstrap, optimism-corrected; {INTERVALS.get(row.interval, 'no interval')}"
        results.add(f"{name}_corrected", value=row.corrected, low=row.low, high=row.high, method=method, **where)
    _add_scaled_brier(results, endpoint)
    _add_curve_errors(results, found, endpoint)
    results.add("replicates", endpoint=endpoint.id, value=found.b, unit="count", method=f"seed {found.seed}")
    reasons = "; ".join(f"{number}: {reason}" for reason, number in found.failed.items()) or None
    failed = sum(found.failed.values())
    results.add("replicates_failed", endpoint=endpoint.id, value=failed, unit="count", note=reasons)


def _add_scaled_brier(results: Results, endpoint: Endpoint) -> None:
    """Add 1 - corrected Brier score / Brier score of the Kaplan-Meier estimate, which needs no correction."""
    for null in results.select("brier_null_apparent", endpoint=endpoint.id):
        where = {"endpoint": endpoint.id, "horizon": null.horizon}
        own = results.one("brier_corrected", **where)
        value = 1 - own.value / null.value if own.value is not None and null.value else None
        results.add(
            "brier_scaled_corrected",
            value=value,
            unit="proportion",
            method="1 - corrected Brier score / Brier score of the Kaplan-Meier estimate",
            note=None if value is not None else own.note or null.note or "not estimable: the outcome does not vary",
            **where,
        )


def _add_curve_errors(results: Results, found: Optimism, endpoint: Endpoint) -> None:
    """Add mean and 90th percentile of |observed - predicted| of the corrected calibration curve at each horizon."""
    for row in found.table[found.table["measure"] == "ici"].itertuples():
        where = {"endpoint": endpoint.id, "horizon": float(row.horizon), "unit": "probability"}
        errors = found.errors[found.errors["horizon"] == row.horizon] if len(found.errors) else found.errors
        for quantity in ("mean", "q90"):
            name = f"calibration_error_{quantity}_corrected"
            value = errors.set_index("curve").loc["corrected", quantity] if len(errors) else math.nan
            note = (row.reason or _NO_CURVE) if math.isnan(value) else None
            results.add(name, value=value, method="of the corrected curve, over patients", note=note, **where)


def _percentiles(
    found: Optimism, stage: str, measure: str, horizon: float | None, alpha: float
) -> tuple[float | None, float | None]:
    """Return the percentile limits of one score over the replicates that gave a value."""
    column = f"{stage} {measure}" + ("" if horizon is None else f" {horizon:g}")
    values = found.replicates.get(column)
    if values is None or not (finite := values[np.isfinite(values)]).size or (stage, measure) == ("training", "slope"):
        return None, None  # the slope of a model in its own sample is 1 in every replicate
    return tuple(np.quantile(finite, (alpha / 2, 1 - alpha / 2)))
