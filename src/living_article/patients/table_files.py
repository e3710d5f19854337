"""Patient tables as files: CSV, Excel, SPSS, Stata and Parquet become text cells with their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.patients.delimited import delimited_rows
from living_article.patients.table_rows import from_rows

PARQUET = 'in the folder of the project, pip install -e ".[parquet]"'


@dataclass(frozen=True)
class TableFile:
    """A table as it stands in its file.

    Attributes
    ----------
    cells
        One row a patient, every cell as text, "" where empty; the index is the row number, from 1 below the header.
        Bytes that are not UTF-8 are kept as surrogates, so that a check can point at them.
    labels
        Column → label, where the file has them.
    levels
        Column → code → value label, where the file has them; the cells hold the codes.
    problems
        Rows that could not be read and are not among the cells, header faults.
    values
        Column → its different cells as keys, in their order, where reading has found them out.
    remarks
        What was passed over in reading.
    """

    cells: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: tuple[InputError, ...] = ()
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def read_table(file: Path) -> TableFile:
    """Read a patient table; the ending of the name says what it is, CSV unless it is known.

    Raises
    ------
    InputError
        If the file is missing or cannot be read, or the package that reads it is not installed.
    """
    if not file.is_file():
        problem = "a folder, not a patient table" if file.is_dir() else "no such patient table"
        raise InputError(problem, file=file, remedy="correct the path, 'table' in the study file")
    ending = file.suffix.lower()
    if ending in (".xls", ".ods", ".rds", ".rdata", ".sas7bdat", ".numbers"):
        raise InputError(f"{ending} files are not read", file=file, remedy="save it as CSV UTF-8 or .xlsx")
    reader = _READERS.get(ending, _read_delimited)
    try:
        table = reader(file)
    except InputError:
        raise
    except PermissionError:
        raise InputError("may not be read", file=file, remedy="ask for the permission to read it") from None
    except Exception as error:  # the readers of foreign formats raise whatever they like on a damaged file
        reason = " ".join(str(error).replace(str(file), "").split()).partition(". ")[0] or type(error).__name__
        remedy = "open it in the program that wrote it and save it again, or as CSV UTF-8"
        raise InputError(f"not readable as a {ending} file: {reason[:160]}", file=file, remedy=remedy) from None
    if not len(table.cells.columns):
        raise InputError("no columns", file=file, remedy="give the columns names in the first row")
    return table


def _table(file: Path, rows: Iterable[list[str]]) -> TableFile:
    read = from_rows(file, rows)
    return TableFile(read.cells, problems=read.problems, values=read.values)


def _read_delimited(file: Path) -> TableFile:
    return _table(file, delimited_rows(file))


def _read_excel(file: Path) -> TableFile:
    """Read the first worksheet; formulas count with the value that was saved."""
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        if not book.worksheets:
            raise InputError("no worksheet", file=file)
        first, *others = book.worksheets
        rows = [[_text(value) for value in row] for row in first.iter_rows(values_only=True)]
        unread = [sheet.title for sheet in others if any(map(any, sheet.iter_rows(max_row=5, values_only=True)))]
    finally:
        book.close()
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
    if width == 0:
        raise InputError("the first worksheet is empty", file=file, remedy="put the patients on the first worksheet")
    told = f"only the first worksheet, {first.title!r}, was read, not {', '.join(map(repr, unread))}"
    try:
        table = _table(file, ((row + [""] * width)[:width] for row in rows))
    except InputError as error:
        raise error.also(told) if unread else error from None
    return replace(table, remarks=(told,) if unread else ())


def _read_parquet(file: Path) -> TableFile:
    try:
        from pyarrow import parquet
    except ImportError:
        raise InputError("reading Parquet files needs pyarrow", file=file, remedy=PARQUET) from None
    frame = parquet.read_table(file).to_pandas()
    if frame.index.name is not None:
        frame = frame.reset_index()
    orders = {
        str(name): {_text(level): _text(level) for level in frame[name].cat.categories}
        for name in frame.columns
        if isinstance(frame[name].dtype, pd.CategoricalDtype)
    }
    table = _from_frame(file, frame)
    return replace(table, levels=orders)


def _read_labelled(file: Path, reader: str) -> TableFile:
    """Read SPSS or Stata: codes as cells, their labels beside them; user-defined missing values are empty."""
    import pyreadstat

    frame, meta = getattr(pyreadstat, reader)(str(file), apply_value_formats=False)
    table = _from_frame(file, frame)
    labels = {name: label for name, label in (meta.column_names_to_labels or {}).items() if label and label.strip()}
    levels = {
        name: {_text(code): str(label) for code, label in codes.items()}
        for name, codes in (meta.variable_value_labels or {}).items()
    }
    return replace(table, labels=labels, levels=levels)


def _from_frame(file: Path, frame: pd.DataFrame) -> TableFile:
    header = [str(name) for name in frame.columns]
    columns = [[_text(value) for value in frame.iloc[:, i]] for i in range(len(header))]
    return _table(file, chain([header], map(list, zip(*columns, strict=True))))


def _text(value: object) -> str:
    """Return a cell as text: whole numbers without a point, dates in ISO form, missing as ""."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (float, np.floating)):
        return _number(float(value))
    return str(value)


def _number(value: float) -> str:
    """Return the shortest text of a number; one stored in single precision (3.3 → 3.2999999523) is told as meant."""
    if np.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) < 1e7 and float(single := np.float32(value)) == value:
        return str(single)
    return repr(value)


_READERS: dict[str, Callable[[Path], TableFile]] = {
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".txt": _read_delimited,
    ".xlsx": _read_excel,
    ".xlsm": _read_excel,
    ".parquet": _read_parquet,
    ".sav": lambda file: _read_labelled(file, "read_sav"),
    ".zsav": lambda file: _read_labelled(file, "read_sav"),
    ".dta": lambda file: _read_labelled(file, "read_dta"),
}
