"""Tables of the validation section: printed values stand beside what was computed."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from living_article.display import format
from living_article.published import PrintedNumber, Published
from living_article.records import Record, Results
from living_article.study.model import Endpoint

NOT_PRINTED = "not printed"
_LOW, _HIGH = ("lower", "lowest"), ("upper", "highest")


def printed_values(
    published: Published, location: str, name: str, horizon: float | None = None, *, any_horizon: bool = False
) -> list[PrintedNumber]:
    """Return the printed numbers of one table that a validation record recomputes.

    ``any_horizon`` is for tests and ranges whose horizon the article does not state: the crosswalk names one of them.
    """
    links = [x for x in published.links if (x.section, x.name) == ("validation", name)]
    kept = (published.number(link.id) for link in links if any_horizon or link.horizon == horizon)
    return [value for value in kept if value.location == location]


def printed(
    published: Published | None, location: str, name: str, horizon: float | None = None, *, any_horizon: bool = False
) -> str:
    """Return the printed value with its printed limits, ``0.80 (0.78 to 0.82)``, or that none is printed."""
    low = high = value = None
    found = printed_values(published, location, name, horizon, any_horizon=any_horizon) if published else []
    for number in found:
        if number.quantity.endswith(_LOW):
            low = number.printed
        elif number.quantity.endswith(_HIGH):
            high = number.printed
        elif number.quantity != "P value":
            value = number.printed
    limits = f"{low} to {high}" if low and high else None
    if value and limits:
        return f"{value} ({limits})"
    return value or limits or NOT_PRINTED


def threshold_range(record: Record) -> str:
    """Return the run of thresholds, or all runs if there are several, or that there is none."""
    if record.note or record.low is None:
        return format.estimate(record) if record.value is None else str(record.note)
    return format.limits(record)


def _frame(rows: dict[str, list[str]], columns: list[str], published: Published | None, head: str) -> pd.DataFrame:
    """Make the table; ``columns`` begins with the printed values, left out for a study that re-tells no article."""
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(head)
    return frame if published else frame.drop(columns=columns[0])


def _at(label: str, horizon: float, endpoint: Endpoint) -> str:
    return f"{label} ({horizon:g} {endpoint.unit})"


def verification(
    endpoint: Endpoint, horizons: Iterable[float], results: Results, published: Published | None, alpha: float
) -> pd.DataFrame:
    """Return the indicators of Table 9: printed, apparent and corrected for optimism."""
    wanted: list[tuple[str, str, float | None]] = [("C-index", "cindex", None), ("Calibration slope", "slope", None)]
    for label, name in (
        ("Time-dependent AUC", "auc"),
        ("Brier score", "brier"),
        ("Scaled Brier score, %", "brier_scaled"),
        ("ICI", "ici"),
    ):
        wanted += [(_at(label, horizon, endpoint), name, horizon) for horizon in horizons]
    rows = {}
    for label, name, horizon in wanted:
        apparent, corrected = (results.one(f"{name}_{stage}", horizon=horizon) for stage in ("apparent", "corrected"))
        at = [found for stage in ("apparent", "corrected") if (found := _stage(published, name, stage, horizon))]
        rows[label] = [at[0] if at else NOT_PRINTED, format.cell(apparent), format.cell(corrected)]
    interval = f"({format.level(alpha)} CI)"
    return _frame(rows, ["Printed", f"Apparent {interval}", f"Corrected {interval}"], published, "Indicator")


def _stage(published: Published | None, name: str, stage: str, horizon: float | None) -> str | None:
    """Return what Table 9 prints for one stage of a measure, None if nothing."""
    found = printed(published, "Table 9", f"{name}_{stage}", horizon)
    return None if found == NOT_PRINTED else found


def internal(
    endpoint: Endpoint, horizons: Iterable[float], results: Results, published: Published | None, alpha: float
) -> pd.DataFrame:
    """Return the metrics of Table 10: mean C over replicates, calibration test, thresholds with a net benefit."""
    rows = {
        "Mean C-index, replicates in the original patients": [
            printed(published, "Table 10", "cindex_test"),
            format.cell(results.one("cindex_test")),
        ],
        "Mean C-index, replicates in their own samples": [NOT_PRINTED, format.cell(results.one("cindex_training"))],
        "C-index, corrected for optimism": [NOT_PRINTED, format.cell(results.one("cindex_corrected"))],
    }
    for horizon in horizons:
        test = calibration_test(results, "calibration_test", horizon)
        rows[_at("Calibration test", horizon, endpoint)] = [_printed_test(published), test]
    for quantity, label in (("mean", "Mean"), ("q90", "90th percentile of the")):
        for horizon in horizons:
            record = results.one(f"calibration_error_{quantity}_corrected", horizon=horizon)
            rows[_at(f"{label} calibration error, corrected", horizon, endpoint)] = [NOT_PRINTED, format.cell(record)]
    for name, label in (("net_benefit_useful", "above treat all and treat none"), ("net_benefit_positive", "above 0")):
        beside = printed(published, "Table 10", name, any_horizon=True)
        for stage, known in (("", beside), ("_corrected", NOT_PRINTED)):
            about = f"Thresholds with net benefit {label}{stage.replace('_', ', ')}"
            for horizon in horizons:
                shown = threshold_range(results.one(f"{name}{stage}", horizon=horizon))
                rows[_at(about, horizon, endpoint)] = [known, shown]
    return _frame(rows, ["Printed", f"Recomputed ({format.level(alpha)} interval)"], published, "Metric")


def calibration_test(results: Results, name: str, horizon: float) -> str:
    """Return χ², degrees of freedom and P of the calibration test at a horizon, or why there is none."""
    test = results.one(name, horizon=horizon)
    if test.p is None:
        return str(test.note)
    df = format.count(results.one(f"{name}_df", horizon=horizon).value)
    return f"χ² = {format.number(test.value, 'ratio')}, {df} df, {format.p_equals(test.p)}"


def _printed_test(published: Published | None) -> str:
    """Return the printed χ², P and degrees of freedom of the Hosmer-Lemeshow test."""
    if published is None:
        return NOT_PRINTED
    by = {v.quantity: v for v in printed_values(published, "Table 10", "calibration_test", any_horizon=True)}
    if not {"chi-square statistic", "P value"} <= set(by):
        return NOT_PRINTED
    degrees = published.rows("Table 10", quantity="degrees of freedom")
    df = f", {degrees[0].printed} df" if degrees else ""
    return f"χ² = {by['chi-square statistic'].printed}{df}, P = {by['P value'].printed} (Hosmer–Lemeshow)"


def external(
    endpoint: Endpoint, horizons: Iterable[float], results: Results, published: Published | None, alpha: float
) -> pd.DataFrame:
    """Return the metrics of Table 11: the model, unchanged, in the external cohort."""
    rows = {}
    for label, name in (("C-index", "external_cindex"), ("Calibration slope", "external_slope")):
        rows[label] = [printed(published, "Table 11", name), format.cell(results.one(name))]
    for label, name in (
        ("Observed / expected", "observed_expected"),
        ("Time-dependent AUC", "auc"),
        ("Brier score", "brier"),
        ("Scaled Brier score, %", "brier_scaled"),
        ("ICI", "ici"),
    ):
        for horizon in horizons:
            record = results.one(f"external_{name}", horizon=horizon)
            beside = printed(published, "Table 11", f"external_{name}", horizon)
            rows[_at(label, horizon, endpoint)] = [beside, format.cell(record)]
    for horizon in horizons:
        test = calibration_test(results, "external_calibration_test", horizon)
        rows[_at("Calibration test", horizon, endpoint)] = [NOT_PRINTED, test]
    for name, label in (("net_benefit_useful", "above treat all and treat none"), ("net_benefit_positive", "above 0")):
        for horizon in horizons:
            beside = printed(published, "Table 11", f"external_{name}", any_horizon=True)
            shown = threshold_range(results.one(f"external_{name}", horizon=horizon))
            rows[_at(f"Thresholds with net benefit {label}", horizon, endpoint)] = [beside, shown]
    return _frame(rows, ["Printed", f"Recomputed ({format.level(alpha)} CI)"], published, "Metric")


def optimism(endpoint: Endpoint, horizons: Iterable[float], results: Results) -> pd.DataFrame:
    """Return the columns of ``rms::validate``: apparent, training, test, optimism, corrected."""
    wanted: list[tuple[str, str, float | None]] = [("C-index", "cindex", None), ("Calibration slope", "slope", None)]
    for label, name in (("AUC", "auc"), ("Brier score", "brier"), ("ICI", "ici")):
        wanted += [(_at(label, horizon, endpoint), name, horizon) for horizon in horizons]
    stages = ("apparent", "training", "test", "optimism", "corrected")
    rows = {
        label: [format.estimate(results.one(f"{name}_{stage}", horizon=horizon), bare=True) for stage in stages]
        for label, name, horizon in wanted
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=[s.capitalize() for s in stages]).rename_axis("Measure")


def risk_groups(cohorts: dict[str, str], endpoint: Endpoint, results: Results, alpha: float) -> pd.DataFrame:
    """Return patients, predicted and observed risk by risk group; ``cohorts`` maps a prefix of records to a label."""
    rows = {}
    for prefix, label in cohorts.items():
        for predicted in results.select(f"{prefix}group_predicted"):
            where = {"horizon": predicted.horizon, "group": predicted.group}
            about = f"{label}, {predicted.horizon:g} {endpoint.unit}, group {predicted.group}"
            rows[about] = [
                format.counted(results.one(f"{prefix}group_patients", **where)),
                format.counted(results.one(f"{prefix}group_events", **where)),
                format.estimate(predicted, bare=True),
                format.cell(results.one(f"{prefix}group_observed", **where)),
            ]
    columns = ["Patients", "Events", "Predicted risk, %", f"Observed risk, % ({format.level(alpha)} CI)"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Cohort, horizon, risk group")
