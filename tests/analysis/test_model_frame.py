"""The model frame: reference levels left out, incomplete patients left out and counted."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")


def test_columns_are_contrasts_with_the_reference():
    cohort = load_cohort(STUDY)
    frame = model_frame(cohort, STUDY.primary, ["arm", "age", "primary_site"])
    assert list(frame.x) == [
        "arm: observation", "age", "primary_site: humerus", "primary_site: femur", "primary_site: tibia",
    ]  # fmt: skip
    assert frame.x["arm: observation"].sum() == len(cohort.of("observation"))
    assert list(frame.frame.columns[-2:]) == [STUDY.primary.time, STUDY.primary.event]
    assert frame.dropped == 0 and frame.event.sum() == cohort.table[STUDY.primary.event].sum()


def test_incomplete_patients_are_dropped_and_counted():
    cohort = load_cohort(STUDY)
    table = cohort.table.copy()
    table.loc[[3, 5], "age"] = np.nan
    frame = model_frame(replace(cohort, table=table), STUDY.primary, ["age"])
    assert frame.dropped == 2 and len(frame.frame) == len(table) - 2


def test_unknown_term_is_refused():
    with pytest.raises(InputError, match="unknown term"):
        model_frame(load_cohort(STUDY), STUDY.primary, ["weight"])


def test_the_model_is_that_of_the_study_unless_asked_otherwise():
    endpoint, names = chosen_model(STUDY)
    assert (endpoint.id, tuple(names)) == (STUDY.model.endpoint, STUDY.model.terms)
    other = next(e for e in STUDY.endpoints if e != STUDY.model.endpoint)
    endpoint, names = chosen_model(STUDY, other, ["age", "arm", "age"])
    assert (endpoint.id, names) == (other, ["age", "arm"])
    endpoint, names = chosen_model(replace(STUDY, model=None))
    assert (endpoint, names) == (STUDY.primary, ["arm", *STUDY.baseline])
    with pytest.raises(InputError, match="unknown endpoint"):
        chosen_model(STUDY, "quality_of_life")
