"""What stops the analysis: all of it told at once, each with place and remedy, nothing else of the row shown."""

from __future__ import annotations

import pandas as pd
import pytest

from living_article.patients.cells import Cells
from living_article.patients.problems import errors
from living_article.patients.table_files import TableFile

from . import small_trial

STUDY = (
    small_trial.STUDY
    + """\
dates: {enrolled: begun, last_contact: seen}
covariates:
  age: {label: Age, kind: continuous, minimum: 18, maximum: 100}
  sex: {label: Sex, kind: categorical, reference: f, levels: {m: Male, f: Female}}
baseline: [age, sex]
eligibility: [{id: fit, label: Fit, column: score, at_most: 2}]
"""
)
GOOD = pd.DataFrame(
    {
        **small_trial.OUTCOMES,
        "pt": ["5", "12", "12.0", "2"],
        "sex": ["m", "f", "", "m"],
        "score": ["1", "0", "2", "3"],
    },
    index=[1, 2, 3, 4],
)


def told(study, table, **kwargs) -> list[str]:
    return [str(error) for error in errors(study, Cells(study.table, TableFile(table), study.patient), **kwargs)]


def with_cell(row, column, value):
    table = GOOD.copy()
    table.loc[row, column] = value
    return table


def test_a_good_table_has_no_problems(study):
    assert told(study, GOOD) == []


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("arm", "New", "row 3, column arm, value 'New': unknown level; write new"),
        ("arm", "new ", "row 3, column arm, value 'new ': stray space; write new"),
        ("sex", "NA", "row 3, column sex, value 'NA': unknown level; leave the cell empty if the value is missing"),
        ("age", "61,5", "row 3, column age, value '61,5': not a number, decimal comma; write a decimal point, 61.5"),
        ("age", " 61", "row 3, column age, value ' 61': stray space; write 61"),
        ("age", "NaN", "row 3, column age, value 'NaN': not a number; leave the cell empty if the value is missing"),
        ("age", "17.9", "row 3, column age, value '17.9': out of range; the study file allows 18 to 100"),
        ("ot", "", "row 3, column ot, value '': not a number, value missing; complete it or leave the patient out"),
        ("ot", "inf", "row 3, column ot, value 'inf': not a number; use digits with a decimal point"),
        ("oe", "1.0", "row 3, column oe, value '1.0': unknown level; use one of 0, 1"),
        ("score", "good", "row 3, column score, value 'good': not a number; use digits with a decimal point"),
        ("pt", "12.5", "row 3, column pt, value '12.5': later than OS of the same patient; correct one of the two"),
        ("seen", "2019-12-31", "row 3, column seen, value '2019-12-31': earlier than begun of the same patient"),
        ("died", "31.12.2021", "row 3, column died, value '31.12.2021': not a date; write year-month-day"),
        (
            "sex",
            "\udce4",
            "row 3, column sex, value 'ä': not readable as UTF-8 CSV; save the whole file as 'CSV UTF-8'",
        ),
    ],
)
def test_a_bad_cell(study, column, value, expected):
    assert any(expected in line for line in told(study, with_cell(3, column, value)))


def test_dates_in_the_wrong_order(study):
    table = with_cell(1, "grew", "2021-02-01")
    assert [line for line in told(study, table) if "row 1" in line] == [
        f"{study.table}, row 1, column grew, value '2021-02-01': later than died of the same patient; correct one of the two"
    ]


def test_everything_is_told_at_once_and_missing_columns_do_not_hide_the_rest(study):
    table = with_cell(2, "age", "old").drop(columns=["sex", "seen"]).rename(columns={"ot": "OT"})
    lines = told(study, table)
    assert len(lines) == 4
    assert "column sex: missing column; add it" in " ".join(lines)
    assert "column ot: missing column; the table calls it 'OT'; rename it" in " ".join(lines)
    assert "row 2, column age" in lines[-1]


def test_patient_ids_are_never_shown(study):
    table = with_cell(3, "id", "k1")
    table.loc[4, "id"] = "k\udce4"
    table.loc[2, "id"] = ""
    lines = told(study, table)
    assert [line.split("column ")[1].split(";")[0] for line in lines] == [
        "id: not readable as UTF-8 CSV",
        "id: patient id missing",
        "id: patient id occurs twice",
    ]
    assert not any("k1" in line or "kä" in line for line in lines)
    assert "row 1 has it too" in lines[2]


def test_arms_and_events(study):
    lines = told(study, GOOD.assign(arm="new", pe="0"))
    assert any("column arm, value 'old': empty arm" in line for line in lines)
    assert any("column pe: no events; code an event as 1" in line for line in lines)
    assert told(study, GOOD.iloc[:0]) == [f"{study.table}: no patients; add at least one row per arm"]


def test_another_table_is_told_in_one_line(study):
    (line,) = told(study, GOOD.rename(columns=lambda name: f"x_{name}"))
    assert ": none of the 13 columns of the study file; let the first row hold the column names" in line


def test_the_external_table_needs_no_dates(study):
    assert told(study, GOOD.drop(columns=["begun", "grew", "died", "seen", "age"]), external=True) == []
