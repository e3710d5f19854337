"""Search for tables that give a printed χ²."""

import itertools
from math import comb

import numpy as np
import pytest

from living_article.audit.checks import table_search
from living_article.audit.checks.contingency import TESTS
from living_article.errors import InputError

GIVEN = {"check": "table_search.any", "printed": "s", "methods": "pearson", "agreement": "rounding"}


def test_compositions_are_all_and_each_once():
    found = table_search.compositions(5, 3)
    assert len(found) == comb(7, 2) == len({tuple(row) for row in found})
    assert (found.sum(axis=1) == 5).all() and found.min() == 0


@pytest.mark.parametrize("method", ["pearson", "yates", "n_minus_1", "likelihood_ratio"])
def test_many_statistics_at_once_equal_one_by_one(method):
    tables = np.array([[[a, 6 - a], [b, 5 - b]] for a, b in itertools.product(range(7), range(6)) if 0 < a + b < 11])
    found = table_search.statistics(tables, method)
    np.testing.assert_allclose(found, [TESTS[method].run(t).statistic for t in tables], atol=1e-12)


def test_wider_tables_too():
    tables = np.array([[[1, 12, 14, 26], [0, 4, 8, 28]], [[3, 1, 0, 2], [0, 0, 4, 1]]])
    for method in ("pearson", "likelihood_ratio"):
        found = table_search.statistics(tables, method)
        np.testing.assert_allclose(found, [TESTS[method].run(t).statistic for t in tables])


def test_a_table_without_an_event_gives_zero():
    assert table_search.statistics(np.array([[[0, 6], [0, 5]]]), "pearson") == 0


def test_the_printed_counts_come_first(judged):
    outcome, verdict = judged({"s": "2.931"}, **GIVEN | {"inputs": "events=13 4; totals=55 40"})
    assert verdict == "reproduces" and "nearest to the printed counts: the printed counts" in outcome.working[1]


def test_other_counts_are_named_with_their_distance(judged):
    outcome, verdict = judged({"s": "3.602"}, **GIVEN | {"inputs": "events=13 4; totals=55 40"})
    assert verdict == "reproduces only with other counts, such as 14/41 against 4/36"
    assert "1 patient away" in outcome.working[1]


def test_groups_too_large_to_search_are_said_so(judged):
    row = GIVEN | {"inputs": "table=300 300 300 300 | 300 300 300 300"}
    outcome, verdict = judged({"s": "4.135"}, **row)
    assert verdict == "definitional" and "not searched" in outcome.reason


def test_a_statistic_no_table_gives_is_impossible(judged):
    outcome, verdict = judged({"s": "4.135"}, **GIVEN | {"inputs": "events=13 4; totals=55 40"})
    bound = "none of 2,296 tables with the printed group sizes gives 4.135 by the test tried"
    assert verdict == "impossible" and outcome.bound == bound
    every = np.array([[[a, 55 - a], [b, 40 - b]] for a in range(56) for b in range(41)])
    values = table_search.statistics(every, "pearson")
    assert not ((values >= 4.1345) & (values < 4.136)).any()


def test_a_search_that_is_not_exhaustive_proves_nothing(judged):
    outcome, verdict = judged({"s": "0.592"}, **GIVEN | {"inputs": "table=13 15 20 7 | 8 11 15 6"})
    assert not outcome.bound and "with one row, or all margins, as printed" in outcome.working[0]
    assert verdict in ("does not reproduce", "reproduces only with other counts")


def test_margins_and_rows_of_large_tables_are_kept():
    counts = np.array([[13, 15, 20, 7], [8, 11, 15, 6]])
    tables, exhaustive = table_search.candidates(counts)
    assert not exhaustive and (tables.sum(axis=2) == counts.sum(axis=1)).all()
    one = (tables[:, 0] == counts[0]).all(axis=1) | (tables[:, 1] == counts[1]).all(axis=1)
    assert (one | (tables.sum(axis=1) == counts.sum(axis=0)).all(axis=1)).all()


def test_three_groups_are_refused(judged):
    with pytest.raises(InputError, match="two groups"):
        judged({"s": "1.0"}, **GIVEN | {"inputs": "table=1 2 | 3 4 | 5 6"})
