"""Numbers and lists in words."""

from types import SimpleNamespace

import pytest

from living_article.audit import wording


def printed(decimals, bound=""):
    return SimpleNamespace(decimals=decimals, bound=bound)


def test_a_recomputed_number_shows_one_decimal_more():
    assert wording.like(printed(2), 23.636363) == "23.636"
    assert wording.like(printed(0), 54.0) == "54"
    assert wording.like(printed(0), 54.5) == "54.5"
    assert wording.like(printed(3), -0.00001) == "0.0000"


def test_a_small_p_beside_a_bound_keeps_a_digit():
    assert wording.like(printed(2, "<"), 0.00021) == "0.0002"


def test_a_range_that_reads_alike_at_both_ends_is_one_number():
    assert wording.span(printed(1), 0.121, 0.122) == "0.12"
    assert wording.span(printed(1), 0.11, 0.14) == "0.11 to 0.14"


@pytest.mark.parametrize(("number", "text"), [(1, "1 table"), (2296, "2,296 tables"), (0, "0 tables")])
def test_counted(number, text):
    assert wording.counted(number, "table") == text


def test_listed():
    assert [wording.listed(w) for w in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert wording.listed(["a", "b"], "or") == "a or b"


def test_a_minus_is_a_minus_and_zero_has_none():
    assert wording.fixed(-1.25, 1) == "−1.2" and wording.fixed(-0.01, 1) == "0.0"
    assert wording.plain(13.0) == "13" and wording.plain(-0.5) == "−0.5" and wording.plain(123456) == "123,456"
