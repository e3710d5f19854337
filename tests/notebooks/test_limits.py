"""What the data cannot give is said in the page by a named warning, and nothing stops."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from living_article.records import read_results
from living_article.run.execute import execute
from living_article.run.parameters import check_parameters
from living_article.study import load_study

ROOT = Path(__file__).parents[2]
STUDY = load_study(str(ROOT / "data" / "study.yml"))


def arm_without_events(table):
    """Nobody of the first arm progresses or dies."""
    treated = table[STUDY.arms.column] == STUDY.arms.treated.id
    for endpoint in STUDY.endpoints.values():
        table.loc[treated, endpoint.event] = "0"
        table.loc[treated, endpoint.date] = ""


def separated_level(table):
    """A level that only patients have who live."""
    censored = table.index[table[STUDY.primary.event] == "0"]
    table["heart_disease"] = "no"
    table.loc[censored[::2], "heart_disease"] = "yes"


def few_patients(table):
    """Too few events for the terms of the model."""
    table.drop(index=table.index[40:], inplace=True)


def shown(folder, change, notebook, **parameters):
    """Execute a notebook on a doctored copy of the study; return its warnings and its records."""
    shutil.copytree(ROOT / "data", folder / "data")
    file = folder / "data" / STUDY.table.name
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    change(table)
    table.to_csv(file, index=False)
    path = ROOT / "notebooks" / f"{notebook}.py"
    given = check_parameters(path, {"study": str(folder / "data" / "study.yml"), **parameters})
    node = execute(path, given, root=ROOT, results=folder / "results", warm=True)
    boxes = [o["data"].get("text/markdown", "") for c in node.cells for o in c.get("outputs", []) if "data" in o]
    warnings = [box for box in boxes if box.startswith(":::{warning}")]
    return "\n".join(warnings), read_results(folder / "results" / f"{notebook}.json")


def test_survival_of_an_arm_without_events(tmp_path):
    warnings, results = shown(tmp_path, arm_without_events, "survival")
    assert warnings.count("No events: none of") == len(STUDY.endpoints)
    assert STUDY.arms.treated.label in warnings and STUDY.arms.reference.label not in warnings
    for record in (*results.select("hazard_ratio"), *results.select("proportional_hazards")):
        assert record.value is None and record.note.startswith("not estimable: infinite estimate")
    assert all(record.p < 0.001 for record in results.select("logrank"))


@pytest.mark.parametrize("notebook", ["cox", "nomogram", "validation"])
def test_model_with_an_arm_without_events(tmp_path, notebook):
    few = {"resamples": 20} if notebook == "validation" else {}
    warnings, results = shown(tmp_path, arm_without_events, notebook, **few)
    assert "infinite estimate (separation: the likelihood is monotone)" in warnings
    if notebook == "cox":
        assert "No events: none of" in warnings
        assert results.one("hr_multivariable", term="arm").value is None
        assert results.one("hr_multivariable", term="age").value > 0


def test_model_with_a_separated_level(tmp_path):
    warnings, results = shown(tmp_path, separated_level, "cox")
    assert "No events: none of" in warnings and "separation: the likelihood is monotone" in warnings
    assert results.one("hr_multivariable", term="heart_disease").note.startswith("not estimable")
    assert results.one("hr_multivariable", term="arm").value > 0


@pytest.mark.parametrize("notebook", ["cox", "nomogram"])
def test_fewer_than_five_events_for_each_coefficient(tmp_path, notebook):
    warnings, _ = shown(tmp_path, few_patients, notebook)
    assert "Few events" in warnings


def test_validation_of_few_patients_says_what_it_could_not_compute(tmp_path):
    warnings, results = shown(tmp_path, few_patients, "validation", groups=10, resamples=50, horizons=[12.0, 600.0])
    assert "Few events" in warnings
    assert "groups without variance at time 12 were joined" in warnings
    assert "of 50 replicates have no model" in warnings
    for name in ("auc_apparent", "brier_apparent", "auc_corrected", "calibration_test"):
        record = results.one(name, horizon=600.0)
        assert record.value is None and record.note.startswith("not estimable"), name
