"""Tables of patients: the same cells from every kind of file, labels kept, faults told in one line."""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.errors import InputError
from living_article.patients import table_files
from living_article.patients.table_files import read_table

FRAME = pd.DataFrame(
    {
        "id": ["a1", "a2", "a3"],
        "sex": [1.0, 2.0, np.nan],
        "months": [3.3, 12.0, 0.1],
        "seen": [dt.date(2020, 1, 2), None, dt.date(2021, 2, 3)],
        "place": ["Århus", "", "x, y"],
    }
)
CELLS = {
    "id": ["a1", "a2", "a3"],
    "sex": ["1", "2", ""],
    "months": ["3.3", "12", "0.1"],
    "seen": ["2020-01-02", "", "2021-02-03"],
    "place": ["Århus", "", "x, y"],
}
LABELS = ["Patient", "Sex of patient", "", "", ""]


def write(folder, ending, frame=FRAME):
    path = folder / f"patients{ending}"
    if ending in (".sav", ".dta"):
        writer = pyreadstat.write_sav if ending == ".sav" else pyreadstat.write_dta
        levels = {"sex": {1: "Male", 2: "Female"}}
        writer(frame, str(path), column_labels=LABELS, variable_value_labels=levels)
    elif ending == ".xlsx":
        frame.to_excel(path, index=False)
    elif ending == ".parquet":
        frame.to_parquet(path)
    else:
        sep = {".csv": ",", ".txt": ";", ".tsv": "\t"}[ending]
        frame.assign(sex=["1", "2", ""]).to_csv(path, index=False, sep=sep)
    return path


@pytest.mark.parametrize("ending", [".csv", ".txt", ".tsv", ".xlsx", ".parquet", ".sav", ".dta"])
def test_every_kind_of_file_gives_the_same_cells(tmp_path, ending):
    table = read_table(write(tmp_path, ending))
    cells = table.cells.assign(months=[text.removesuffix(".0") for text in table.cells["months"]])
    assert cells.to_dict("list") == CELLS
    assert list(table.cells.index) == [1, 2, 3]
    assert table.problems == ()


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_labels_of_variables_and_values_are_kept(tmp_path, ending):
    table = read_table(write(tmp_path, ending))
    assert table.labels == {"id": "Patient", "sex": "Sex of patient"}
    assert table.levels == {"sex": {"1": "Male", "2": "Female"}}


def test_categories_of_parquet_keep_their_order(tmp_path):
    frame = FRAME.assign(dose=pd.Categorical(["low", "high", "low"], ["low", "medium", "high"]))
    assert list(read_table(write(tmp_path, ".parquet", frame)).levels["dose"]) == ["low", "medium", "high"]


def test_single_precision_is_told_as_meant(tmp_path):
    frame = FRAME.astype({"months": "float32"})
    for ending in (".parquet", ".xlsx", ".dta"):
        cells = read_table(write(tmp_path, ending, frame)).cells
        assert cells["months"].tolist()[0] == "3.3", ending


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_as_text(value):
    text = table_files._number(value)
    with np.errstate(over="ignore"):
        single = float(np.float32(text))
    assert value in (float(text), single)  # the second: stored in single precision


def csv(tmp_path, content):
    path = tmp_path / "patients.csv"
    path.write_bytes(content)
    return read_table(path)


def test_utf16_byte_order_marks_and_blank_rows(tmp_path):
    assert csv(tmp_path, "id\tplace\n1\tÅ\n".encode("utf-16")).cells["place"].tolist() == ["Å"]
    table = csv(tmp_path, "\ufeffid,place\n1,Å\n\n,\n4,Ø\n".encode())
    assert table.cells["place"].to_dict() == {1: "Å", 4: "Ø"}


def test_a_quoted_cell_may_hold_the_delimiter_and_a_line_break(tmp_path):
    table = csv(tmp_path, b'id,note\n1,"a, b\nc ""d"""\n2,e\n')
    assert table.cells["note"].to_dict() == {1: 'a, b\nc "d"', 2: "e"}


def test_rows_of_another_length_are_told_and_left_out(tmp_path):
    table = csv(tmp_path, b"id,months,event\n1,12,5,1\n2,3,0\n3,4\n")
    assert table.cells["id"].to_dict() == {2: "2"}
    assert [(p.row, p.problem) for p in table.problems] == [
        (1, "4 cells where the header has 3"),
        (3, "2 cells where the header has 3"),
    ]


def test_columns_without_a_name_or_with_the_same(tmp_path):
    table = csv(tmp_path, b"id,age,,age\n1,2,3,4\n")
    assert table.cells.to_dict("list") == {"id": ["1"], "age": ["2"]}
    assert [p.problem for p in table.problems] == ["column without a name", "two columns of this name"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"id\n1\n", "only one column in the first line; separate the columns by a comma, a semicolon"),
        ("a.csv", b"id,\0\n", "not a text file"),
        ("a.csv", b'id,x\n1,"y\n', "line 2 of the file: unexpected end of data"),
        ("a.xls", b"x", ".xls files are not read; save it as CSV UTF-8 or .xlsx"),
        ("a.xlsx", b"x", "not readable as a .xlsx file"),
        ("a.sav", b"x", "not readable as a .sav file"),
        ("a.dta", b"x", "not readable as a .dta file"),
        ("a.parquet", b"x", "not readable as a .parquet file"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_line(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as refusal:
        read_table(tmp_path / name)
    assert expected in str(refusal.value)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_folder_and_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="a folder, not a patient table; correct the path"):
        read_table(tmp_path)
    path = write(tmp_path, ".csv")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(InputError, match=r"patients.csv: may not be read; ask for the permission"):
        read_table(path)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_title_above_the_header_is_one_message(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    table = pd.DataFrame([["Study of 2021", *[""] * 4], list(FRAME.columns), *FRAME.astype(str).to_numpy().tolist()])
    if ending == ".csv":
        table.to_csv(path, index=False, header=False)
    else:
        table.to_excel(path, index=False, header=False)
    with pytest.raises(
        InputError, match="looks like a title or merged cells: 1 names for 5 columns; let the first row"
    ):
        read_table(path)


def test_an_empty_worksheet_and_a_late_header(tmp_path):
    pd.DataFrame().to_excel(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="the first worksheet is empty"):
        read_table(tmp_path / "a.xlsx")
    FRAME.to_excel(tmp_path / "b.xlsx", index=False, startrow=2)
    assert read_table(tmp_path / "b.xlsx").cells["id"].to_dict() == {1: "a1", 2: "a2", 3: "a3"}


def test_worksheets_that_were_not_read_are_told(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        FRAME.to_excel(book, sheet_name="Data", index=False)
        FRAME.to_excel(book, sheet_name="Pivot", index=False)
        pd.DataFrame().to_excel(book, sheet_name="Sheet3", index=False)
    assert read_table(tmp_path / "a.xlsx").remarks == ("only the first worksheet, 'Data', was read, not 'Pivot'",)
    FRAME.to_excel(tmp_path / "b.xlsx", index=False)
    assert read_table(tmp_path / "b.xlsx").remarks == ()
    with pd.ExcelWriter(tmp_path / "c.xlsx") as book:
        pd.DataFrame([["Our trial", None], ["id", "age"], ["1", "2"]]).to_excel(
            book, sheet_name="Notes", index=False, header=False
        )
        FRAME.to_excel(book, sheet_name="Data", index=False)
    with pytest.raises(
        InputError, match="title or merged cells.*; only the first worksheet, 'Notes', was read, not 'Data'"
    ):
        read_table(tmp_path / "c.xlsx")


def test_without_the_extra_the_message_says_how_to_install_it(tmp_path, monkeypatch):
    (tmp_path / "table.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"reading Parquet files needs pyarrow; .* pip install -e .\.\[parquet\]"):
        read_table(tmp_path / "table.parquet")
