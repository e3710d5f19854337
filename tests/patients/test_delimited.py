"""Text with delimiters: which one, Excel's line that says so, titles, quotes and lengths."""

from __future__ import annotations

import pytest

from living_article.errors import InputError
from living_article.patients.delimited import delimited_rows


def rows(folder, content: bytes) -> list[list[str]]:
    (folder / "a.csv").write_bytes(content)
    return list(delimited_rows(folder / "a.csv"))


@pytest.mark.parametrize(
    "content",
    [
        b"id;os\n1;2,5\n",
        b"sep=;\nid;os\n1;2,5\n",
        b"sep=;\r\nid;os\r\n1;2,5\r\n",
        b'"sep=;"\nid;os\n1;2,5\n',
        b"\xef\xbb\xbfSEP=;\nid;os\n1;2,5\n",
        b"sep=|\nid|os\n1|2,5\n",
        "sep=\t\nid\tos\n1\t2,5\n".encode("utf-16"),
    ],
)
def test_the_delimiter_is_told_by_the_first_line_or_by_excel(tmp_path, content):
    assert rows(tmp_path, content) == [["id", "os"], ["1", "2,5"]]


def test_a_long_blank_start_hides_nothing(tmp_path):
    assert rows(tmp_path, b"\n" * 70_000 + b"id,os\n1,2\n")[-1] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b" \n;;\n", "the file is empty; write the column names in the first row"),
        (b"A study of 2021\nid,os\n1,2\n", "the first line looks like a title, not like column names; delete what"),
        (b"id\n1\n", "only one column in the first line; separate the columns by a comma, a semicolon or a tab"),
        (b"sep=;\nid;os\n1;\"x", "line 3 of the file: unexpected end of data; a cell in double quotes ends with one"),
        (b"id,os\n1," + b"x" * 140_000, "line 2 of the file: a cell of more than 131072 characters; shorten it"),
        (b"PK\x03\x04\x00\x00,\n", "not a text file; save it as CSV UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, content, expected):
    with pytest.raises(InputError) as refusal:
        rows(tmp_path, content)
    assert expected in str(refusal.value)
    assert "\n" not in str(refusal.value)
