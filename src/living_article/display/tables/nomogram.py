"""Tables of the nomogram section."""

from __future__ import annotations

import pandas as pd

from living_article.display import format
from living_article.display.printed_points import PrintedPoints
from living_article.display.sentences.nomogram import value
from living_article.display.tables.cox import NOTHING
from living_article.display.terms import Row
from living_article.records import Results
from living_article.study.model import Covariate, Endpoint


def points(rows: list[Row], endpoint: Endpoint, results: Results, printed: PrintedPoints) -> pd.DataFrame:
    """Return one row a level or numeric term: points, and the printed points where there are any."""
    columns = ["Points"]
    columns += ["Printed points", "Printed points per printed log hazard ratio"] if printed else []
    found = {}
    for row in rows:
        label, cells = _points(row, endpoint, results)
        if printed:
            cells += [printed.cell(row) or NOTHING, _per_log_ratio(row, endpoint, results)]
        found[label] = cells
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("Covariate")


def _points(row: Row, endpoint: Endpoint, results: Results) -> tuple[str, list[str]]:
    """Return label and points: of a level one number, of a numeric term those of its observed ends."""
    where = {"endpoint": endpoint.id}
    if row.level is not None:
        return row.label, [format.estimate(results.one("points", term=row.level_term, **where))]
    covariate = row.covariate
    seen = results.one("observed_range", term=covariate.id, **where)
    ends = results.one("points_range", term=covariate.id, **where)
    first, last = (format.number(end, "points") for end in (ends.low, ends.high))
    if results.one("points", term=covariate.id, **where).number < 0:
        first, last = last, first
    unit = f" {covariate.unit}" if covariate.unit else ""
    return f"{covariate.label}: {seen.low:g} to {seen.high:g}{unit}", [f"{first} to {last}"]


def _per_log_ratio(row: Row, endpoint: Endpoint, results: Results) -> str:
    found = [] if row.reference else results.select("printed_points_per_log_hr", endpoint=endpoint.id, term=row.term)
    return format.estimate(found[0]) if found else NOTHING


def example(
    covariates: list[Covariate],
    values: dict[str, object],
    endpoint: Endpoint,
    horizons: list[float],
    results: Results,
    alpha: float,
) -> pd.DataFrame:
    """Return the worked example: value and points of each term, the total, and what is predicted from it."""
    where = {"endpoint": endpoint.id}
    found = {}
    for covariate in covariates:
        given = results.one("example_points", term=covariate.id, **where)
        found[covariate.label] = [value(covariate, values[covariate.id]), format.estimate(given)]
    found["Total points"] = [NOTHING, format.estimate(results.one("total_points", **where))]
    found["Linear predictor"] = [format.estimate(results.one("linear_predictor", **where)), NOTHING]
    for horizon in horizons:
        prediction = results.one("survival_prediction", horizon=horizon, **where)
        label = f"Predicted {endpoint.short} at {horizon:g} {endpoint.unit}, % ({format.level(alpha)} CI)"
        found[label] = [format.cell(prediction), NOTHING]
    median = results.one("median_prediction", **where)
    found[f"Predicted median {endpoint.short}, {endpoint.unit}"] = [format.estimate(median, bare=True), NOTHING]
    return pd.DataFrame.from_dict(found, orient="index", columns=["Value", "Points"]).rename_axis("Term")
