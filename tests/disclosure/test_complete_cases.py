"""Complete cases of a model: what is left out of all patients is a group like any other, and small counts of it too."""

from pathlib import Path

import pandas as pd
import pytest

from living_article.analysis.model_frame import model_frame
from living_article.disclosure.complete_cases import counts_of_all
from living_article.patients.cohort import load_cohort
from living_article.records import Results
from living_article.statistics import cox_checks
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
NAMES = ["arm", "age", "sex", "ldh_high"]


@pytest.fixture
def cohort():
    return load_cohort(STUDY)


def recorded(cohort):
    """The counts of a regression, real patients assumed."""
    data, results = model_frame(cohort, STUDY.endpoints["os"], NAMES), Results("cox", limit=5)
    results.part_of(counts_of_all(cohort, STUDY.endpoints["os"], NAMES))
    results.add("patients", endpoint="os", value=len(data.frame), unit="patients")
    results.add("left_out", endpoint="os", value=data.dropped, unit="patients")
    for row in cox_checks.level_counts(data.design, data.event).itertuples():
        results.add("level_patients", endpoint="os", term=f"{row.term}:{row.level}", value=row.n, unit="patients")
    return {(r.name, r.term): r.value for r in results}


def test_counts_of_all_are_those_of_the_table(cohort):
    cohort.table.loc[:10, "sex"] = pd.NA
    found = counts_of_all(cohort, STUDY.endpoints["os"], NAMES)
    assert found["patients", "os", None, None, None] == 95 and found["missing", None, None, "sex", None] == 11
    males = (cohort.table["sex"] == "male").sum()
    assert found["level_patients", "os", None, "sex:male", None] == males
    events = cohort.table.loc[cohort.table["arm"] == "control", STUDY.endpoints["os"].event].sum()
    assert found["level_events", "os", None, "arm:control", None] == events


def test_nothing_is_hidden_if_nobody_is_left_out(cohort):
    assert None not in recorded(cohort).values()


def test_levels_of_which_a_few_are_left_out_are_hidden(cohort):
    women = cohort.table.index[cohort.table["sex"] == "female"]
    lacking = [*women[:3], *cohort.table.index[cohort.table["sex"] == "male"][:12]]
    cohort.table.loc[lacking, "ldh_high"] = pd.NA
    shown = recorded(cohort)
    assert shown["patients", None] == 80 and shown["left_out", None] == 15
    assert shown["level_patients", "sex:female"] is None, "three of all women are left out"
    assert shown["level_patients", "sex:male"] is None, "or they would follow from those in the model"


def test_how_many_are_left_out_is_hidden_if_all_but_a_few_lack_one_covariate(cohort):
    cohort.table.loc[:10, "sex"] = pd.NA
    cohort.table.loc[20:22, "ldh_high"] = pd.NA
    shown = recorded(cohort)
    assert shown["left_out", None] is None, "eleven of fourteen lack sex, so that three lack LDH"
    assert shown["patients", None] is None
