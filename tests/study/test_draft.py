"""The drafted study file: it loads, its guesses are marked, and no patient's values stand in it."""

from __future__ import annotations

import string

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living_article.errors import InputError
from living_article.patients.check import check
from living_article.patients.table_files import TableFile
from living_article.study import load_study
from living_article.study.draft import draft


def patients(n=80) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    frame = {
        "Patient ID": [f"secret{i}" for i in range(n)],
        "Surname": [f"Doe{i}" for i in range(n)],
        "Treatment": rng.permutation(["1", "2"] * (n // 2)),
        "OS months": rng.exponential(20, n).round(2) + 0.01,
        "OS status": rng.choice(["dead", "alive"], n, p=[0.8, 0.2]),
        "age": rng.integers(40, 71, n),
        "ECOG": rng.choice(["0", "1", "2"], n),
        "smoker": rng.choice(["yes", "no"], n),
        "crp": rng.exponential(10, n).round(3),
        "site": rng.choice(["left_lung", "right_lung"], n),
        "response": rng.choice(["CR", "PR", "SD", "PD"], n),
        "remark": [f"canary text {i}" for i in range(n)],
        "empty": "",
        "nausea": rng.choice(["yes", "no"], n),
    }
    table = pd.DataFrame(frame).astype(str)
    table.index = range(1, n + 1)
    return table


LEVELS = {"Treatment": {"1": "Placebo", "2": "Aspirin"}}
LABELS = {"crp": "C-reactive protein (mg/l)", "age": "Age at entry (years)"}


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


def test_grades_of_adverse_events_become_severe_or_not():
    table = patients().assign(**{"Neutropenia grade": ["0", "3", "", "5"] * 20, "nausea": ["yes", "no"] * 40})
    made = draft(TableFile(table, LABELS, LEVELS), "my-trial")
    assert made.content["toxicity"]["groups"]["severe_events"] == {
        "label": "Adverse events of grade 3 or higher", "events": {"Neutropenia grade 3+": "Neutropenia"},
    }  # fmt: skip
    assert made.table["Neutropenia grade 3+"].tolist() == ["0", "yes", "", "yes"] * 20
    assert "Neutropenia_grade" not in made.content["covariates"]
    assert any(remark.startswith("Neutropenia grade 3+: added, yes for grade 3") for remark in made.remarks)


def test_the_event_is_written_as_one_and_zero(made):
    assert (made.table["OS status"] == patients()["OS status"].map({"dead": "1", "alive": "0"})).all()
    assert "event: OS status  # guessed: the copied table has 1 for the event: alive → 0, dead → 1" in made.text


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


def test_dates_are_taken_where_enrolment_and_last_contact_are_known():
    day = [f"2020-01-{i % 28 + 1:02d}" for i in range(80)]
    table = patients().assign(enrolled_on=day, died_on=day, last_contact=day, x_ray_on=day)
    made = draft(TableFile(table), "x")
    assert made.content["dates"] == {"enrolled": "enrolled_on", "last_contact": "last_contact"}
    assert made.content["endpoints"]["os"]["date"] == "died_on"
    assert "x_ray_on: a date that is not analysed" in made.remarks
    assert "2020" not in made.text


def test_progression_lies_within_survival_and_a_new_lesion_is_taken():
    table = patients().assign(pfs_months="0.01", pfs_event="1", new_lesions="no")
    table.loc[1, "new_lesions"] = "yes"
    table.loc[2, "pfs_months"] = "0.005"
    table.loc[3, "pfs_months"] = "0.001"
    made = draft(TableFile(table), "x")
    assert made.content["endpoints"]["pfs"]["within"] == "os"
    assert made.content["response"]["new_lesions"] == {"column": "new_lesions", "yes": "yes"}


def test_the_model_has_no_more_terms_than_events_support():
    table = patients()
    table["OS status"] = ["dead"] * 15 + ["alive"] * 65
    made = draft(TableFile(table), "x")
    assert made.content["model"]["terms"] == ["arm", "age", "smoker"]
    assert "15 events do not support more" in made.comments["model", "terms"]


def test_patients_without_an_id_are_numbered_and_arms_of_yes_and_no_named():
    table = patients().drop(columns="Patient ID").assign(Treatment=["yes", "no"] * 40)
    made = draft(TableFile(table), "x")
    assert made.table["patient"].tolist()[:2] == ["P01", "P02"]
    assert made.content["arms"]["levels"]["yes"]["label"] == "Treatment: yes"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t.iloc[:0], "no patients"),
        (lambda t: t.drop(columns=["OS months"]), "no time column with its event column"),
        (lambda t: t.assign(Treatment=["1", "2", "3", "4"] * 20), "column Treatment: 4 values, and two arms"),
        (lambda t: t[["Patient ID", "OS months", "OS status"]], "no column of two values that could be the arm"),
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
    core = {"id": list("abcdefgh"), "arm": ["x", "y"] * 4, "time": list("12345678"), "event": ["0", "1"] * 4}
    table = pd.DataFrame({**columns, **core, "age": list("23456789")}, index=range(1, 9), dtype=object)
    path = write(tmp_path, draft(TableFile(table), "x"))
    load_study(path)
    for problem in check(path):
        assert len(str(problem).splitlines()) == 1
