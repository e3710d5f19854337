"""Sentences of the toxicity section turn round with the numbers."""

from living_article.display.sentences import toxicity
from tests.display.tables.test_toxicity import printed
from tests.display.toxicity_records import ARMS, BLOOD, GROUPS, GUT, records


def test_summary_says_incidence_direction_and_significance():
    text = toxicity.summary(ARMS, GROUPS, records(), 0.05)
    incidences = "the incidence of blood toxicity was 5.0% and 20.0%, and of gut reactions 5.0% and 20.0%."
    assert text.startswith(f"With new drug and old drug respectively, {incidences}")
    assert "Each was less frequent with new drug." in text
    assert "No difference is statistically significant at the 5% level by Fisher's exact test" in text


def test_summary_turns_round():
    text = toxicity.summary(ARMS, GROUPS, records(new=6, old=1, gut=(6, 1), p=0.01), 0.05)
    assert "Each was more frequent with new drug." in text
    assert "Statistically significant at the 5% level" in text and "gut reactions (P = 0.010)" in text
    mixed = toxicity.summary(ARMS, GROUPS, records(new=6, old=1), 0.05)
    assert "Less frequent with new drug: gut reactions." in mixed


def test_one_system_needs_no_list():
    text = toxicity.summary(ARMS, (GUT,), records(), 0.05)
    assert "respectively, the incidence of gut reactions was 5.0% and 20.0%." in text


def test_no_event_at_all():
    text = toxicity.summary(ARMS, GROUPS, records(new=0, old=0, gut=(0, 0), p=None), 0.05)
    assert "No difference could be tested." in text
    text = toxicity.any_event(ARMS, records(p=None), 0.05)
    assert "not estimable" in text and "Fisher" not in text


def test_printed_test_beside_three_recomputed():
    text = toxicity.printed_tests(GUT, records(), printed())
    assert "prints χ² = 4.333 and P = 0.038" in text and text.count("P = 0.200") == 3
    assert toxicity.printed_tests(BLOOD, records(), printed()) is None
