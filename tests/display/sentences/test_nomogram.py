"""Sentences of the nomogram section follow the numbers, and every prediction says what it is for."""

import pytest

from living_article.display.sentences import nomogram as sentences
from living_article.display.terms import rows
from living_article.records import Results
from living_article.study.model import Provenance
from tests.display.cox_records import AGE, CONTRASTS, COVARIATES, DEATH, TREATMENT, published
from tests.display.nomogram_records import fitted, records


@pytest.mark.parametrize(
    ("kind", "words"),
    [("reconstructed", "reconstructed data"), ("simulated", "simulated data"), ("patients", "validated")],
)
def test_caution_by_provenance(kind, words):
    text = sentences.caution(Provenance(kind, "badge"))
    assert "research use only" in text and words in text
    assert ("observed patients" in text) == (kind != "patients")


def span_records(**widths):
    results = Results("nomogram")
    for term, width in widths.items():
        results.add("points_range", endpoint="os", term=term, value=width, unit="points")
    return results


def test_span_names_the_widest_first():
    text = sentences.span(COVARIATES, DEATH, span_records(arm=40.0, age=100.0, site=7.0))
    assert "100.0, for age; the other terms span treatment (40.0) and site (main; 7.0)" in text
    assert "100.0, for treatment; " in sentences.span(COVARIATES, DEATH, span_records(arm=100, age=3, site=2))
    assert sentences.span([AGE], DEATH, span_records(age=100)).endswith("for age.")


def test_printed_points_against_printed_ratios():
    results = Results("nomogram")
    assert "too few" in sentences.printed(CONTRASTS, DEATH, results)
    results.add("printed_points_per_log_hr", endpoint="os", term="arm", value=-65.4, unit="points")
    results.add("printed_points_per_log_hr", endpoint="os", term="age", value=74.7, unit="points")
    text = sentences.printed(CONTRASTS, DEATH, results)
    assert "−65.4 (treatment) to 74.7 (age)" in text and "for treatment they rise where" in text
    results = Results("nomogram")
    results.add("printed_points_per_log_hr", endpoint="os", term="arm", value=65.4, unit="points")
    results.add("printed_points_per_log_hr", endpoint="os", term="age", value=74.7, unit="points")
    assert "rise where" not in sentences.printed(CONTRASTS, DEATH, results)


def test_printed_ranges():
    def ranges(low, high):
        numbers = published(("low", "range, lowest", low, "", "", None), ("high", "range, highest", high, "", "", None))
        return {"age": {value.quantity: value for value in numbers}}

    results = records(fitted())
    text = sentences.printed_ranges(rows(COVARIATES), DEATH, results, ranges("20", "80"))
    assert "of age from 20 to 80 years, where 20 to 60 occur here" in text
    assert "end at the values" in sentences.printed_ranges(rows(COVARIATES), DEATH, results, ranges("20", "60"))
    assert sentences.printed_ranges(rows(COVARIATES), DEATH, results, {}) == ""


def test_example_says_predictions_with_interval_or_why_not():
    text = sentences.example(DEATH, [12, 99], records(fitted()), 0.05)
    assert "synthetic patient" in text and "With 88.8 points" in text
    assert "70.0% (95% CI 60.0 to 80.0) at 12 months and not estimable at 99 months" in text
    assert text.endswith("median survival is 18.4 months.")
    assert sentences.example(DEATH, [12], records(fitted(), median=None), 0.05).endswith("survival is not reached.")


def test_whether_the_example_is_a_patient():
    assert sentences.synthetic(0).startswith("No patient")
    assert sentences.synthetic(2).startswith("2 patients of the table share")


def test_values_have_units_and_labels():
    assert sentences.value(AGE, 30.0) == "30 years" and sentences.value(AGE, 1) == "1 year"
    assert sentences.value(TREATMENT, "new") == "New drug"


def test_alt_text_and_notes():
    results = records(fitted())
    text = sentences.figure_alt(COVARIATES, DEATH, [12, 36], results)
    assert "3 terms" in text and "at 12 and 36 months" in text and sentences.span(COVARIATES, DEATH, results) in text
    notes = sentences.table_notes(DEATH, results, True, "Careful.")
    assert len(notes) == 3 and notes[-1] == "Careful." and len(sentences.table_notes(DEATH, results, False, "x")) == 2
