"""Whether the patients support the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from living_article.patients.cohort import assemble
from living_article.patients.support import unsupported
from living_article.study import load_study

LEVELS = {"low": "Low", "mid": "Mid", "high": "High"}
STUDY = {
    "schema": 1,
    "id": "small",
    "title": "A small trial",
    "population": "invented patients",
    "provenance": {"kind": "simulated", "badge": "Invented"},
    "table": "patients.csv",
    "patient": "id",
    "arms": {"column": "arm", "reference": "old", "levels": {"new": {"label": "New"}, "old": {"label": "Old"}}},
    "endpoints": {
        "os": {"label": "OS", "short": "OS", "time": "t", "event": "e", "unit": "months", "event_label": "death"}
    },
    "primary": "os",
    "horizons": [12],
    "covariates": {
        "age": {"label": "Age", "kind": "continuous"},
        "months_old": {"label": "Age in months", "kind": "continuous"},
        "dose": {"label": "Dose", "kind": "ordinal", "reference": "low", "levels": LEVELS},
        "high": {
            "label": "High dose",
            "kind": "categorical",
            "reference": "no",
            "levels": {"yes": "Yes", "no": "No"},
            "derive": {"from": "dose", "map": {"low": "no", "mid": "no", "high": "yes"}},
        },
    },
    "baseline": ["age", "dose"],
    "model": {"endpoint": "os", "terms": ["arm", "age", "dose"]},
}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path


def patients(n=60) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    age = rng.integers(20, 80, n)
    frame = {
        "id": range(n),
        "arm": ["new", "old"] * (n // 2),
        "t": rng.exponential(10, n).round(2),
        "e": [1, 0] * (n // 2) if n < 20 else 1,
        "age": age,
        "months_old": age * 12 + rng.integers(0, 12, n),
        "dose": rng.choice(list(LEVELS), n),
    }
    return pd.DataFrame(frame).astype(str)


def told(folder, table, **changes) -> list[str]:
    (folder / "study.yml").write_text(yaml.safe_dump(STUDY | changes, sort_keys=False))
    study = load_study(folder / "study.yml")
    return [str(problem) for problem in unsupported(assemble(study, table, study.provenance), study.table)]


def model(*terms):
    return {"model": {"endpoint": "os", "terms": list(terms)}}


def test_enough_patients_of_every_kind(folder):
    assert told(folder, patients()) == []


def test_constant_and_empty_covariates(folder):
    lines = told(folder, patients().assign(age="50", dose=""))
    assert [line.split("column ")[1].split(";")[0] for line in lines[:-1]] == [
        "age, value '50': constant, every patient has this value",
        "dose: no patient has a value",
        "high: no patient has a value",
    ]
    assert "no patient has a value for every covariate of the model" in lines[-1]
    assert "remove the covariate age from the study file" in lines[0]


def test_collinear_covariates_are_named_with_what_they_follow_from(folder):
    (line,) = told(folder, patients(), **model("arm", "age", "months_old", "dose"))
    assert "column months_old: collinear: months_old follows from the other covariates of the model, age above" in line
    (line,) = told(folder, patients(), **model("age", "dose", "high"))
    assert "column dose: collinear: high follows" in line
    assert line.endswith("keep high or dose, not both")


def test_a_level_without_patients(folder):
    table = patients()
    table["dose"] = table["dose"].replace("mid", "low")
    (line,) = told(folder, table)
    assert "column dose, value 'mid': no eligible patient has this level" in line


def test_a_level_without_events(folder):
    table = patients()
    table["e"] = (table["dose"] != "mid").astype(int).astype(str)
    (line,) = told(folder, table)
    assert "column dose, value 'mid': no patient with this level of the model has an event; remove dose from" in line
    table["e"] = (table["arm"] == "new").astype(int).astype(str)
    assert any(
        "column arm, value 'old': no patient with this level of the model" in line for line in told(folder, table)
    )


def test_horizons_outside_the_follow_up(folder):
    early, late = told(folder, patients(), horizons=[0.0001, 12, 900])
    assert "study.yml: horizons: at 0.0001 months no event has happened yet; name times within the follow-up" in early
    assert "study.yml: horizons: at 900 months no patient is followed any more" in late


def test_more_coefficients_than_events_support(folder):
    table = patients().assign(e=["1"] * 19 + ["0"] * 41)
    (line,) = told(folder, table)
    assert "column e: 19 events for the 4 coefficients of the model, more than they support" in line
    assert "keep at most 3 coefficients" in line
    assert told(folder, table, **model("arm", "age")) == []
    assert told(folder, table.assign(e=["1"] * 20 + ["0"] * 40)) == []


def test_nobody_is_eligible_or_complete(folder):
    rule = {"id": "old", "label": "Old", "column": "age", "at_least": 200}
    assert "no patient is eligible" in told(folder, patients(), eligibility=[rule])[0]
    table = patients()
    table.loc[::2, "age"] = ""
    table.loc[1::2, "dose"] = ""
    assert "no patient has a value for every covariate" in told(folder, table)[-1]
