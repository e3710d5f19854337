"""Interval of a C-index against the number of patients."""

import math

import numpy as np
import pytest
from scipy.stats import kendalltau

from living_article.audit.checks.concordance_interval import patients_for, standard_error


@pytest.mark.parametrize(("c", "n"), [(0.8, 95), (0.6, 40)])
def test_the_standard_error_is_that_of_normal_pairs(c, n):
    """Simulation: the spread of C = (τ + 1)/2 over samples of a normal pair with this τ."""
    rng = np.random.default_rng(7)
    rho = math.sin(math.pi * (2 * c - 1) / 2)
    found = []
    for _ in range(1500):
        x = rng.normal(size=n)
        y = rho * x + math.sqrt(1 - rho**2) * rng.normal(size=n)
        found.append((kendalltau(x, y).statistic + 1) / 2)
    assert np.mean(found) == pytest.approx(c, abs=0.003)
    assert np.std(found) == pytest.approx(standard_error(c, n), rel=0.06)


def test_without_association_it_is_the_textbook_variance():
    n = 20  # var τ = 2(2n + 5)/(9n(n − 1)), Kendall
    assert standard_error(0.5, n) == pytest.approx(math.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1))) / 2)


def test_patients_are_the_fewest_that_suffice():
    for c, error in ((0.8, 0.0128), (0.7, 0.05)):
        n = patients_for(c, error)
        assert standard_error(c, n) <= error < standard_error(c, n - 1)
    assert patients_for(0.8, 1.0) == 3
    with pytest.raises(ValueError, match="no standard error"):
        standard_error(1.0, 10)


GIVEN = {"check": "concordance_interval.patients", "printed": "c low high", "inputs": "patients=95; level=95"}


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [("0.78", "0.82", "does not reproduce"), ("0.76", "0.84", "reproduces")]
)
def test_width(judged, low, high, verdict):
    assert judged({"c": "0.80", "low": low, "high": high}, **GIVEN)[1] == verdict


def test_a_range_without_a_level_is_not_held_against_95_percent(judged):
    row = GIVEN | {"inputs": "patients=95"}
    outcome, verdict = judged({"c": "0.80", "low": "0.78", "high": "0.82"}, **row)
    assert verdict == "definitional" and "fit at about 76%, not at 95%" in outcome.reason
    assert judged({"c": "0.80", "low": "0.76", "high": "0.84"}, **row)[1] == "reproduces"


def test_without_a_number_of_patients_the_implied_one_is_told(judged):
    outcome, verdict = judged({"c": "0.79", "low": "0.72", "high": "0.85"}, **GIVEN | {"inputs": "level=95"})
    assert verdict == "needs patient data" and outcome.attempts[0].shown.startswith("about 41")
