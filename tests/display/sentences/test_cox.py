"""Sentences of the regression section follow the numbers, whichever way these go."""

import pytest

from living_article.display.sentences import cox
from living_article.display.terms import printed, rows
from living_article.records import Record, Results
from tests.display.cox_records import (
    AGE,
    ARMS,
    CONTRASTS,
    COVARIATES,
    DEATH,
    SITE,
    TREATMENT,
    printed_ratio,
    published,
    records,
)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        ((0.6, 0.4, 0.9, 0.02), ("was lower with new drug than with old drug", "is statistically significant")),
        ((1.6, 0.9, 2.9, 0.12), ("was higher with new drug than with old drug", "is not statistically significant")),
        ((1.0, 0.5, 2.0, 0.99), ("was equal with new drug to that with old drug", "is not statistically significant")),
    ],
)
def test_treatment_says_direction_and_significance(ratio, words):
    text = cox.treatment(ARMS, DEATH, records(arm=ratio), 0.05)
    assert text.startswith("With adjustment for 2 other covariates, the hazard of death")
    assert all(word in text for word in words)
    assert f"(hazard ratio {ratio[0]:.3f}, 95% CI {ratio[1]:.3f} to {ratio[2]:.3f})" in text


def test_treatment_says_when_there_is_no_estimate():
    assert "not estimable" in cox.treatment(ARMS, DEATH, records(missing=("arm",)), 0.05)
    assert "no term for the treatment" in cox.treatment(ARMS, DEATH, Results("cox"), 0.05)


def test_treatment_alone_is_not_adjusted():
    results = Results("cox")
    results.add(
        "hr_multivariable", endpoint="os", term="arm", value=0.5, low=0.4, high=0.6, p=0.01, unit="hazard ratio"
    )
    assert cox.treatment(ARMS, DEATH, results, 0.1).startswith("Without adjustment")
    assert "90% CI" in cox.treatment(ARMS, DEATH, results, 0.1)


def test_independent_lists_the_terms_below_alpha():
    text = cox.independent(COVARIATES, DEATH, records(site_p=0.01), 0.05)
    assert (
        "was independently associated at the 5% level with treatment (hazard ratio 0.600, P = 0.020) and site" in text
    )
    assert text.endswith("site (main; P = 0.010); age did not reach that level.")
    text = cox.independent(COVARIATES, DEATH, records(), 0.01)
    assert "no term was associated" in text and "1% level" in text
    text = cox.independent(COVARIATES, DEATH, records(site_p=0.01, age_p=0.01), 0.05)
    assert text.endswith("and site (main; P = 0.010).")


def test_univariable_lists_the_terms_below_alpha():
    assert (
        cox.univariable(COVARIATES, DEATH, records(), 0.05)
        == "In univariable models, treatment had a P value below 0.05."
    )
    assert cox.univariable(COVARIATES, DEATH, records(), 0.01).startswith("In univariable models, no term")


def test_model_names_tests_and_concordance():
    text = cox.model(DEATH, records(), 0.05)
    assert "likelihood-ratio test χ² 12.500 (P = 0.014)" in text and "criterion 301.2" in text
    assert "0.700 (95% CI 0.600 to 0.800)" in text and "All 4 coefficients" in text


def test_proportional_hazards_flips_with_the_numbers():
    text = cox.proportional_hazards([TREATMENT, AGE], DEATH, records(), 0.05)
    assert "gives no evidence against" in text and "not below 0.05 for any single term" in text
    text = cox.proportional_hazards([TREATMENT, SITE], DEATH, records(zph=0.03, all_zph=0.001), 0.05)
    assert "speaks against" in text and "treatment (P = 0.030) and site (main; P = 0.030)" in text


def test_proportional_hazards_that_cannot_be_tested():
    text = cox.proportional_hazards([TREATMENT], DEATH, records(zph=None, all_zph=None), 0.05)
    assert text == "Proportional hazards could not be tested for all terms together (not estimable: too few)."


def beside(*numbers):
    return printed(published(*numbers), "cox", "hr_multivariable", "os")


def test_agreement_counts_last_digits_and_names_other_verdicts():
    found = beside(*printed_ratio("arm", hr="0.600", p="0.006"), *printed_ratio("age", hr="1.021", p="0.030"))
    text = cox.agreement(CONTRASTS, DEATH, records(), found, 0.05)
    assert text.startswith("Of 2 printed hazard ratios, 1 agree")
    assert "different sides of 0.05 for age (printed 0.030, computed 0.400)" in text
    found = beside(*printed_ratio("arm", hr="0.60", p="0.006"))
    assert "the same side of 0.05" in cox.agreement(CONTRASTS, DEATH, records(), found, 0.05)


def test_agreement_leaves_out_terms_that_are_not_in_the_model():
    found = beside(*printed_ratio("arm", hr="0.600"), *printed_ratio("age", hr="1.020"))
    assert cox.agreement(CONTRASTS, DEATH, records(missing=("age",)), found, 0.05).startswith(
        "Of 1 printed hazard ratio, 1"
    )


def test_printed_intervals_names_those_that_need_more_events_than_patients():
    results = records()
    results.add("printed_events_needed", endpoint="os", term="arm", value=142, unit="events")
    results.add("printed_events_needed", endpoint="os", term="site:b", value=95, unit="events")
    text = cox.printed_intervals(CONTRASTS, DEATH, results)
    assert "Of 2 printed intervals" in text and "1 is narrower than 95 patients" in text
    assert text.endswith("treatment (142).")
    assert "none is narrower" in cox.printed_intervals(CONTRASTS[1:], DEATH, results)


@pytest.mark.parametrize(
    ("events", "rule", "warned"), [(60, "at least 10", 0), (30, "fewer than", 0), (16, "fewer", 1)]
)
def test_events_per_variable(events, rule, warned):
    results = records(events=events)
    text = cox.events_per_variable(DEATH, results)
    assert f"4 coefficients for {events} events: {events / 4:.1f} for each" in text and rule in text
    assert len(cox.few_events(DEATH, results)) == warned


def test_collinearity():
    assert "none is above 5" in cox.collinearity(CONTRASTS, DEATH, records())
    assert "above 5 for treatment, age and site (main)" in cox.collinearity(CONTRASTS, DEATH, records(vif=7.0))


def test_patients_says_how_many_were_left_out():
    for number, told in ((0, "no patient is"), (1, "1 patient with"), (7, "7 patients with")):
        results = records()
        results.add("left_out", endpoint=DEATH.id, value=number, unit="patients")
        text = cox.patients(DEATH, results)
        assert text.startswith("The models rest on 95 patients and 60 events (death); " + told)


def test_imputation_is_said_wherever_it_changes_what_is_told():
    for number, imputed in ((0, False), (7, True)):
        results = records()
        results.add("left_out", endpoint=DEATH.id, value=number, unit="patients")
        assert ("covariates of 7 patients more are imputed 20 times" in cox.patients(DEATH, results, 20)) == imputed
        assert ("and imputation of missing values, the" in cox.treatment(ARMS, DEATH, results, 0.05, 20)) == imputed
        assert cox.model(DEATH, results, 0.05, 20).startswith("In the complete cases" if imputed else "All ")


def test_terms_without_estimate_are_named():
    reasons = {"site: b": "not estimable: infinite estimate (separation)"}
    (warning,) = cox.not_estimable(CONTRASTS, reasons)
    assert warning.startswith("Site, main (Leg vs Arm) is not estimable: infinite estimate")


def test_notes_say_whether_the_printed_model_is_the_same():
    found = beside(*(n for row in CONTRASTS for n in printed_ratio(row.term, hr="1.0")))
    assert cox.table_notes(DEATH, records(), 0.05, CONTRASTS, found)[1].endswith("article's table.")
    assert "other terms" in cox.table_notes(DEATH, records(missing=("age",)), 0.05, CONTRASTS, found)[1]
    assert len(cox.table_notes(DEATH, records(), 0.05, CONTRASTS, {})) == 1
    patients = Record("cox", "patients", value=95, unit="patients")
    notes = cox.checks_notes(patients, 0.05, True)
    assert "with 95 patients" in notes[0] and len(notes) == 1 + len(cox.checks_notes(patients, 0.05, False))
    hidden = Record("cox", "patients", note="not shown")
    assert "an undisclosed number of patients" in cox.checks_notes(hidden, 0.05, False)[0]


def test_alt_text_of_the_forest_plot():
    text = cox.forest_alt(CONTRASTS, DEATH, records(), 0.05)
    assert "from 0.600 (Treatment: New drug) to 2.000 (Site, main: Leg)" in text and "1 of 4 95% intervals" in text


def test_levels_without_events_are_named():
    every = rows(COVARIATES)
    assert cox.without_events(every, DEATH, records()) == []
    results = Results("cox")
    for row in every:
        where = {"endpoint": "os", "term": row.level_term}
        # a level without patients has another warning
        results.add("level_patients", value=0 if row.level == "c" else 40, unit="patients", **where)
        results.add("level_events", value=0 if row.level in ("b", "c") else 30, unit="events", **where)
    found = cox.without_events(every, DEATH, results)
    assert found == ["No events: none of 40 patients with Site, main: Leg had the event (death)."]
