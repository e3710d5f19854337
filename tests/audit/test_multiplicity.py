"""Matches that chance alone would give."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import chi2

from living_article.audit.multiplicity import any_of, chance, multiplicity
from living_article.audit.outcome import Attempt, Verdict


def printed(number, decimals, bound=""):
    return SimpleNamespace(number=number, decimals=decimals, bound=bound)


def test_a_p_value_of_three_decimals_is_met_by_chance_in_three_of_two_thousand():
    assert chance(printed(0.038, 3), "p") == pytest.approx(0.0015)
    assert chance(printed(0.0, 2), "p") == pytest.approx(0.01)
    assert chance(printed(1.0, 2), "p") == pytest.approx(0.005)


def test_the_chance_of_a_statistic_is_the_share_of_draws_that_round_or_truncate_to_it():
    draws = chi2.rvs(2, size=400_000, random_state=np.random.default_rng(1))
    hit = (np.round(draws, 1) == 1.4) | (np.floor(draws * 10) == 14)
    assert chance(printed(1.4, 1), "chi2", 2) == pytest.approx(hit.mean(), abs=0.001)


def test_a_range_is_met_more_often():
    assert chance(printed(0.4, 2), "p", reach=(0.2, 0.6)) == pytest.approx(0.415)
    assert chance(printed(0.8, 1), "t", 93, reach=(0.0, 100.0)) == pytest.approx(1.0)


def test_a_bound_has_no_chance():
    assert chance(printed(0.05, 2, "<"), "p") is None


def test_any_of():
    assert any_of([0.5, 0.5]) == 0.75 and any_of([]) == 0


def finding(verdict, *attempts):
    return SimpleNamespace(verdict=verdict, attempts=attempts)


def test_only_claims_with_several_attempts_are_counted():
    miss, hit = Attempt("a", "1", chance=0.1), Attempt("b", "1", "rounding", named=False, chance=0.2)
    found = multiplicity(
        [
            finding(Verdict.ONLY_WITH, miss, hit),
            finding(Verdict.NOT, miss, miss, Attempt("c", "1")),
            finding(Verdict.REPRODUCES, hit),
        ]
    )
    assert (found.claims, found.attempts, found.matched, found.only_with) == (2, 4, 1, 1)
    assert found.expected == pytest.approx((1 - 0.9 * 0.8) + (1 - 0.9**2))
