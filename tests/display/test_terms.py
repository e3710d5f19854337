"""Rows of terms: which there are, what they are called, and the records and printed numbers they stand for."""

import pytest

from living_article.display import terms
from living_article.study.model import Covariate
from tests.display.cox_records import AGE, COVARIATES, SITE, TREATMENT, printed_ratio, published


def test_numeric_terms_have_one_row_and_others_one_for_each_level():
    found = terms.rows(COVARIATES)
    assert [row.level_term for row in found] == ["arm:new", "arm:old", "age", "site:a", "site:b", "site:c"]
    assert [row.reference for row in found] == [False, True, False, True, False, False]
    assert [row.column for row in terms.rows(COVARIATES, references=False)] == [
        "arm: new", "age", "site: b", "site: c",
    ]  # fmt: skip


def test_only_terms_of_several_levels_name_the_level_of_their_hazard_ratio():
    assert [row.term for row in terms.rows(COVARIATES, references=False)] == ["arm", "age", "site:b", "site:c"]


def test_labels():
    treatment, age, leg, _ = terms.rows(COVARIATES, references=False)
    assert (treatment.label, treatment.contrast) == ("Treatment: New drug", "New drug vs Old drug")
    assert (age.label, age.contrast) == ("Age, per year", "per year")
    assert leg.contrast == "Leg vs Arm"


@pytest.mark.parametrize(("unit", "one"), [("years", "year"), ("U/L", "U/L"), ("s", "s"), ("mm", "mm")])
def test_singular_units(unit, one):
    assert terms.singular(unit) == one
    assert terms.per(Covariate("x", "x", "X", "continuous", unit=unit)) == f"per {one}"


def test_a_term_without_unit_is_per_unit():
    assert terms.per(Covariate("x", "x", "X", "count")) == "per unit"


def test_names_keep_commas_out_of_lists():
    assert terms.name(AGE) == "age"
    assert terms.name(TREATMENT, "P = 0.02") == "treatment (P = 0.02)"
    assert terms.name(SITE) == "site (main)"
    assert terms.name(SITE, "P = 0.02") == "site (main; P = 0.02)"


def test_printed_numbers_are_found_by_term_in_tables_only():
    numbers = published(*printed_ratio("arm", hr="0.632", p="0.006"), *printed_ratio("age", hr="1.018"))
    found = terms.printed(numbers, "cox", "hr_multivariable", "os")
    assert set(found) == {"arm", "age"}
    assert found["arm"]["hazard ratio"].printed == "0.632" and found["arm"]["P value"].number == 0.006
    assert terms.printed(numbers, "cox", "hr_multivariable", "pfs") == {}
    assert terms.printed(None, "cox", "hr_multivariable", "os") == {}


def test_printed_level_comes_from_the_same_table():
    level = ("level", "confidence level", "95", "", "", None)
    numbers = published(*printed_ratio("arm", hr="0.632"), level)
    assert terms.printed_level(numbers, terms.printed(numbers, "cox", "hr_multivariable", "os")) == 0.95
    assert terms.printed_level(numbers, {}) is None


def test_widest_interval_that_rounds_to_the_printed_one():
    numbers = published(*printed_ratio("arm", low="0.456", high="0.88"), *printed_ratio("age", hr="1.0"))
    found = terms.printed(numbers, "cox", "hr_multivariable", "os")
    assert terms.widest(found["arm"]) == pytest.approx((0.4555, 0.885))
    assert terms.widest(found["age"]) is None and terms.widest(None) is None
