"""Whom results are about, and which groups of real patients are too alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.disclosure.population import nested, population, read_population, refuse_alike
from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.patients.subset import subset
from living_article.records import Results, write_results
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")


@pytest.fixture(scope="module")
def cohort():
    """The patients of this book as if they were real."""
    loaded = load_cohort(STUDY)
    return replace(loaded, provenance=replace(loaded.provenance, kind="patients"))


@pytest.fixture(scope="module")
def whole(cohort):
    return population(cohort)


def part(cohort, *rules):
    return population(subset(cohort, rules), rules)


def test_it_tells_of_no_patient_and_comes_back_from_a_file(cohort, whole, tmp_path):
    assert whole.arms == {"observation": 55, "control": 40} and whole.limit == 5
    results = Results("cox")
    results.add("patients", value=95, unit="patients")
    write_results(tmp_path / "a.json", results, study=STUDY.id, parameters={}, population=whole.content())
    assert read_population(tmp_path / "a.json") == whole
    written = (tmp_path / "a.json").read_text()
    assert not any(patient in written for patient in cohort.table[STUDY.patient])
    write_results(tmp_path / "b.json", results, study=STUDY.id, parameters={})
    assert read_population(tmp_path / "b.json") is None


def test_a_small_arm_has_no_number(cohort):
    few = replace(cohort, table=cohort.table.iloc[[0, 1, 94]])
    assert set(population(few).arms.values()) == {None}


def test_the_same_patients_may_always_stand_side_by_side(cohort, whole):
    refuse_alike(whole, population(cohort))
    old = part(cohort, "age >= 30")
    refuse_alike(old, part(cohort, "age >= 30"))


@pytest.mark.parametrize("lacking", [1, 3, 4])
def test_a_table_of_the_study_that_lacks_a_few_patients_is_refused(cohort, whole, lacking):
    fewer = replace(population(replace(cohort, table=cohort.table.iloc[lacking:])), table="another file")
    for pair in ((whole, fewer), (fewer, whole), (whole, replace(fewer, study="renamed", table=whole.table))):
        with pytest.raises(InputError, match="nearly the same real patients") as error:
            refuse_alike(*pair)
        assert error.value.remedy and "\n" not in str(error.value)
    refuse_alike(whole, replace(fewer, study="another hospital"))
    refuse_alike(replace(whole, kind="reconstructed"), fewer)


def test_a_table_that_lacks_many_is_not_refused_if_each_arm_lacks_many(cohort, whole):
    half = replace(population(replace(cohort, table=cohort.table.iloc[10:80])), table="another file")
    refuse_alike(whole, half)
    one_arm = replace(population(replace(cohort, table=cohort.table.iloc[10:])), table="another file")
    with pytest.raises(InputError):
        refuse_alike(whole, one_arm)  # as many in the other arm: others, for all one knows


def test_parts_are_judged_by_who_is_in_them_if_the_cohort_is_at_hand(cohort, whole):
    male, female = part(cohort, "sex = male"), part(cohort, "sex = female")
    refuse_alike(male, female, cohort)
    assert not nested(male, female, cohort) and nested(whole, male, cohort) and nested(male, female)
    with pytest.raises(InputError):
        refuse_alike(part(cohort, "age <= 30"), part(cohort, "age <= 31"), cohort)
    for one in (male, part(cohort, "age <= 30")):
        refuse_alike(whole, one)


def test_parts_of_one_table_are_judged_by_their_sizes_otherwise(cohort):
    same_size = part(cohort, "age >= 30")
    with pytest.raises(InputError):
        refuse_alike(same_size, replace(same_size, part=("sex = male",)))
