"""Percentages, sums and means of whole numbers."""

import itertools
from types import SimpleNamespace

import pytest

from living_article.audit.checks.proportions import counts_giving
from living_article.errors import InputError

GIVEN = {
    "check": "proportions.percentage",
    "printed": "p",
    "inputs": "part=k; whole=n",
    "methods": "whole",
    "agreement": "rounding",
}
VALUES = {"k": "13", "n": "55", "fewer": "53"}


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("23.64", "reproduces"),
        ("23.63", "reproduces only with truncation"),
        ("24.5", "reproduces only with 13 of 53"),
        ("52.73", "internally inconsistent"),
        ("24", "reproduces"),
    ],
)
def test_percentage(judged, p, verdict):
    row = GIVEN | {"inputs": "part=k; whole=n; other_whole=fewer", "alternatives": "other_whole"}
    assert judged(VALUES | {"p": p}, **row)[1] == verdict


def test_the_count_of_a_percentage_that_fails_is_told(judged):
    outcome, _ = judged(VALUES | {"p": "52.73"}, **GIVEN)
    assert outcome.working == ("52.73% of 55 would be a count of 29, by rounding.",)
    outcome, _ = judged(VALUES | {"p": "52.00"}, **GIVEN)
    assert outcome.working == ("No whole number of 55 patients gives 52.00%.",)


def test_an_empty_group_is_refused(judged):
    with pytest.raises(InputError, match="without patients"):
        judged(VALUES | {"p": "5"}, **GIVEN | {"inputs": "part=0; whole=0"})


@pytest.mark.parametrize(
    ("p", "verdict"), [("11", "reproduces"), ("23.63", "reproduces only with truncation"), ("23.70", "impossible")]
)
def test_attainable(judged, p, verdict):
    row = {"check": "proportions.attainable", "printed": "p", "inputs": "whole=n", "agreement": "rounding"}
    assert judged(VALUES | {"p": p}, **row)[1] == verdict


def test_every_percentage_of_a_group_is_attainable():
    for k in range(41):
        value = SimpleNamespace(number=float(f"{100 * k / 40:.1f}"), decimals=1, bound="")
        assert k in counts_giving(value, 40)


def test_sum(judged):
    row = {"check": "proportions.sum", "printed": "total", "inputs": "parts=k n"}
    assert judged(VALUES | {"total": "68"}, **row)[1] == "reproduces"
    outcome, verdict = judged(VALUES | {"total": "70"}, **row)
    assert verdict == "internally inconsistent" and outcome.working == ("The parts are 2 too few.",)


@pytest.mark.parametrize("n", [3, 7])
def test_means_of_whole_numbers_are_exactly_those_of_a_sum(judged, n):
    row = {"check": "proportions.mean", "printed": "m", "inputs": f"n={n}", "agreement": "rounding"}
    possible = {f"{sum(x) / n:.2f}" for x in itertools.product(range(3), repeat=n)}
    for hundredths in range(201):
        mean = f"{hundredths / 100:.2f}"
        assert (judged({"m": mean}, **row)[1] == "reproduces") == (mean in possible), mean


def test_a_truncated_mean_is_recognised(judged):
    row = {"check": "proportions.mean", "printed": "m", "inputs": "n=3", "agreement": "rounding"}
    assert judged({"m": "3.66"}, **row)[1] == "reproduces only with truncation"  # 11/3 = 3.6667
    assert judged({"m": "3.65"}, **row)[1] == "impossible"
    assert judged({"m": "-3.66"}, **row)[1] == "reproduces only with truncation"
