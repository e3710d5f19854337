"""Points of a nomogram: direction and proportion."""

import pytest

from living_article.errors import InputError


@pytest.mark.parametrize(
    ("low", "high", "hr", "verdict"),
    [
        ("0", "20", "1.203", "reproduces"),
        ("20", "0", "0.632", "reproduces"),
        ("0", "60", "0.632", "internally inconsistent"),
        ("0", "0", "1.2", "internally inconsistent"),
        ("0", "0", "1", "reproduces"),
        ("0", "5", "1.00", "reproduces"),  # may have been 1.004
        ("5", "0", "1.00", "reproduces"),
    ],
)
def test_direction(judged, low, high, hr, verdict):
    row = {"check": "points.direction", "printed": "low high", "inputs": "hr=hr"}
    assert judged({"low": low, "high": high, "hr": hr}, **row)[1] == verdict


SHARE = {
    "check": "points.proportional", "printed": "low high",
    "inputs": "hr=hr; units=units; reference_hr=big; reference_units=10; reference_points=100; step=5",
}  # fmt: skip


@pytest.mark.parametrize(
    ("high", "units", "verdict"),
    [
        ("50", "1", "reproduces"),
        ("55", "1", "does not reproduce"),
        ("100", "2", "reproduces"),
        ("45", "1", "does not reproduce"),
    ],
)
def test_proportion(judged, high, units, verdict):
    # log 1.0718 × 10 = log 2 sets 100 points; log 1.4142 is half of it, and points come in steps of 5
    values = {"low": "0", "high": high, "units": units, "hr": "1.4142", "big": "1.0718"}
    assert judged(values, **SHARE)[1] == verdict


def test_rounding_of_the_ratios_is_granted(judged):
    # 1.1 ± 0.05 stands for an effect of 0.049 to 0.140 a unit
    values = {"low": "0", "high": "20", "units": "1", "hr": "1.1", "big": "1.0718"}
    assert judged(values, **SHARE)[1] == "reproduces"
    assert judged(values | {"hr": "1.10", "high": "20"}, **SHARE)[1] == "does not reproduce"


def test_a_scale_that_may_be_zero_is_refused(judged):
    values = {"low": "0", "high": "20", "units": "1", "hr": "1.1", "big": "1.0"}
    with pytest.raises(InputError, match="may have no effect"):
        judged(values, **SHARE)
