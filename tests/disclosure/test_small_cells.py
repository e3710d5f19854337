"""Small counts are hidden, and nothing that is shown gives them away."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_article.disclosure.small_cells import HIDDEN, Sum, hidden_counts, note, significant
from living_article.records import Results

LIMIT = 5


def solutions(counts, hidden, sums, most):
    """All values of the hidden counts that agree with what is shown, by trial."""
    names = list(hidden)
    found = []
    for values in itertools.product(range(most + 1), repeat=len(names)):
        trial = counts | dict(zip(names, values, strict=True))
        if all(
            sum(trial[m] for m in s.members) == (trial[s.total] if s.total else sum(counts[m] for m in s.members))
            for s in sums
        ):
            found.append(values)
    return found


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=6))
def test_no_small_count_is_the_only_one_that_agrees_with_a_known_total(values):
    counts = {("n", number): value for number, value in enumerate(values)}
    sums = [Sum(tuple(counts))]
    hidden = hidden_counts(counts, sums, LIMIT)
    assert {k for k, own in hidden.items() if own} == {k for k, value in counts.items() if 0 < value < LIMIT}
    if len(hidden) > 1 and sum(counts[k] for k in hidden) > 1:
        assert len(hidden) > 3 or len(solutions(counts, hidden, sums, 20)) > 1
    assert len(hidden) != 1, "a single hidden count is the total less the others"


def test_a_table_of_two_ways_hides_a_rectangle():
    counts = {("n", row, column): 20 + row for row in range(2) for column in range(3)} | {("n", 0, 1): 3}
    rows = [Sum(tuple(("n", row, column) for column in range(3))) for row in range(2)]
    columns = [Sum(tuple(("n", row, column) for row in range(2))) for column in range(3)]
    hidden = hidden_counts(counts, [*rows, *columns], LIMIT)
    assert len(hidden) == 4 and {k[1] for k in hidden} == {0, 1} and len({k[2] for k in hidden}) == 2
    assert [k for k, own in hidden.items() if own] == [("n", 0, 1)]


def test_nothing_is_hidden_without_small_counts_or_without_a_limit():
    counts = {("n", number): number for number in (0, 5, 6)}
    assert hidden_counts(counts, [Sum(tuple(counts))], LIMIT) == {}
    assert hidden_counts({("n", 1): 1}, [], 0) == {}


@pytest.fixture
def baseline():
    results = Results("baseline", limit=LIMIT)
    for arm, counts, missing in (("new", (3, 30, 60), 0), ("old", (20, 25, 50), 2)):
        where = {"group": arm, "term": "stage", "unit": "patients"}
        results.add("patients", group=arm, value=sum(counts) + missing, unit="patients")
        results.add("known", value=sum(counts), **where)
        results.add("missing", value=missing, **where)
        for level, count in zip("abc", counts, strict=True):
            results.add("count", group=arm, term=f"stage:{level}", value=count, unit="count")
    results.add("test", term="stage", value=9.0, p=0.01, unit="statistic")
    results.add("test", term="sex", value=9.0, p=0.01, unit="statistic")
    results.add("smd", term="stage", value=0.4, unit="smd")
    results.add("median", group="new", term="age", value=57.03, low=44.444, high=61.0, unit="years")
    return results


def test_a_baseline_table_shows_neither_small_counts_nor_what_gives_them_away(baseline):
    small = baseline.one("count", group="new", term="stage:a")
    assert (small.value, small.note) == (None, "< 5")
    assert baseline.one("count", group="old", term="stage:a").note == HIDDEN, (
        "the other arm: totals are known elsewhere"
    )
    assert baseline.one("missing", group="old").note == "< 5"
    assert baseline.one("known", group="old").note == HIDDEN, "patients less known would be missing"
    assert baseline.one("patients", group="old").value == 97
    for name in ("test", "smd"):
        record = baseline.one(name, term="stage")
        assert (record.value, record.p, record.note) == (None, None, HIDDEN)
    assert baseline.one("test", term="sex").p == 0.01
    assert not [r for r in baseline if r.unit in ("patients", "count") and r.value is not None and 0 < r.value < LIMIT]


@pytest.fixture
def response():
    results = Results("response", limit=LIMIT)
    for arm, counts in (("new", (1, 12, 16, 26)), ("old", (0, 4, 8, 28))):
        results.add("patients", group=arm, value=sum(counts), unit="patients")
        for level, count in zip(("CR", "PR", "SD", "PD"), counts, strict=True):
            results.add("best_response", group=arm, term=level, value=count, unit="count")
        for rate, levels, yes in (("orr", "CR|PR", sum(counts[:2])), ("dcr", "CR|PR|SD", sum(counts[:3]))):
            results.add(f"{rate}_count", group=arm, term=f"recist:{levels}", value=yes, unit="count")
            results.add(f"{rate}_count_by_criteria", group=arm, term=f"who:{levels}", value=yes + 1, unit="count")
            for name, term in ((rate, None), (f"{rate}_by_criteria", "recist"), (f"{rate}_by_criteria", "who")):
                results.add(name, group=arm, term=term, value=yes / sum(counts), unit="proportion")
    for rate in ("orr", "dcr"):
        results.add(f"{rate}_difference", value=0.1, unit="risk difference")
        results.add("test", term=rate, p=0.01, unit="statistic")
        for term in ("recist", "who"):
            results.add(f"{rate}_test_by_criteria", term=term, p=0.01, unit="statistic")
    results.add("test", term="best_response", p=0.01, unit="statistic")
    return results


def test_a_small_count_of_responders_hides_no_rate_that_tells_nothing_of_it(response):
    shown = {(r.group, r.term) for r in response.select("best_response") if r.value is not None}
    assert shown == {("new", "SD"), ("new", "PD"), ("old", "CR"), ("old", "PD")}
    assert [response.one("orr", group=arm).value is None for arm in ("new", "old")] == [False, True]
    assert not [r for name in ("dcr", "dcr_difference") for r in response.select(name) if r.value is None]
    assert response.one("test", term="dcr").p and response.one("dcr_test_by_criteria", term="recist").p
    for hidden in (*response.select("orr_difference"), *response.select("orr_test_by_criteria", term="recist")):
        assert (hidden.value, hidden.p, hidden.note) == (None, None, HIDDEN)
    assert response.one("test", term="orr").note == response.one("test", term="best_response").note == HIDDEN


def test_responders_by_other_criteria_who_are_one_more_are_hidden_beside_the_main_result(response):
    others = [r for name in ("orr", "dcr") for r in response.select(f"{name}_by_criteria", term="who")]
    assert [r.value for r in others if (r.name[:3], r.group) != ("orr", "old")] == [None] * 3
    assert response.one("dcr_test_by_criteria", term="who").note == HIDDEN


def test_the_patients_of_an_arm_are_never_hidden_to_protect_another_count(response):
    assert [r.value for r in response.select("patients")] == [55, 40]


def test_medians_and_quartiles_are_rounded(baseline):
    record = baseline.one("median")
    assert (record.value, record.low, record.high) == (57.0, 44.4, 61.0)


def test_degrees_of_freedom_are_no_patients():
    results = Results("cox", limit=LIMIT)
    results.add("zph_df", term="a", value=1, unit="count")
    results.add("coefficients", value=4, unit="count")
    assert [record.value for record in results] == [1, 4]


def test_risk_groups_hide_the_observed_risk_with_the_events():
    results = Results("validation", limit=LIMIT)
    for group, events in (("1", 2), ("2", 9), ("3", 20)):
        where = {"group": group, "horizon": 12.0}
        results.add("group_events", value=events, unit="events", **where)
        results.add("group_observed", value=events / 30, unit="proportion", **where)
    shown = {r.group: r.value for r in results.select("group_observed")}
    assert shown == {"1": None, "2": None, "3": 0.666667}, "and no more digits than tell no quotient"


def test_without_a_limit_every_record_is_as_it_was_added():
    results = Results("baseline")
    results.add("count", term="a:b", value=1, unit="count")
    results.add("median", term="age", value=57.123, unit="years")
    assert [record.value for record in results] == [1, 57.123]


@pytest.mark.parametrize(
    ("cell", "limit", "told"),
    [("< 5", 5, True), ("< 5 (3)", 5, True), (HIDDEN, 5, True), ("7", 5, False), ("< 5", 0, False)],
)
def test_a_table_says_that_counts_are_hidden(cell, limit, told):
    assert bool(note(pd.DataFrame({"a": ["12", cell]}), limit)) is told


def test_significant_digits():
    assert [significant(x) for x in (None, 0.0, 0.0012345, -1234.5)] == [None, 0.0, 0.00123, -1230.0]
