"""A part of a cohort: rules in words, exploratory in every badge, never so small a difference that it shows patients."""

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.patients.subset import refuse_neighbours, rule, subset
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")


@pytest.fixture(scope="module")
def cohort():
    return load_cohort(STUDY)


def test_rules_have_labels_in_words():
    assert rule(STUDY, "age >= 60").label == "Age at least 60 years"
    assert rule(STUDY, "sex=male").among == ("male",)
    several = rule(STUDY, "n_stage = N1|N2")
    assert several.among == ("N1", "N2") and several.label == "N stage: N1 or N2"
    exactly = rule(STUDY, "lung_lesions = 2")
    assert (exactly.at_least, exactly.at_most) == (2, 2)


@pytest.mark.parametrize("text", ["age", "age > 60", "shoe >= 3", "sex = other", "sex >= male", "age >= old", ""])
def test_other_rules_are_refused_with_a_remedy(text):
    with pytest.raises(InputError) as error:
        rule(STUDY, text)
    assert error.value.remedy


def test_only_patients_who_meet_every_rule_remain_and_the_badge_says_so(cohort):
    part = subset(cohort, ["sex = male", "age <= 60"])
    assert set(part.table["sex"]) == {"male"} and part.table["age"].max() <= 60
    assert len(part) == ((cohort.table["sex"] == "male") & (cohort.table["age"] <= 60)).sum() == part.flow[-1].total
    assert part.provenance.badge == f"{cohort.provenance.badge}; exploratory: Sex: Male and Age at most 60 years"
    assert len(part.flow) == len(cohort.flow) + 2 and list(part.table.index) == list(range(len(part)))


def test_no_rule_is_the_cohort_itself(cohort):
    assert subset(cohort, []) is cohort


def test_an_empty_arm_is_refused(cohort):
    with pytest.raises(InputError, match="no patient in this part"):
        subset(cohort, ["age >= 200"])


def test_of_real_patients_a_part_that_differs_in_a_few_is_refused(cohort):
    real = replace(cohort, provenance=replace(cohort.provenance, kind="patients"))
    oldest = sorted(cohort.table["age"])[-2]
    assert len(subset(cohort, [f"age <= {oldest}"])) < len(cohort)
    with pytest.raises(InputError, match="too few real patients"):
        subset(real, [f"age <= {oldest}"])


def test_of_real_patients_two_parts_that_differ_in_a_few_are_refused_together(cohort):
    real = replace(cohort, provenance=replace(cohort.provenance, kind="patients"))
    refuse_neighbours(real, [[], ["age <= 25"], ["age >= 30"]])
    refuse_neighbours(cohort, [["age <= 30"], ["age <= 31"]])
    with pytest.raises(InputError, match="differ by too few") as error:
        refuse_neighbours(real, [["age <= 30"], ["sex = male"], ["age <= 31"]])
    assert error.value.remedy
