"""What adds up to what, and which small differences between a whole and its part nobody may work out."""

from __future__ import annotations

import pytest

from living_article.disclosure.count_sums import Sum, differences, sums_of
from living_article.records import Results

LIMIT = 5


def key(name, endpoint=None, group=None, term=None, horizon=None):
    return (name, endpoint, group, term, horizon)


def test_levels_add_up_to_the_patients_known():
    counts = [key("known", group="new", term="sex"), *(key("count", group="new", term=f"sex:{s}") for s in "mf")]
    (levels,) = [s for s in sums_of(counts) if s.total]
    assert levels.members == tuple(counts[1:]) and levels.total == counts[0]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (key("level_events", "os", None, "sex:f"), key("level_patients", "os", None, "sex:f")),
        (key("group_events", "os", "2", None, 12.0), key("group_patients", "os", "2", None, 12.0)),
        (key("events", "os", "new"), key("patients", "os", "new")),
        (key("events", "os", None, None, 36.0), key("events", "os")),
        (key("events", "os", None, None, 12.0), key("events", "os", None, None, 36.0)),
        (key("count", None, "new", "nausea"), key("known", None, "new", "nausea")),
        (key("new_lesion_only", None, "new"), key("best_response", None, "new", "PD")),
        (key("orr_count", None, "new", "recist:CR|PR"), key("patients", None, "new")),
        (key("orr_count", None, "new", "recist:CR|PR"), key("orr_count_by_criteria", None, "new", "who:CR|PR")),
        (key("events", "os", "new"), key("events", "pfs", "new")),
        (key("known", None, "new", "nausea"), key("patients", None, "new")),
    ],
)
def test_a_small_rest_is_found(part, whole):
    assert dict(differences({part: 17, whole: 20}, LIMIT)) == {(part, whole): 3}
    assert not dict(differences({part: 20, whole: 20}, LIMIT)) and not dict(differences({part: 15, whole: 20}, LIMIT))


def test_the_first_and_the_last_of_three_are_held_against_each_other_too():
    counts = {
        key("events", "os", None, None, horizon): number for horizon, number in ((12.0, 10), (24.0, 12), (36.0, 13))
    }
    assert sorted(dict(differences(counts, LIMIT)).values()) == [1, 2, 3]


def test_best_responses_and_those_who_lack_one_are_the_arm():
    levels = [key("best_response", None, "new", level) for level in ("CR", "PR", "PD")]
    rate, missing = key("orr_count", None, "new", "recist:CR|PR"), key("missing", None, "new", "best_response")
    found = list(sums_of([*levels, rate, missing]))
    assert Sum((*levels, missing)) in found and Sum(tuple(levels[:2]), rate) in found
    assert Sum(tuple(levels)) in list(sums_of(levels))


def test_an_event_and_the_others_of_its_system_are_the_system():
    count = [key("count", None, "new", term) for term in ("nausea", "gut")]
    without = key("without", None, "new", "gut:nausea")
    assert Sum((count[0], without), count[1]) in list(sums_of([*count, without]))


def test_arms_add_up_only_where_a_page_shows_both_together():
    for name, term, told in (("count", "sex:f", True), ("count", "nausea", False), ("missing", "best_response", False)):
        arms = tuple(key(name, None, arm, term) for arm in ("new", "old"))
        assert (Sum(arms) in list(sums_of(arms))) is told, (name, term)


def test_the_few_without_an_event_cannot_be_worked_out():
    results = Results("survival", limit=LIMIT)
    for arm, patients, events in (("new", 55, 40), ("old", 40, 38)):
        results.add("patients", endpoint="os", group=arm, value=patients, unit="patients")
        results.add("events", endpoint="os", group=arm, value=events, unit="events")
        results.add("milestone", endpoint="os", group=arm, horizon=60.0, value=1 - events / patients, unit="proportion")
    results.add("milestone_difference", endpoint="os", horizon=60.0, value=0.2, unit="risk difference")
    assert [r.value for r in results.select("patients")] == [55, 40]
    assert [r.value for r in results.select("events")] == [None, None], "one would follow from the total of both arms"
    assert [r.value is None for r in results.select("milestone")] == [False, True]
    assert results.one("milestone_difference").value is None
