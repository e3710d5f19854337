"""Rows become columns: a first row that is no header is one message, odd rows are left out and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.patients.table_rows import from_rows

FILE = Path("t.csv")
HEADER = ["id", "arm", "os", "age", "sex"]


def patients(n: int) -> list[list[str]]:
    return [[f"k{i}", "new", "1.5", "60", "f"] for i in range(n)]


@pytest.mark.parametrize(
    "above",
    [
        ["Study of 2021", "", "", "", ""],
        ["Study of 2021"],
        ["Patient", "", "Outcome", "", ""],
        ["", "Patient", "", "Outcome", ""],
        ["Patient", "Patient", "Outcome", "Outcome", "Outcome"],
        ["", "", "", "Outcome", ""],
    ],
)
def test_a_title_or_merged_cells_above_the_header_are_one_message(above):
    with pytest.raises(InputError) as refusal:
        from_rows(FILE, [above, HEADER, *patients(9)])
    assert "t.csv: the first row looks like a title or merged cells: " in str(refusal.value)
    assert "for 5 columns; let the first row hold the column names" in str(refusal.value)


@pytest.mark.parametrize("header", [["k1", "1", "1.5", "60", "0"], ["k1", "2020-01-02", "2021-01-02", "60", "f"]])
def test_a_table_without_a_header_is_one_message_without_its_values(header):
    with pytest.raises(InputError, match="the first row holds values, not column names; write a row") as refusal:
        from_rows(FILE, [header, *patients(9)])
    assert "2020" not in str(refusal.value) and "60" not in str(refusal.value)


@pytest.mark.parametrize("blank", [[""] * 5, [" ", "", "", "", ""], []])
def test_blank_rows_anywhere_are_passed_over(blank):
    read = from_rows(FILE, [blank, HEADER, *patients(2), blank, *patients(1)])
    assert list(read.cells.columns) == HEADER
    assert list(read.cells.index) == [1, 2, 4]
    assert read.problems == ()


@pytest.mark.parametrize("n", [1, 49, 50, 51, 499, 500, 501, 1203])
def test_no_row_is_lost_between_the_parts_that_are_read(n):
    read = from_rows(FILE, [HEADER, *patients(n)])
    assert read.cells["id"].tolist() == [f"k{i}" for i in range(n)]
    assert list(read.values["id"]) == read.cells["id"].tolist()
    assert list(read.values["arm"]) == ["new"]


def test_odd_rows_are_left_out_and_counted():
    read = from_rows(FILE, [HEADER, *patients(20), *[["x"] * 6] * 9])
    assert len(read.cells) == 20
    assert str(read.problems[0]).startswith("t.csv, row 21: 6 cells where the header has 5; put cells that contain")
    assert str(read.problems[-1]) == (
        "t.csv: rows of another length than the header: and 4 more like this; the last is row 29"
    )
    assert len(read.problems) == 6


def test_most_rows_of_another_length_are_one_message():
    with pytest.raises(InputError, match="the first row has 2 cells, most of the others 5; let the first row hold"):
        from_rows(FILE, [["Study", "Berlin"], HEADER, *patients(9)])


def test_names_that_are_missing_or_given_twice():
    read = from_rows(FILE, [["id", "age", "", "age"], ["1", "2", "3", "4"]])
    assert read.cells.to_dict("list") == {"id": ["1"], "age": ["2"]}
    assert [p.problem for p in read.problems] == ["column without a name", "two columns of this name"]
