"""Comma, semicolon or tab separated text as rows of cells; bytes that are not UTF-8 are kept as surrogates."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from living_article.errors import InputError

_DELIMITERS = ",;\t"
_BLANK = " \t\r\n,;\ufeff"
_START = 65_536  # bytes from which the delimiter is told
_SEP = re.compile(r'\ufeff?"?sep=(\t|[^\w\s"])"?[,;\t]*(\r\n|\r|\n|$)', re.IGNORECASE)


def delimited_rows(file: Path) -> Iterator[list[str]]:
    """Yield the rows; the first line with text tells the delimiter, or Excel's line ``sep=;`` above it.

    Raises
    ------
    InputError
        If the file is empty, no text, or has a double quote that is not closed or a line that is a title.
    """
    content = file.read_bytes()
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, errors = ("utf-16", "replace") if utf16 else ("utf-8-sig", "surrogateescape")
    start = content[:_START].decode(encoding, errors)
    if not start.strip(_BLANK):
        start = content.decode(encoding, errors)
        if not start.strip(_BLANK):
            raise InputError("the file is empty", file=file, remedy="write the column names in the first row")
    if "\0" in start or (b"\0" in content and not utf16):
        raise InputError("not a text file", file=file, remedy="save it as CSV UTF-8")
    said = _SEP.match(start)
    text = io.TextIOWrapper(io.BytesIO(content), encoding, errors, newline="")
    text.read(said.end() if said else 0)
    reader = csv.reader(text, delimiter=said[1] if said else _delimiter(file, start), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise _not_readable(file, error, reader.line_num + (said is not None)) from None


def _delimiter(file: Path, start: str) -> str:
    """Return what separates the columns in the first line with text."""
    lines = [line for line in start.splitlines() if line.strip(_BLANK)]
    delimiter = max(_DELIMITERS, key=lines[0].count)
    if delimiter in lines[0]:
        return delimiter
    if any(delimiter in line for line in lines[1:20] for delimiter in _DELIMITERS):
        remedy = "delete what stands above the column names"
        raise InputError("the first line looks like a title, not like column names", file=file, remedy=remedy)
    remedy = "separate the columns by a comma, a semicolon or a tab"
    raise InputError("only one column in the first line", file=file, remedy=remedy)


def _not_readable(file: Path, error: csv.Error, line: int) -> InputError:
    if "field larger" in str(error):
        problem = f"line {line} of the file: a cell of more than {csv.field_size_limit()} characters"
        remedy = "shorten it; if no cell is that long, close the double quote that opens it"
    else:
        problem = f"not readable as UTF-8 CSV: line {line} of the file: {error}"
        remedy = 'a cell in double quotes ends with one, and quotes within it are doubled: ""'
    return InputError(problem, file=file, remedy=remedy)
