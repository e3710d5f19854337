"""Standard deviations and extremes that whole numbers can have."""

import itertools

import numpy as np
import pytest

from living_article.audit.checks import spread

SD = {"check": "spread.deviation", "printed": "m s", "inputs": "n=n", "agreement": "rounding"}


def test_every_sample_of_whole_numbers_is_feasible(judged):
    for sample in itertools.combinations_with_replacement(range(6), 4):
        mean, sd = np.mean(sample), np.std(sample, ddof=1)
        assert judged({"m": f"{mean:.2f}", "s": f"{sd:.2f}", "n": "4"}, **SD)[1] == "reproduces", sample


@pytest.mark.parametrize(("m", "s"), [("3.50", "0.30"), ("3.00", "0.40"), ("3.00", "0.70")])
def test_what_no_four_whole_numbers_have_is_impossible(judged, m, s):
    # sums of 14 and 12; sums of squares 50 or more (SD 0.577), and even
    assert judged({"m": m, "s": s, "n": "4"}, **SD)[1] == "impossible"


def test_a_truncated_mean_and_sd_are_recognised(judged):
    # 1, 1, 3 have mean 1.6667 and SD 1.1547
    assert judged({"m": "1.66", "s": "1.15", "n": "3"}, **SD)[1] == "reproduces only with truncation"
    assert judged({"m": "1.66", "s": "1.14", "n": "3"}, **SD)[1] == "impossible"


def test_a_minimum_limits_the_spread(judged):
    row = SD | {"inputs": "n=n; minimum=18"}
    assert judged({"m": "20.0", "s": "4.0", "n": "4"}, **row)[1] == "reproduces"  # 18, 18, 18, 26
    assert judged({"m": "20.0", "s": "4.2", "n": "4"}, **row)[1] == "impossible"
    assert judged({"m": "17.0", "s": "2.0", "n": "4"}, **row)[1] == "impossible"


def test_no_value_is_further_than_samuelson_says():
    rng = np.random.default_rng(4)
    for _ in range(200):
        x = rng.standard_t(2, 8)
        low, high = spread.furthest(x.mean(), x.std(ddof=1), 8)
        assert low <= x.min() and x.max() <= high
    worst = np.array([0.0] * 7 + [1.0])
    assert spread.furthest(worst.mean(), worst.std(ddof=1), 8)[1] == pytest.approx(1.0)


def test_extreme(judged):
    values = {"m1": "30", "m2": "28", "s1": "6.44", "s2": "8.03"}
    row = {"check": "spread.extreme", "printed": "age", "inputs": "mean=m1 m2; sd=s1 s2; n=55 40"}
    assert judged(values | {"age": "77"}, **row)[1] == "reproduces"
    outcome, verdict = judged(values | {"age": "80"}, **row)
    assert verdict == "impossible" and "78.0" in outcome.bound
