"""Cells: what is a number and a date, what may be shown, and that each is told of once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.patients.cells import MOST_ALIKE, Cells, is_date, is_number, quoted
from living_article.patients.table_files import TableFile


def cells(**columns) -> Cells:
    table = pd.DataFrame(columns, dtype=object)
    table.index = pd.Index(range(1, len(table) + 1))
    return Cells(Path("t.csv"), TableFile(table), "id")


def bad(text: str):
    return ("bad", f"not {text}") if text.startswith("b") else None


@given(st.text(alphabet=st.characters()))
def test_what_is_quoted_can_be_printed(text):
    shown = quoted(text)
    assert shown.isprintable()
    assert len(shown) <= 40
    shown.encode("utf-8")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_float_is_a_number(value):
    assert is_number(repr(value))
    assert not is_number(f" {value!r}")


@pytest.mark.parametrize(
    "text",
    [
        "2021-2-3",
        "2021-02-30",
        "0001-01-01",
        "9999-12-31",
        "20210203",
        "2021-02-03 ",
        "２０２１-02-03",
        "",
        "2021-W05-3",
    ],
)
def test_a_date_is_of_the_calendar_and_has_all_its_digits(text):
    assert not is_date(text)
    assert is_date("2021-02-03")
    assert cells(id=["a"], day=[text]).days("day").isna().all()


def test_numbers_and_dates_of_a_column():
    table = cells(id=["a", "b", "c"], x=["1.5", "", "two"], day=["2020-01-02", "2020-01-02", "later"])
    assert table.numbers("x").fillna(-1).tolist() == [1.5, -1, -1]
    assert table.days("day").dt.day.fillna(-1).tolist() == [2, 2, -1]


def test_the_first_of_a_kind_are_told_and_the_rest_counted():
    table = cells(id=[f"k{i}" for i in range(9)], x=["b1", "ok", *["b2"] * 7])
    lines = [str(error) for error in table.judged("x", bad)]
    assert lines[0] == "t.csv, row 1, column x, value 'b1': bad; not b1"
    assert len(lines) == MOST_ALIKE + 1
    assert lines[-1] == "t.csv, column x: bad: and 3 more like this; the last is row 9"
    assert table.faulty.tolist() == [True, False, *[True] * 7]


def test_a_cell_is_told_of_once():
    table = cells(id=["a", "b"], x=["b1", "b2"])
    assert len(list(table.marked("x", [True, False], "worse", "mend"))) == 1
    assert [error.row for error in table.judged("x", bad)] == [2]
    assert list(table.judged("x", bad)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("id", "bob"), ("ID", "b9"), ("Nachname", "bauer"), ("date_of_birth", "b1950"), ("arm", "k7"), ("arm", " k7 ")],
)
def test_what_tells_who_a_patient_is_is_not_shown(column, value):
    table = cells(id=["k7"], **{column: [value]}) if column != "id" else cells(id=[value])
    (error,) = table.marked(column, [True], "bad", "mend it")
    assert error.value is None
    assert value.strip() not in str(error)


def test_a_number_that_is_also_an_id_is_shown():
    table = cells(id=["1", "2"], x=["2", "1"])
    assert [error.value for error in table.marked("x", [True, False], "bad", "mend")] == ["2"]
