"""Rounded, truncated, or on the right side of a bound."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.audit import agreement
from living_article.published import parse


def printed(text):
    number, bound, decimals = parse(text)
    return SimpleNamespace(printed=text, number=number, bound=bound, decimals=decimals)


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("23.63", 100 * 13 / 55, "truncation"),
        ("23.64", 100 * 13 / 55, "rounding"),
        ("23.62", 100 * 13 / 55, ""),
        ("0.35", 0.345, "rounding"),
        ("0.34", 0.345, "rounding"),  # half a unit may go either way
        ("10", 10.4, "rounding"),
        ("10", 10.6, "truncation"),
        ("0.000", 0.0004, "rounding"),
        ("0.000", 0.0009, "truncation"),
        ("-1.2", -1.29, "truncation"),
        ("1.2", -1.2, ""),
        ("<0.05", 0.0499, "bound"),
        ("<0.05", 0.05, ""),
        (">0.05", 0.06, "bound"),
        ("≤240", 240, "bound"),
        ("≥18", 17, ""),
    ],
)
def test_how_a_number_agrees(text, value, how):
    assert agreement.how(printed(text), value) == how


@given(st.integers(1, 10**8), st.integers(0, 4))
def test_every_number_agrees_with_its_own_rounding_and_with_its_own_truncation(n, decimals):
    value = n / 10**5
    assert agreement.how(printed(f"{value:.{decimals}f}"), value) == "rounding"
    cut = n // 10 ** (5 - decimals) / 10**decimals
    assert agreement.how(printed(f"{cut:.{decimals}f}"), value) in ("rounding", "truncation")


@pytest.mark.parametrize(
    ("text", "low", "high", "how"),
    [
        ("0.772", 0.67, 2.02, "rounding"),
        ("0.772", 0.7724, 2.02, "rounding"),
        ("0.772", 0.7726, 2.02, "truncation"),
        ("0.772", 0.7731, 2.02, ""),
        ("0.772", 0.1, 0.7714, ""),
        ("<0.05", 0.04, 0.2, "bound"),
        ("<0.05", 0.06, 0.2, ""),
    ],
)
def test_a_range_reaches_a_printed_value(text, low, high, how):
    assert agreement.reached(printed(text), low, high) == how
