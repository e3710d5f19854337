"""Hazard ratio, interval and P value against each other and against the number of patients."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from living_article.audit.checks import hazard_ratio
from living_article.errors import InputError


def values(hr="0.632", low="0.456", high="0.879", p="0.006"):
    return {"hr": hr, "low": low, "high": high, "p": p}


def given(check, printed="hr low high", **more):
    return {"check": f"hazard_ratio.{check}", "printed": printed} | more


@pytest.mark.parametrize(
    ("hr", "verdict"),
    [
        ("0.633", "reproduces"),
        ("0.632", "reproduces only with truncation"),
        ("0.668", "reproduces only with an interval symmetric around the ratio"),
    ],
)
def test_the_ratio_is_the_geometric_middle(judged, hr, verdict):
    assert judged(values(hr=hr), **given("centre", methods="log", alternatives="plain"))[1] == verdict


def test_truncation_of_the_limits_is_granted(judged):
    told = "reproduces only with limits that were truncated, not rounded"
    # the middle of 1.0619 and 1.7309 is 1.3558; rounded limits have a middle of 1.3553 at most
    middle = values(hr="1.356", low="1.061", high="1.730")
    assert judged(middle, **given("centre", methods="log", alternatives="plain"))[1] == told
    # P from 0.128 to 0.149 if all three are rounded, from 0.121 to 0.141 if they are cut
    row = given("p", "hr low high p", methods="wald")
    found = {p: judged(values("1.30", "0.90", "1.80", p), **row)[1] for p in ("0.122", "0.130", "0.160")}
    assert list(found.values()) == [told, "reproduces", "internally inconsistent"]


def test_how_far_the_ratio_is_from_the_middle_is_told(judged):
    outcome, verdict = judged(values(hr="0.650"), **given("centre", methods="log"))
    assert verdict == "internally inconsistent" and "2.6% above the middle" in outcome.working[0]


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("0.006", "reproduces"),
        ("0.003", "reproduces only with a one-sided Wald test"),
        ("0.020", "internally inconsistent"),
    ],
)
def test_p_of_ratio_and_limits(judged, p, verdict):
    row = given("p", "hr low high p", inputs="level=95", methods="wald", alternatives="one_sided")
    assert judged(values(p=p), **row)[1] == verdict


def test_the_range_of_p_holds_every_unrounded_estimate():
    from types import SimpleNamespace

    hr, low, high = (SimpleNamespace(number=v, decimals=2) for v in (0.62, 0.40, 0.96))
    least, most = hazard_ratio.p_ranges(hr, low, high, 0.95)
    rng = np.random.default_rng(5)
    for _ in range(2000):
        h, a, b = (v.number + rng.uniform(-0.005, 0.005) for v in (hr, low, high))
        z = abs(math.log(h)) / (math.log(b / a) / 2 / 1.959964)
        assert least <= 2 * norm.sf(z) <= most
    one = SimpleNamespace(number=1.00, decimals=2)
    assert hazard_ratio.p_ranges(one, low, high, 0.95)[1] == 1


@pytest.mark.parametrize(
    ("low", "high", "p", "verdict"),
    [
        ("1.01", "1.56", "0.038", "reproduces"),
        ("0.99", "1.56", "0.038", "internally inconsistent"),
        ("0.99", "1.56", "0.06", "reproduces"),
        ("0.5", "0.9", "<0.05", "reproduces"),
        ("0.5", "0.9", ">0.05", "internally inconsistent"),
        ("1.00", "1.50", "0.048", "reproduces"),  # 1.00 may have been 1.004
        ("1.00", "1.50", "0.052", "reproduces"),
        ("0.50", "0.99", "0.05", "reproduces"),  # P may have been 0.049
    ],
)
def test_interval_and_p_lead_to_one_conclusion(judged, low, high, p, verdict):
    row = given("side", "low high p", inputs="alpha=0.05")
    assert judged(values(low=low, high=high, p=p), **row)[1] == verdict


def test_an_interval_narrower_than_the_patients_allow_is_impossible(judged):
    row = given("narrowest", inputs="patients=95; level=95; split=55 40")
    outcome, verdict = judged(values(), **row)
    assert verdict == "impossible" and outcome.bound == "standard error 0.1678 below 2/√95 = 0.2052"
    told = " ".join(outcome.working)
    assert "needs 142 events" in told and "P at least 0.025" in told and "about 0.2078 is to be expected" in told
    assert judged(values(low="0.41", high="0.97"), **row)[1] == "reproduces"


def test_rounding_of_the_limits_is_granted(judged):
    # 2·z·2/√95 on either side of log 1 is 0.669 to 1.495; printed without decimals it may have been wider
    row = given("narrowest", inputs="patients=95")
    assert judged(values("1.0", "0.7", "1.5"), **row)[1] == "reproduces"
    assert judged(values("1.000", "0.700", "1.480"), **row)[1] == "impossible"


def test_no_cohort_beats_the_bound():
    """Cox information of a 0/1 covariate at most 1/4 an event: tried on many random cohorts with all events."""
    rng = np.random.default_rng(2)
    best = math.inf
    for _ in range(300):
        x = rng.permutation(np.repeat([0, 1], 20)).astype(float)
        weight = np.exp(rng.normal(0, 1) * x)
        information = 0.0
        for start in range(40):
            w, z = weight[start:], x[start:]
            share = (w * z).sum() / w.sum()
            information += share * (1 - share)
        best = min(best, 1 / math.sqrt(information))
    assert best > hazard_ratio.smallest_error(40)
    assert best < 1.15 * hazard_ratio.smallest_error(40)


def test_expected_error_of_an_uneven_split():
    assert hazard_ratio.expected_error(95, 0.5) == pytest.approx(hazard_ratio.smallest_error(95))
    assert hazard_ratio.expected_error(95, 9 / 95) == pytest.approx(0.350, abs=0.001)


def test_a_ratio_of_zero_is_refused(judged):
    with pytest.raises(InputError, match="not positive"):
        judged(values(low="0"), **given("centre", methods="log"))
