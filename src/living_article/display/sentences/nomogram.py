"""Sentences of the nomogram section; every prediction is followed by what it may be used for."""

from __future__ import annotations

from typing import Any

from living_article.display import format, words
from living_article.display.terms import Row, name, singular
from living_article.records import Record, Results
from living_article.study.model import Covariate, Endpoint, Provenance

_BASIS = {
    "reconstructed": "they rest on reconstructed data, not on observed patients",
    "simulated": "they rest on simulated data, not on observed patients",
    "patients": "they have not been validated for decisions about a patient",
}


def ends(private: bool) -> str:
    """Say, with a space before, that the axes of numeric terms do not end at values of single patients, if so."""
    return " Axes end at rounded means of several patients' lowest and highest values." if private else ""


def caution(provenance: Provenance) -> str:
    """Say what a prediction may be used for, by where the patients come from."""
    return f"Predictions are for research use only: {_BASIS[provenance.kind]}."


def span(covariates: list[Covariate], endpoint: Endpoint, results: Results) -> str:
    """Say which term moves the total most, and which least."""
    found = [(c, results.one("points_range", endpoint=endpoint.id, term=c.id).number) for c in covariates]
    found.sort(key=lambda pair: -pair[1])
    widest, others = found[0], found[1:]
    most = format.number(widest[1], "points")
    text = f"Over the values that occur, the widest range of points is {most}, for {name(widest[0])}"
    if not others:
        return f"{text}."
    listed = [name(c, format.number(value, "points")) for c, value in others]
    return f"{text}; the other terms span {words.listed(listed)}."


def figure_alt(covariates: list[Covariate], endpoint: Endpoint, horizons: list[float], results: Results) -> str:
    """Describe the nomogram: its axes and what they show."""
    times = words.listed([f"{h:g}" for h in horizons])
    return (
        f"Nomogram with one axis for each of {words.plural(len(covariates), 'term')}, an axis of total points, "
        f"and axes of {words.lower_first(endpoint.label)} at {times} {endpoint.unit} and of its median. "
        f"{span(covariates, endpoint, results)}"
    )


def printed(rows: list[Row], endpoint: Endpoint, results: Results) -> str:
    """Compare the printed points with the printed hazard ratios: one ratio for all terms, or different ones."""
    ratios = [(row, results.select("printed_points_per_log_hr", endpoint=endpoint.id, term=row.term)) for row in rows]
    found = sorted(((row, records[0].number) for row, records in ratios if records), key=lambda pair: pair[1])
    if len(found) < 2:
        return "The article prints too few points to compare them with its hazard ratios."
    (least, low), (most, high) = found[0], found[-1]
    text = (
        "In a nomogram of a Cox model, one unit of log hazard ratio is worth the same number of points for every term. "
        f"The printed points give {format.number(low, 'points')} ({name(least.covariate)}) to "
        f"{format.number(high, 'points')} ({name(most.covariate)}) for one unit of the printed log hazard ratio"
    )
    against = [name(row.covariate) for row, value in found if value < 0]
    if not against:
        return f"{text}."
    return f"{text}; for {words.listed(against)} they rise where the printed hazard falls."


def printed_ranges(rows: list[Row], endpoint: Endpoint, results: Results, ranges: dict) -> str:
    """Say where a printed axis is longer or shorter than the values that occur; nothing if none is printed."""
    parts, compared = [], False
    for row in rows:
        ends = [ranges.get(row.covariate.id, {}).get(f"range, {end}") for end in ("lowest", "highest")]
        if row.level is not None or None in ends:
            continue
        seen, compared = results.one("observed_range", endpoint=endpoint.id, term=row.covariate.id), True
        if [end.number for end in ends] != [seen.low, seen.high]:
            unit = f" {row.covariate.unit}" if row.covariate.unit else ""
            printed_ends = f"{ends[0].printed} to {ends[1].printed}{unit}"
            parts.append(
                f"of {name(row.covariate)} from {printed_ends}, where {seen.low:g} to {seen.high:g} occur here"
            )
    if not parts:
        return "The printed axes of numeric terms end at the values that occur here." if compared else ""
    return f"The article prints an axis {words.listed(parts)}."


def example(endpoint: Endpoint, horizons: list[float], results: Results, alpha: float) -> str:
    """Describe the synthetic patient and what the model predicts, with intervals."""
    where = {"endpoint": endpoint.id}
    total = format.number(results.one("total_points", **where).value, "points")
    predictions = [results.one("survival_prediction", horizon=h, **where) for h in horizons]
    median = results.one("median_prediction", **where)
    middle = format.estimate(median).split(":")[0]  # of "not reached: …" only the first words
    said = [_prediction(p, h, endpoint, alpha) for p, h in zip(predictions, horizons, strict=True)]
    return (
        "The worked example is a synthetic patient with typical values. "
        f"With {total} points in total, predicted {words.lower_first(endpoint.label)} is {words.listed(said)}; "
        f"predicted median survival is {middle}."
    )


def _prediction(prediction: Record, horizon: float, endpoint: Endpoint, alpha: float) -> str:
    at = f"at {horizon:g} {endpoint.unit}"
    return f"{format.with_interval(prediction, alpha)} {at}" if prediction.value is not None else f"not estimable {at}"


def synthetic(shared: int) -> str:
    """Say whether any patient of the table has the values of the example."""
    if not shared:
        return "No patient of the table has this combination of values."
    return f"{words.plural(shared, 'patient')} of the table share this combination of values."


def value(covariate: Covariate, given: Any) -> str:
    """Return ``30 years``, ``1 lesion`` or ``Male``."""
    if not covariate.numeric:
        return covariate.levels[given]
    unit = covariate.unit or ""
    return f"{given:g} {singular(unit) if given == 1 else unit}".strip()


def table_notes(endpoint: Endpoint, results: Results, printed: bool, caution: str) -> tuple[str, ...]:
    """Return what stands under the table of points."""
    scale = format.number(results.one("points_per_log_hr", endpoint=endpoint.id).value, "points")
    note = f"One unit of log hazard ratio is worth {scale} points for every term."
    beside = "Printed: as in the article's tables; where a level has a range of points, the quotient is of its middle."
    return (note, beside, caution) if printed else (note, caution)
