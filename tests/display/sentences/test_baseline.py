"""Sentences of the baseline section turn round with the numbers."""

from living_article.display.sentences import baseline
from tests.display.baseline_records import AGE, ARMS, COVARIATES, SEX, SITE, records


def test_summary_counts_what_differs():
    text = baseline.summary(ARMS, COVARIATES, records(), 0.05)
    assert text.startswith(
        "The cohort has 20 patients given new drug and 20 patients given old drug; of 2 characteristics"
    )
    assert "none differed significantly at the 5% level (smallest P = 0.200, age)" in text
    text = baseline.summary(ARMS, COVARIATES, records(p=0.01), 0.05)
    assert text.endswith("1 differed significantly at the 5% level: age (P = 0.010).")
    assert "none differed" in baseline.summary(ARMS, COVARIATES, records(p=0.01), 0.001)
    assert "could be compared" in baseline.summary(ARMS, [SITE], records(), 0.05)


def test_balance_names_what_exceeds_limit_and_chance():
    text = baseline.balance(COVARIATES, records(), 0.05)
    assert "exceeds 0.10 for site; the largest is 0.30, for site" in text and "here all of these lie within" in text
    text = baseline.balance(COVARIATES, records(smd=-0.6), 0.05)
    assert "age and site" in text and "within 0.50; age lies outside" in text
    assert "no characteristic" in baseline.balance([AGE, SEX], records(), 0.05)
    assert baseline.balance([AGE], records(smd=None), 0.05) == "No standardised difference could be estimated."


def test_what_is_displayed_as_a_number_near_the_limit_is_what_is_judged():
    assert "no characteristic" in baseline.balance([AGE], records(smd=0.1003), 0.05)


def test_missing_values_are_counted():
    assert baseline.missing(COVARIATES, records()) == "No value of these characteristics is missing."
    assert "missing for age (4)" in baseline.missing(COVARIATES, records(missing=2))


def test_choice_of_summary_is_said():
    assert "age by mean" in baseline.choice(COVARIATES, records())
    assert "age by median" in baseline.choice(COVARIATES, records(median=True))
    assert baseline.choice([SEX], records()) == "All characteristics are categories."
