"""Two results side by side: pairs, verdicts, scales."""

from __future__ import annotations

import pytest

from living_article.compare.pairs import Pair, compare, counts, ordered
from living_article.compare.printed import PUBLISHED
from living_article.compare.sides import Number, Side

KEY = ("cox", "hr", "os", None, "age", None)


def ratio(value, low=None, high=None, p=None, **more):
    return Number(value, low, high, p, "hazard ratio", **more)


def pair(first, second):
    return Pair(KEY, first, second)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (ratio(0.5), ratio(0.5), "same"),
        (ratio(0.5), ratio(0.6), "moved"),
        (ratio(0.9, p=0.01), ratio(1.1, p=0.2), "changes side"),
        (ratio(0.5, p=0.04), ratio(0.5, p=0.06), "changes significance"),
        (ratio(0.5, p=0.04), ratio(0.5, p=0.06, alpha=0.1), "same"),
        (ratio(0.5, 0.3, 0.8), ratio(0.5, 0.2, 1.2), "another interval"),
        (ratio(0.5), ratio(None, note="not estimable"), "no value in one"),
        (ratio(None, p=0.3), ratio(None, p=0.4), "moved"),
        (ratio(None, note="x"), ratio(None, note="x"), "same"),
        (Number(-0.1, unit="risk difference"), Number(0.1, unit="risk difference"), "changes side"),
        (Number(-0.1, unit="months"), Number(0.1, unit="months"), "moved"),
        (ratio(0.5), None, "only in the first"),
        (None, ratio(0.5), "only in the second"),
        (ratio(0.632, tolerance=0.0005, printed=True), ratio(0.6324, 0.4, 0.9, 0.01), "same"),
        (ratio(0.632, tolerance=0.0005, printed=True), ratio(0.633), "moved"),
        (Number(p=0.05, bound="<", printed=True), Number(8.0, p=0.004), "same"),
        (Number(p=0.05, bound="<", printed=True), Number(8.0, p=0.2), "changes significance"),
    ],
)
def test_verdicts(first, second, verdict):
    assert pair(first, second).verdict == verdict


def test_shift_of_a_ratio_is_on_the_log_scale_in_half_widths():
    moved = pair(ratio(1.0, 0.5, 2.0), ratio(4.0))
    assert moved.shift == pytest.approx(2.0)
    assert moved.on_scale(0.5) == pytest.approx(-1.0)
    assert moved.difference == 3.0 and moved.relative == 3.0


def test_shift_of_another_number_is_on_its_own_scale():
    first, second = Number(10.0, 8.0, 12.0, unit="months"), Number(13.0, unit="months")
    assert pair(first, second).shift == pytest.approx(1.5)
    assert pair(second, first).shift is None, "the first has no interval"


def test_pairs_keep_the_order_of_the_first_side_and_sort_by_gravity():
    other = ("cox", "hr", "os", None, "sex", None)
    more = ("cox", "hr", "os", None, "ldh", None)
    first = Side("a", {KEY: ratio(0.5, 0.4, 0.6), other: ratio(0.9)})
    second = Side("b", {other: ratio(1.2), more: ratio(1.0), KEY: ratio(0.5, 0.4, 0.6)})
    pairs = compare(first, second)
    assert [p.key for p in pairs] == [KEY, other, more]
    assert [p.key for p in ordered(pairs)] == [other, more, KEY]
    assert counts(pairs) == {"same": 1, "changes side": 1, "only in the second": 1}
    assert pairs[0].what == "cox hr (os, age)"


def test_a_printed_percentage_is_compared_as_a_proportion():
    key = ("response", "orr", None, "new", None, None)
    published = Side(PUBLISHED, {key: Number(23.6, unit="%", tolerance=0.05, printed=True), KEY: ratio(0.5)})
    computed = Side(
        "x", {key: Number(13 / 55, 0.13, 0.37, unit="proportion"), ("response", "n", *key[2:]): Number(3.0)}
    )
    (only,) = compare(published, computed)
    assert only.verdict == "same" and only.first.value == pytest.approx(0.236), "other sections are left out"
    (only,) = compare(computed, published)
    assert only.second.value == pytest.approx(0.236)
