"""The cohort: eligible, typed, derived; and every kind of bad cell refused with its place."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from living_article.errors import InputError
from living_article.patients.cohort import load_cohort, load_external
from living_article.study import load_study

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("study.yml", "cohort.csv", "external.csv"):
        shutil.copyfile(DATA / name, tmp_path / name)
    return tmp_path


def change(folder: Path, edit) -> None:
    """Edit the cohort table as text."""
    table = pd.read_csv(folder / "cohort.csv", dtype=str, keep_default_na=False)
    edit(table)
    table.to_csv(folder / "cohort.csv", index=False)


def test_shipped_cohort_loads():
    cohort = load_cohort(load_study(DATA / "study.yml"))
    assert len(cohort) == 95
    assert {arm.id: len(cohort.of(arm)) for arm in cohort.study.arms} == {"observation": 55, "control": 40}
    assert cohort.table["age"].dtype == float
    assert set(cohort.table["t_high"]) == {"high", "low"}
    high = cohort.table["ldh"] > 240
    assert (cohort.table["ldh_high"] == high.map({True: "high", False: "low"})).all()


def test_external_needs_only_the_models_columns():
    external = load_external(load_study(DATA / "study.yml"))
    assert len(external) > 0
    assert "best_response" not in external.table.columns
    assert {"t_high", "os_months"} <= set(external.table.columns)


def test_flow_counts_what_each_rule_leaves(folder):
    text = (folder / "study.yml").read_text().replace("at_least: 18", "at_least: 30")
    (folder / "study.yml").write_text(text)
    cohort = load_cohort(load_study(folder / "study.yml"))
    ages = pd.read_csv(folder / "cohort.csv")["age"]
    assert [step.total for step in cohort.flow] == [95, (ages >= 30).sum(), (ages >= 30).sum()]
    assert len(cohort) == cohort.flow[-1].total == sum(cohort.flow[-1].remaining.values())


def set_cell(column, value, row=2):
    def edit(table):
        table.loc[row, column] = value

    return edit


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda t: t.drop(columns="age", inplace=True), "column age: missing column"),
        (set_cell("sex", "m"), "row 3, column sex, value 'm': unknown level; use one of male, female"),
        (set_cell("os_months", "-1"), "row 3, column os_months, value '-1': out of range"),
        (set_cell("os_months", "12,5"), "row 3, column os_months, value '12,5': not a number"),
        (set_cell("os_event", "2"), "row 3, column os_event, value '2': unknown level; use one of 0, 1"),
        (set_cell("pfs_months", "999"), "row 3, column pfs_months, value '999': later than OS of the same patient"),
        (set_cell("age", "7"), "row 3, column age, value '7': out of range"),
        (set_cell("arm", ""), "row 3, column arm, value '': unknown level"),
        (set_cell("enrolled_on", "31.12.2021"), "row 3, column enrolled_on, value '31.12.2021': not a date"),
        (set_cell("best_response", "XX"), "row 3, column best_response, value 'XX': unknown level"),
        (set_cell("metastasis_after_mm", "big"), "row 3, column metastasis_after_mm, value 'big': not a number"),
        (lambda t: t.__setitem__("os_event", "0"), "column os_event: no events; code an event as 1"),
        (lambda t: t.__setitem__("arm", "control"), "column arm, value 'observation': empty arm"),
        (lambda t: t.drop(index=t.index, inplace=True), "no patients"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(folder, edit, expected):
    change(folder, edit)
    with pytest.raises(InputError) as refusal:
        load_cohort(load_study(folder / "study.yml"))
    assert expected in str(refusal.value)
    assert "cohort.csv" in str(refusal.value)


def test_a_repeated_patient_is_refused_without_showing_the_id(folder):
    change(folder, lambda t: t.__setitem__("patient_id", ["P001", *t["patient_id"][:-1]]))
    with pytest.raises(InputError, match="row 2, column patient_id: patient id occurs twice"):
        load_cohort(load_study(folder / "study.yml"))


def test_a_missing_covariate_stays_missing_also_when_derived(folder):
    change(folder, lambda t: (set_cell("ldh", "")(t), set_cell("t_stage", "")(t)))
    row = load_cohort(load_study(folder / "study.yml")).table.loc[2]
    assert row[["ldh", "ldh_high", "t_stage", "t_high"]].isna().all()


def test_no_table(folder):
    (folder / "cohort.csv").unlink()
    with pytest.raises(InputError, match="no such patient table"):
        load_cohort(load_study(folder / "study.yml"))


def test_not_utf8(folder):
    (folder / "cohort.csv").write_bytes("patient_id,arm\nÄ,control\n".encode("latin-1"))
    with pytest.raises(InputError, match="not readable as UTF-8 CSV"):
        load_cohort(load_study(folder / "study.yml"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{id: a, label: A, column: age, at_least: 200}", "no patient is eligible; correct 'eligibility'"),
        (
            "{id: a, label: A, column: arm, among: [control]}",
            "column arm, value 'observation': no patient of this arm is",
        ),
        ("{id: a, label: A, column: os_event, at_most: 0}", "column os_event: no events of eligible patients"),
    ],
)
def test_eligible_patients_who_tell_no_survival_are_refused(folder, rule, expected):
    text = (folder / "study.yml").read_text(encoding="utf-8")
    start = text.index("eligibility:")
    text = f"{text[:start]}eligibility: [{rule}]\n\n{text[text.index('response:') :]}"
    (folder / "study.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_cohort(load_study(folder / "study.yml"))
    assert expected in str(refusal.value)


def test_times_that_are_all_the_same_are_refused(folder):
    change(folder, lambda table: (table.__setitem__("os_months", "30"), table.__setitem__("pfs_months", "3")))
    with pytest.raises(InputError, match="column pfs_months: every patient has the same time"):
        load_cohort(load_study(folder / "study.yml"))
