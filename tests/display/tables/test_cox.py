"""Tables of the regression section: every level has a row, every cell a text."""

from living_article.display.tables import cox
from living_article.display.terms import printed, rows
from tests.display.cox_records import (
    CONTRASTS,
    COVARIATES,
    DEATH,
    SITE,
    TREATMENT,
    printed_ratio,
    published,
    records,
)


def test_models_side_by_side():
    frame = cox.models(rows(COVARIATES), DEATH, records(), 0.05, {})
    assert list(frame.index) == [row.label for row in rows(COVARIATES)]
    assert frame.shape == (6, 5) and not frame.isna().any().any()
    assert list(frame.loc["Treatment: New drug"])[:2] == ["40 (30)", "0.600 (0.400 to 0.900)"]
    assert list(frame.loc["Treatment: Old drug"])[1:] == ["1 (reference)", "–", "1 (reference)", "–"]
    assert "90% CI" in cox.models(rows(COVARIATES), DEATH, records(), 0.1, {}).columns[1]


def test_a_term_without_estimate_says_why():
    frame = cox.models(rows(COVARIATES), DEATH, records(missing=("age",)), 0.05, {})
    assert frame.loc["Age, per year"].iloc[3] == "not estimable: infinite estimate (separation)"
    assert frame.loc["Age, per year"].iloc[4] == "–"


def test_printed_numbers_stand_beside_as_printed():
    numbers = published(*printed_ratio("arm", hr="0.630", low="0.456", high="0.879", p="0.006"))
    frame = cox.models(rows(COVARIATES), DEATH, records(), 0.05, printed(numbers, "cox", "hr_multivariable", "os"))
    assert list(frame.loc["Treatment: New drug"])[-2:] == ["0.630 (0.456 to 0.879)", "0.006"]
    assert list(frame.loc["Treatment: Old drug"])[-2:] == ["–", "–"]
    assert list(frame.loc["Age, per year"])[-2:] == ["–", "–"]


def test_proportional_hazards_ends_with_all_terms():
    frame = cox.proportional_hazards([TREATMENT, SITE], DEATH, records(zph=0.0004))
    assert list(frame.index) == ["Treatment", "Site, main", "All terms together"]
    assert list(frame["P"]) == ["< 0.001", "< 0.001", "0.600"] and frame.iloc[-1, 1] == "4"


def test_a_test_of_proportional_hazards_that_cannot_be_made():
    frame = cox.proportional_hazards([TREATMENT], DEATH, records(zph=None))
    assert list(frame.loc["Treatment"]) == ["not estimable: too few", "1", "–"]


def test_checks():
    results = records()
    for row in CONTRASTS:
        results.add("interval_ratio", endpoint="os", term=row.term, value=2.25, unit="ratio")
    results.add("narrowest_ratio", endpoint="os", term="arm", value=2.236, unit="ratio")
    results.add("printed_events_needed", endpoint="os", term="arm", value=142, unit="events")
    frame = cox.checks(CONTRASTS, DEATH, results, printed=True)
    assert list(frame.loc["Treatment: New drug"]) == ["1.30", "2.25", "2.24", "–", "142"]
    assert list(frame.loc["Age, per year"])[2:] == ["–", "–", "–"]
    assert cox.checks(CONTRASTS, DEATH, results, printed=False).shape == (4, 3)
