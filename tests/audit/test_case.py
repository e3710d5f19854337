"""A claim with its values looked up."""

import pytest

from living_article.errors import InputError

VALUES = {"total": "5", "a": "2.5", "b": "10#", "started": "May 2020"}


def build(case, inputs):
    return case(VALUES, check="proportions.sum", printed="total", inputs=f"parts={inputs}")


def test_sums_and_differences_have_value_text_and_rounding(case):
    term = build(case, "a+b-1").one("parts")
    assert (term.value, term.text) == (11.5, "2.5 + 10 − 1")
    assert term.half == pytest.approx(0.05 + 0.5)
    assert term.range == pytest.approx((10.95, 12.05))


def test_rows_and_single_values_are_told_apart(case):
    found = build(case, "a b | 1 2")
    assert [[t.value for t in row] for row in found.table("parts")] == [[2.5, 10.0], [1.0, 2.0]]
    assert found.texts("parts") == "2.5, 10; 1, 2"
    with pytest.raises(InputError, match="claim one: parts must be one row"):
        found.row("parts")
    with pytest.raises(InputError, match="one row of 1"):
        build(case, "a b").one("parts")


def test_a_date_is_not_a_number(case):
    with pytest.raises(InputError, match="started is a date"):
        build(case, "started").one("parts")


def test_methods_say_whether_the_article_names_them(case):
    found = case(
        VALUES, check="contingency.p", printed="total", inputs="table=1 2 | 3 4", methods="pearson",
        alternatives="yates fisher",
    )  # fmt: skip
    assert found.methods == [("pearson", True), ("yates", False), ("fisher", False)]
