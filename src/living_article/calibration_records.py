"""Risk groups of a calibration plot as records."""

from __future__ import annotations

import pandas as pd

from living_article.records import Results
from living_article.study.model import Endpoint


def add_groups(results: Results, prefix: str, table: pd.DataFrame, endpoint: Endpoint, horizon: float) -> None:
    """Add patients, events, predicted and observed risk of each row of `calibration.grouped`."""
    for row in table.itertuples():
        where = {"endpoint": endpoint.id, "horizon": horizon, "group": str(row.group)}
        results.add(f"{prefix}group_patients", value=row.n, unit="patients", **where)
        results.add(f"{prefix}group_events", value=row.events, unit="events", **where)
        results.add(f"{prefix}group_predicted", value=row.predicted, unit="proportion", **where)
        results.add(
            f"{prefix}group_observed",
            value=row.observed,
            low=row.low,
            high=row.high,
            unit="proportion",
            method="1 - Kaplan-Meier, log-log interval",
            note=row.reason,
            **where,
        )
