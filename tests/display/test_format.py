"""The one formatter: decimals by unit, no blanks, honest P values."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.display import format
from living_article.records import Record


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.23636, "proportion", "23.6%"),
        (22.04, "months", "22.0 months"),
        (0.632, "hazard ratio", "0.632"),
        (-0.12, "risk difference", "−12.0 percentage points"),
        (-0.0001, "slope", "0.00"),
        (55, "patients", "55"),
        (3.25, "furlongs", "3.2 furlongs"),
    ],
)
def test_number(value, unit, text):
    assert format.number(value, unit) == text


@pytest.mark.parametrize("blank", [None, math.nan, math.inf])
def test_a_blank_is_an_error(blank):
    with pytest.raises(ValueError, match="blank"):
        format.number(blank, "months")
    with pytest.raises(ValueError, match="blank"):
        format.p_value(blank)


def test_p_values():
    assert format.p_value(0.0421) == "0.042"
    assert format.p_value(0.00099) == "< 0.001"
    assert format.p_equals(0.00001) == "P < 0.001"
    assert format.p_equals(0.5) == "P = 0.500"


@given(st.floats(0, 1))
def test_every_p_value_can_be_shown(p):
    text = format.p_value(p)
    assert text == "< 0.001" or abs(float(text) - p) <= 0.0005 + 1e-12


def test_estimates_with_open_or_missing_ends():
    record = Record("s", "median", value=22, low=18, high=None, unit="months")
    assert format.with_interval(record, 0.05) == "22.0 months (95% CI 18.0 to not reached)"
    assert format.with_interval(record, 0.1).startswith("22.0 months (90% CI")
    assert format.cell(Record("s", "n", value=3, unit="patients")) == "3"
    assert format.estimate(Record("s", "median", note="not reached")) == "not reached"


def test_count_of():
    assert format.count_of(13, 55) == "13 (23.6)"
    with pytest.raises(ZeroDivisionError):
        format.count_of(0, 0)
