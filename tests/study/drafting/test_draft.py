"""The drafted study file: it loads, its guesses are marked, and no patient's values stand in it."""

from __future__ import annotations

import string

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living_article.errors import InputError
from living_article.patients.check import check
from living_article.patients.table_files import TableFile
from living_article.study import load_study
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import LABELS, LEVELS, patients


@pytest.fixture
def made():
    return draft(TableFile(patients(), LABELS, LEVELS), "my-trial")


def write(folder, made):
    (folder / "study.yml").write_text(made.text, encoding="utf-8")
    made.table.to_csv(folder / "cohort.csv", index=False)
    return folder / "study.yml"


def test_the_draft_loads_and_passes_the_check(tmp_path, made):
    path = write(tmp_path, made)
    assert [str(problem) for problem in check(path)] == []
    study = load_study(path)
    assert study.patient == "Patient ID"
    assert [(arm.id, arm.label) for arm in study.arms] == [("2", "Aspirin"), ("1", "Placebo")]
    assert study.primary.unit == "months" and study.primary.id == "os"
    assert study.response.objective == ("CR", "PR")
    assert study.toxicity[0].events == {"nausea": "Nausea"}
    kinds = {c.id: c.kind for c in study.covariates.values()}
    assert kinds == {
        "age": "continuous",
        "ECOG": "ordinal",
        "smoker": "categorical",
        "crp": "continuous",
        "site": "categorical",
    }
    assert (study.covariates["age"].label, study.covariates["age"].unit) == ("Age at entry", "years")
    assert study.covariates["smoker"].reference == "no"
    assert study.covariates["site"].levels["left_lung"] == "Left lung"


def test_guesses_are_marked_on_their_line(made):
    for line in ("column: Treatment", "reference: '1'", "primary: os", "horizons: ", "terms: ", "patient: "):
        (found,) = [text for text in made.text.splitlines() if text.strip().startswith(line)]
        assert "# guessed: " in found, line


def test_no_values_of_patients_stand_in_the_study_file(made):
    table = patients()
    for canary in ("secret", "Doe", "canary"):
        assert canary not in made.text
    content = yaml.safe_load(made.text)
    assert not set(map(str, _leaves(content))) & set(table["crp"])
    assert "Surname" not in made.table.columns
    assert "Surname: not copied, it may tell who a patient is" in made.remarks
    assert any(remark.startswith("remark: not analysed, text with too many") for remark in made.remarks)
    assert "empty: not analysed, it is empty" in made.remarks


def _leaves(content):
    if isinstance(content, dict):
        return [leaf for value in content.values() for leaf in _leaves(value)]
    return [leaf for value in content for leaf in _leaves(value)] if isinstance(content, list) else [content]


def test_patients_without_an_id_are_numbered_and_arms_of_yes_and_no_named():
    table = patients().drop(columns="Patient ID").assign(Treatment=["yes", "no"] * 40)
    made = draft(TableFile(table), "x")
    assert made.table["patient"].tolist()[:2] == ["P01", "P02"]
    assert made.content["arms"]["levels"]["yes"]["label"] == "Treatment: yes"


def test_no_value_of_an_identifying_column_is_told():
    made = draft(TableFile(patients().assign(Surname=["Doe", "DOE", "Roe", "Roe"] * 20)), "x")
    assert not any("Doe" in remark or "DOE" in remark for remark in made.remarks)


def test_codes_of_arms_without_labels_are_asked_for():
    made = draft(TableFile(patients()), "x")
    assert "levels:  # to decide: what 1 and 2 stand for" in made.text
    assert "'1': {label: 'Treatment: 1'}" in made.text
    assert "to decide: what 1" not in draft(TableFile(patients(), {}, LEVELS), "x").text


def test_what_was_left_out_in_reading_is_told():
    table = patients()
    table.loc[81] = ["Total", *[""] * (len(table.columns) - 2), "5"]
    made = draft(TableFile(table, remarks=("only the first worksheet was read",)), "x")
    assert made.remarks[:2] == ["only the first worksheet was read", "row 81: left out, 'Total' is no patient"]
    assert len(made.table) == 80


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t.iloc[:0], "no patients"),
        (
            lambda t: t.assign(**{"Patient ID": [f"s{i // 2}" for i in range(80)]}),
            "row 2, column Patient ID: the patient of an earlier row again, 40 values in 80 rows",
        ),
        (lambda t: t.drop(columns=["OS months"]), "no time column with its event column"),
        (
            lambda t: t.assign(Treatment=["1", "2", "3", "4"] * 20),
            "column Treatment: 4 values, 1, 2, 3, 4, and two arms",
        ),
        (lambda t: t[["Patient ID", "OS months", "OS status"]], "no column is named like a treatment"),
        (lambda t: t[["Treatment", "OS months", "OS status"]], "no column is left that could be a covariate"),
    ],
)
def test_what_cannot_be_drafted_is_said(change, expected):
    with pytest.raises(InputError) as refusal:
        draft(TableFile(change(patients())), "x", "t.csv")
    assert expected in str(refusal.value)
    assert "t.csv" in str(refusal.value)


NAMES = st.text(string.ascii_letters + " _.#:'\"[]{}\n<>%ä", min_size=1, max_size=12)
VALUES = st.lists(
    st.sampled_from(["", "a", "b: c", "1", "2.5", "NA", "#x", "- y", "no", "<b>", "1,5", "ä", "{"]),
    min_size=8,
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_further_columns_leave_a_study_file_that_loads(tmp_path, columns):
    core = {"id": list("abcdefgh"), "arm": ["x", "y"] * 4, "time_months": list("12345678"), "event": ["0", "1"] * 4}
    table = pd.DataFrame({**columns, **core, "age": list("23456789")}, index=range(1, 9), dtype=object)
    path = write(tmp_path, draft(TableFile(table), "x"))
    load_study(path)
    for problem in check(path):
        assert len(str(problem).splitlines()) == 1
