"""The page of a sweep: a specification curve of one record, what moves it most, and every run in a table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from living_article.display import format, theme, words
from living_article.display.figures.specification_curve import Curve, specification_curve
from living_article.display.report import Report
from living_article.patients.subset import EXPLORATORY
from living_article.statistics.variance_shares import variance_shares

RATIOS = ("hazard ratio", "odds ratio", "ratio")
DIFFERENCES = ("risk difference", "coefficient")
_MOST_CHOICES = 12


def sweep_page(
    title: str, rows: pd.DataFrame, choices: dict[str, list[str]], failed: dict[int, str], badges: list[str]
) -> str:
    """Return the page.

    Parameters
    ----------
    rows
        The record compared, one row a run: run, value, low, high, p, unit, note, level (its significance level),
        patients (its badge, which says that a part is exploratory), and one column of text a choice. Empty if no run
        has that record.
    choices
        The values of every parameter, in the order shown.
    failed
        Why runs failed, by number.
    badges
        Where the patients come from.
    """
    report = Report(title)
    report.text(" ".join(dict.fromkeys(f"{badge}." for badge in badges)))
    there = rows[rows["value"].notna()] if len(rows) else rows
    if len(there):
        _results(report, rows, there, choices)
    else:
        report.text("No run has a value of the record asked for.")
    if failed:
        report.heading("Runs that failed")
        reasons = pd.DataFrame({"Reason": list(failed.values())}, index=[f"#{number}" for number in failed])
        report.table(reasons.rename_axis("Run"), f"{words.plural(len(failed), 'run')} failed")
    return report.html()


def _results(report: Report, rows: pd.DataFrame, there: pd.DataFrame, choices: dict[str, list[str]]) -> None:
    unit = there["unit"].iloc[0]
    finding = spread(there, unit)
    report.text(finding)
    if some := int(_part(there).sum()):
        each = (
            "is of a part of the patients and exploratory"
            if some == 1
            else ("are of a part of the patients and exploratory")
        )
        finding = f"{finding} {some} of them, marked in the drawing and the table, {each}."
    theme.use()
    report.figure(_curve(there, choices, unit, report.title), finding, f"Specification curve. {finding}")
    varied = {name: values for name, values in choices.items() if len(values) > 1}
    if 0 < len(varied) <= _MOST_CHOICES:
        report.heading("What matters most")
        report.table(_shares(there, varied, unit), "Share of the variance over runs that goes with each parameter")
    report.heading("All runs")
    report.table(_runs(rows, varied), f"{len(rows)} runs")


def _part(rows: pd.DataFrame) -> pd.Series:
    """Return which runs are of a part of the patients, as their badge says."""
    if "patients" not in rows:
        return pd.Series(False, index=rows.index)
    return rows["patients"].fillna("").str.contains(EXPLORATORY, regex=False)


def spread(rows: pd.DataFrame, unit: str | None) -> str:
    """Say over how many runs the value ranges, and from what to what."""
    values = rows["value"].astype(float)
    low, middle, high = (format.number(v, unit) for v in (values.min(), values.median(), values.max()))
    if values.min() == values.max():
        return f"All {len(values)} runs give {low}."
    return f"Over {words.plural(len(values), 'run')} the value ranges from {low} to {high} (median {middle})."


def _curve(rows: pd.DataFrame, choices: dict[str, list[str]], unit: str | None, title: str):
    drawn = rows.assign(default=rows["run"] == rows["run"].min(), part=_part(rows))
    numbers = ["value", "low", "high", "p"]
    drawn[numbers] = drawn[numbers].astype(float)
    levels = rows["level"].dropna().unique()
    if len(levels) != 1:  # a significance level of its own for each run: intervals decide
        drawn["p"] = np.nan
    null = 1.0 if unit in RATIOS else 0.0 if unit in DIFFERENCES else None
    log = unit in RATIOS and bool((drawn["value"] > 0).all())
    label = f"Value{f' ({unit})' if unit else ''}"
    alpha = float(levels[0]) if len(levels) == 1 else 0.05
    words_used = {"noun": "runs", "default": "First run"}
    return specification_curve(
        [Curve(title, drawn)], choices, label=label, null=null, log=log, alpha=alpha, **words_used
    )


def _shares(rows: pd.DataFrame, choices: dict[str, list[str]], unit: str | None) -> pd.DataFrame:
    values = rows["value"].astype(float)
    values = np.log(values) if unit in RATIOS and (values > 0).all() else values
    shares = sorted(variance_shares(rows[list(choices)], values).items(), key=lambda item: -item[1])
    cells = [[str(len(choices[name])), format.number(share, "proportion")] for name, share in shares]
    frame = pd.DataFrame(cells, index=[name for name, _ in shares], columns=["Values", "Share of variance"])
    return frame.rename_axis("Parameter")


def _runs(rows: pd.DataFrame, choices: dict[str, list[str]]) -> pd.DataFrame:
    cells = {}
    for row, part in zip(rows.to_dict("records"), _part(rows), strict=True):
        number = {name: row[name] for name in ("value", "low", "high") if pd.notna(row[name])}
        value = format.number(row["value"], row["unit"]) if "value" in number else str(row["note"])
        ends = (format.number(number[end], row["unit"], bare=True) if end in number else "–" for end in ("low", "high"))
        p = "–" if pd.isna(row["p"]) else format.p_value(row["p"])
        cells[f"#{row['run']}{f' ({EXPLORATORY})' if part else ''}"] = [
            *(row[name] for name in choices),
            value,
            " to ".join(ends),
            p,
        ]
    columns = [*choices, "Value", "Interval", "P"]
    return pd.DataFrame.from_dict(cells, orient="index", columns=columns).rename_axis("Run")
