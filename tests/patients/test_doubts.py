"""What looks wrong although it can be analysed."""

from __future__ import annotations

import pandas as pd
import pytest

from living_article.patients.cells import Cells
from living_article.patients.doubts import doubts
from living_article.patients.table_files import TableFile

from . import small_trial

STUDY = (
    small_trial.STUDY
    + """\
dates: {enrolled: begun, last_contact: seen, accrual: [2020-01-01, 2020-12-31], cutoff: 2022-12-31}
covariates: {age: {label: Age, kind: continuous}}
baseline: [age]
toxicity: {present: "yes", groups: {any: {label: Any, events: {nausea: Nausea, rash: Rash}}}}
descriptions: {lesions: {label: Lesions, kind: count, minimum: 0}}
"""
)
GOOD = pd.DataFrame(
    {
        **small_trial.OUTCOMES,
        "nausea": ["yes", "no", "", "no"],
        "rash": ["no", "no", "yes", "no"],
        "lesions": ["1", "2", "", "3"],
        "note": ["", "-", "+++", "a < b"],
    },
    index=[1, 2, 3, 4],
)


def told(study, table, **kwargs) -> list[str]:
    return [str(doubt) for doubt in doubts(study, Cells(study.table, TableFile(table), study.patient), **kwargs)]


def test_a_good_table_raises_no_doubt(study):
    assert told(study, GOOD) == []


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (3, "note", "=SUM(A1)", "value '=SUM(A1)': text that a spreadsheet would run as a formula"),
        (3, "note", "+1+1", "formula"),
        (3, "note", "-x", "formula"),
        (3, "note", "@x", "formula"),
        (3, "note", "<img src=x onerror=y", "text that looks like HTML"),
        (3, "note", "</p>", "text that looks like HTML"),
        (3, "note", "fish &amp; chips", "text that looks like HTML"),
        (3, "note", " ok", "stray space"),
        (3, "note", "ok\u200b", "stray space"),
        (3, "note", "JÃ¼rgen", "letters garbled by a wrong encoding"),
        (3, "note", "J\ufffdrgen", "letters garbled by a wrong encoding"),
        (3, "nausea", "Yes", "value 'Yes': unknown level; write yes"),
        (3, "rash", "grade 2", "unknown level; use one of yes, no"),
        (3, "lesions", "-1", "out of range"),
        (3, "begun", "2019-12-31", "value '2019-12-31': outside the accrual window of the study file"),
        (3, "seen", "2023-01-01", "value '2023-01-01': after the cut-off of the study file"),
        (1, "ot", "9", "value '9': the time differs from the dates by more than rounding (months)"),
        (3, "ot", "9", "the time differs from the dates"),
        (3, "pt", "15", "the time differs from the dates"),
        (2, "pt", "9", "the time differs from the dates"),
        (3, "died", "2021-01-01", "value '2021-01-01': a date although oe is not 1"),
        (1, "died", "", "no date although oe is 1"),
    ],
)
def test_one_line_for_a_doubtful_cell(study, row, column, value, expected):
    table = GOOD.copy()
    table.loc[row, column] = value
    lines = told(study, table)
    place = f"row {row}, column {column}"
    assert any(place in line and expected in line for line in lines)
    assert all(f"row {row}, " in line for line in lines)


@pytest.mark.parametrize("value", ["-5", "+3.2", "-", "++", "<5", "< LOD", "São", "R&D", "1 < 2 > 0", "a = b"])
def test_ordinary_clinical_text_is_no_doubt(study, value):
    assert told(study, GOOD.assign(note=value)) == []


def test_names_of_columns_are_read_too_and_ids_are_not_shown(study):
    table = GOOD.rename(columns={"note": "<b>note</b>"})
    table.loc[1, "id"] = "=secret"
    lines = told(study, table)
    assert any("column <b>note</b>: text that looks like HTML in the column's name" in line for line in lines)
    assert any("row 1, column id: text that a spreadsheet would run as a formula" in line for line in lines)
    assert not any("secret" in line for line in lines)


def test_rounded_times_and_months_of_thirty_days_agree_with_the_dates(study):
    days = 366
    for months in (round(days / 30.4375, 1), round(days / 30, 2), days // 30.4375, 12):
        assert told(study, GOOD.assign(ot=["12", "12", f"{months}", "12"])) == []


def test_a_table_without_dates_is_not_asked_for_them(study):
    assert told(study, GOOD.drop(columns=["begun", "seen", "died", "grew"]), external=True) == []
