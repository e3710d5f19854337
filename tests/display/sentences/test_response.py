"""Sentences of the response section turn round with the numbers."""

from dataclasses import asdict, replace

from living_article.disclosure.small_cells import HIDDEN
from living_article.display.sentences import response
from living_article.records import Results
from living_article.statistics.response import CRITERIA, Criteria
from tests.display.response_records import ARMS, LESION, RESPONSE, printed, records


def test_rate_says_both_arms_difference_and_test():
    text = response.rate("orr", ARMS, RESPONSE, records(), 0.05)
    assert text.startswith(
        "Objective response (complete response or partial response) was seen in 50.0% (95% CI 10.0 to 90.0)"
    )
    assert "40.0 percentage points (95% CI −2.0 to 70.0), is not statistically significant" in text
    text = response.rate("dcr", ARMS, RESPONSE, records(p=0.01), 0.05)
    assert "complete response, partial response or stable disease" in text and "is statistically significant" in text


def hidden(*names, few=()):
    """Return records of which those with some names are withheld; the counts of some arms are of few patients."""
    blank = {"value": None, "low": None, "high": None, "p": None}
    results = Results("response")
    for r in records():
        gone = r.name in names and not (few and r.group and r.group not in few)
        results.add(
            r.name,
            **{
                k: v
                for k, v in asdict(replace(r, **blank, note=HIDDEN) if gone else r).items()
                if k not in ("section", "name")
            },
        )
    for rate in ("orr", "dcr"):
        for arm in ARMS:
            told = {"note": "< 5"} if arm.id in few else {"note": HIDDEN} if rate in names and not few else {"value": 9}
            results.add(f"{rate}_count", group=arm.id, term="recist:CR", unit="count", **told)
    return results


def test_what_is_withheld_is_said_as_a_sentence():
    everything = ("orr", "dcr", "orr_difference", "dcr_difference", "test")
    text = response.rate("orr", ARMS, RESPONSE, hidden(*everything), 0.05)
    assert text.startswith("Objective response (complete response or partial response) is not shown, since")
    assert response.rates(ARMS, hidden(*everything)).startswith("Neither is shown, since")
    assert "objective response is not shown; disease control was 80.0%" in response.rates(ARMS, hidden("orr"))
    assert response.category_test(hidden("test"), 0.05) == "The test of the difference between the arms is not shown."


def test_a_rate_of_few_patients_of_an_arm_says_so_and_shows_the_other_arm():
    results = hidden("orr", "orr_difference", "test", few=("old",))
    text = response.rate("orr", ARMS, RESPONSE, results, 0.05)
    assert "was seen in 50.0% (95% CI 10.0 to 90.0) of patients given new drug and fewer than 5 patients" in text
    assert text.endswith("the difference is not shown, since the small count could be worked out from it.")
    assert "objective response was 50.0% and not shown; " in response.rates(ARMS, results)


def test_categories_counts_every_class():
    text = response.categories(ARMS, RESPONSE, records(), 0.05)
    assert "stable disease in 3 and progressive disease in 2 of 10 patients" in text and "(P = 0.200)" in text


def test_agreement_with_the_recorded_response():
    assert "in 18 of 20 patients" in response.agreement(CRITERIA["recist"], LESION, records())
    assert "in all 20 patients" in response.agreement(CRITERIA["recist"], LESION, records(same=20))


def test_patients_left_out_are_named():
    assert response.counted(ARMS, RESPONSE, records(), 0.05) == "The printed table counts every patient."
    text = response.counted(ARMS, RESPONSE, records(left_out=2), 0.05)
    assert "2 with stable disease given new drug" in text and "75.0%" in text


def test_printed_rates_that_are_missed_are_shown_with_one_decimal_more():
    text = response.printed_rates(ARMS, records(), printed("Table 3"))
    assert text == "Of the 2 printed rates, 1 is met to the digits printed; 11.00 is printed where 10.000% is found."


def test_printed_tests_stand_beside_the_counts():
    text = response.printed_tests(records(), printed("Table 3"))
    assert "For objective response the article prints χ² = 4.000 and P = 0.046" in text
    assert "χ² = 3.500, P = 0.200 by Pearson's test" in text and "disease control" not in text


def test_criteria_that_agree_are_said_once():
    text = response.criteria(ARMS, list(CRITERIA.values()), records())
    assert "50.0% and 50.0% (WHO)" in text and "disease control is 50.0% and 50.0% by every set" in text


def test_diameters_turn_with_the_sign():
    text = response.diameter(ARMS, LESION, records(), 0.05)
    assert "fell by 5.0 mm with new drug (P < 0.001)" in text and "3.0 mm smaller with new drug" in text
    text = response.diameter(ARMS, LESION, records(change=2.0, after=4.0), 0.05)
    assert "rose by 2.0 mm" in text and "4.0 mm larger" in text


def test_a_diameter_that_rounds_to_nothing_is_the_same():
    text = response.diameter(ARMS, LESION, records(change=0.01, after=0.01), 0.05)
    assert "stayed the same with new drug" in text and "After treatment it was the same in both arms; " in text
    assert "0.0 mm" not in text


def test_waterfall_counts_shrinkage_and_new_lesions():
    text = response.waterfall(ARMS, RESPONSE, records())
    assert text.startswith("With new drug the lesion shrank in 8 of 10 patients, and 1 had a new lesion")


def test_definitions_come_from_the_numbers_of_the_criteria():
    rules = (Criteria("a", "Mine (−10 % / +15 %)", 0.1, 0.15, 2.0), Criteria("b", "Strict (x)", 0.5, 0.5, strict=True))
    text = response.definitions(rules)
    assert "Mine: partial response from a decrease of the diameter by at least 10%" in text
    assert "increase by at least 15% (and 2.0 mm) or a new lesion" in text
    assert "Strict: partial response from a decrease of the diameter by more than 50%" in text
