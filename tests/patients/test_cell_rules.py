"""What a cell may hold, and what is said if it holds something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.patients.cell_rules import date_rule, level_rule, number_rule, text_rule
from living_article.patients.cells import is_date, is_number


@given(st.text(max_size=60))
def test_any_text_is_fit_or_has_one_verdict(text):
    assert is_number(text) == (number_rule(required=True)(text) is None)
    assert (text != "a") == (level_rule(["a"], required=True)(text) is not None)
    assert (is_date(text) or text == "") == (date_rule(text) is None)


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("2021-2-3", "not a date, digits are missing", "write 2021-02-03"),
        ("2021-02-30", "not a date of the calendar, 1900 to 2100", "correct it, or leave the cell empty"),
        ("9999-12-31", "not a date of the calendar, 1900 to 2100", "leave the cell empty"),
        ("31.12.2021", "not a date", "write year-month-day, e.g. 2022-12-31"),
        (" 2021-02-03", "stray space", "write 2021-02-03"),
        ("NA", "not a date", "leave the cell empty if the value is missing"),
        ("2021-02-03 00:00:00", "not a date", "write year-month-day"),
    ],
)
def test_dates_are_written_in_one_way(text, problem, remedy):
    found, cure = date_rule(text)
    assert found == problem
    assert remedy in cure


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("=1+1", "not a number, text that a spreadsheet would run as a formula"),
        ("<b>5</b>", "not a number, text that looks like HTML"),
        ("9" * 400, "not a number a computer can hold"),
        ("1,5", "not a number, decimal comma"),
        ("-3", "out of range"),
        ("five", "not a number"),
    ],
)
def test_a_cell_that_is_no_number_has_one_verdict_that_names_all(text, problem):
    assert number_rule(0.0)(text)[0] == problem


@pytest.mark.parametrize("text", ["", "abc", "3.5", "a b", "Åse", "x-ray", "I/II", "<5"])
def test_ordinary_text_has_no_fault(text):
    assert text_rule(text) is None
