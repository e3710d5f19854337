"""Patients, events and risk groups of a validation as records."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from living_article.analysis.model_frame import ModelFrame
from living_article.records import Results
from living_article.study.model import Endpoint


def add_counts(results: Results, prefix: str, data: ModelFrame, horizons: Iterable[float]) -> None:
    """Add the patients, those left out for a missing covariate, all events, and the events by each horizon."""
    where = {"endpoint": data.endpoint.id}
    results.add(f"{prefix}patients", value=len(data.frame), unit="patients", **where)
    results.add(f"{prefix}left_out", value=data.dropped, unit="patients", **where)
    results.add(f"{prefix}events", value=data.event.sum(), unit="events", **where)
    for horizon in horizons:
        until = data.event[data.time <= horizon].sum()
        results.add(f"{prefix}events", value=until, unit="events", horizon=horizon, **where)


def add_groups(results: Results, prefix: str, table: pd.DataFrame, endpoint: Endpoint, horizon: float) -> None:
    """Add patients, events, predicted and observed risk of each row of `calibration.grouped`.

    A group without an event has no interval: Greenwood's variance is zero there.
    """
    for row in table.itertuples():
        none = row.observed == 0
        where = {"endpoint": endpoint.id, "horizon": horizon, "group": str(row.group)}
        results.add(f"{prefix}group_patients", value=row.n, unit="patients", **where)
        results.add(f"{prefix}group_events", value=row.events, unit="events", **where)
        results.add(f"{prefix}group_predicted", value=row.predicted, unit="proportion", **where)
        results.add(
            f"{prefix}group_observed",
            value=row.observed,
            low=None if none else row.low,
            high=None if none else row.high,
            unit="proportion",
            method="1 - Kaplan-Meier, log-log interval",
            note="no event in the group: no interval" if none else row.reason,
            **where,
        )
