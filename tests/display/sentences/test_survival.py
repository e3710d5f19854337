"""Sentences of the survival section turn round with the numbers."""

from types import SimpleNamespace

import pytest

from living_article.display import words
from living_article.display.sentences import survival
from living_article.records import Results
from living_article.study.model import Arm, Arms, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


def records(new=20.0, old=10.0, p=0.01, hr=0.5, ph=0.4) -> Results:
    results = Results("survival")
    for group, value in (("new", new), ("old", old)):
        note = None if value is not None else "not reached: survival stays above 50 %"
        where = {"endpoint": "os", "group": group}
        results.add("median", value=value, note=note, unit="months", **where)
        results.add("patients", value=30, unit="patients", **where)
        results.add("events", value=20, unit="events", **where)
        results.add("milestone", horizon=12, value=0.6, low=0.5, high=0.7, unit="proportion", **where)
    results.add("logrank", endpoint="os", value=3.0, p=p, unit="statistic")
    results.add("hazard_ratio", endpoint="os", value=hr, low=hr / 2, high=hr * 2, unit="hazard ratio")
    results.add("proportional_hazards", endpoint="os", value=1.0, p=ph, unit="statistic")
    results.add("milestone_difference", endpoint="os", horizon=12, value=0.1, p=0.3, unit="risk difference")
    return results


def test_longer_and_significant():
    text = survival.medians(ARMS, OS, records(), 0.05)
    assert "10.0 months longer with the first" in text
    assert "is statistically significant at the 5% level (P = 0.010)" in text


def test_shorter_and_not_significant():
    text = survival.medians(ARMS, OS, records(new=8.0, p=0.2), 0.05)
    assert "2.0 months shorter with the first" in text
    assert "is not statistically significant" in text


def test_an_arm_without_events_is_named():
    assert survival.without_events(ARMS, OS, records()) == []
    results = Results("survival")
    for group, events in (("new", 0), ("old", 12)):
        results.add("patients", endpoint="os", group=group, value=30, unit="patients")
        results.add("events", endpoint="os", group=group, value=events, unit="events")
    (text,) = survival.without_events(ARMS, OS, results)
    assert text.startswith("No events: none of 30 patients with New drug had the event (death)")


def test_same_median():
    assert "the same in both arms" in survival.medians(ARMS, OS, records(new=10.0), 0.05)


def test_median_not_reached():
    text = survival.medians(ARMS, OS, records(new=None), 0.05)
    assert "not reached" in text and "longer" not in text and "shorter" not in text


@pytest.mark.parametrize(("hr", "word"), [(0.5, "lower"), (1.5, "higher")])
def test_hazard_ratio(hr, word):
    assert f"hazard of death was {word} with new drug" in survival.hazard_ratio(ARMS, OS, records(hr=hr), 0.05)


def test_proportional_hazards_in_doubt():
    assert "casts doubt on" in survival.hazard_ratio(ARMS, OS, records(ph=0.01), 0.05)
    assert "no evidence against" in survival.hazard_ratio(ARMS, OS, records(ph=0.2), 0.05)


def test_milestone():
    text = survival.milestone(ARMS, OS, 12, records(), 0.05)
    assert text.startswith("At 12 months, overall survival was 60.0%") and "(P = 0.300)" in text
    assert all(f"with {words.lower_first(arm.label)}" in text for arm in ARMS)


def test_alt_text_names_patients_and_finding():
    text = survival.figure_alt(ARMS, OS, records(), 0.05)
    assert "New drug: 30 patients, 20 events" in text and "longer" in text


def test_follow_up_names_both_arms():
    results = records()
    for group in ("new", "old"):
        results.add("follow_up", endpoint="os", group=group, value=30.0, low=28.0, unit="months")
    text = survival.follow_up(ARMS, SimpleNamespace(id="os", short="OS"), results, 0.05)
    assert "28.0 to not reached" in text and "new drug" in text and "old drug" in text
