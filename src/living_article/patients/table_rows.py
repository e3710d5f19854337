"""Rows of text become columns: the header's faults, rows of another length, and a first row that is no header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.patients.cells import MOST_ALIKE, is_date, is_number, quoted

_CHUNK = 500  # rows of a size that stays in the cache of a processor
_HEADER = "let the first row hold the column names, one for each column, and delete what stands above them"


@dataclass(frozen=True)
class Rows:
    """The cells below a header, the different values of each column, and what is wrong with header and rows."""

    cells: pd.DataFrame
    values: dict[str, dict[str, str]]
    problems: tuple[InputError, ...]


def from_rows(file: Path, rows: Iterable[list[str]]) -> Rows:
    """Return the cells below the header.

    The first row with text is the header. Rows without any text are passed over, rows of another length are left
    out and told. The index of the cells is the number of the row below the header, from 1.

    Raises
    ------
    InputError
        If the first row with text cannot be the header: a title, merged cells, a patient.
    """
    remaining = iter(rows)
    header = next((row for row in remaining if _filled(row)), [])
    start = list(islice(remaining, 50))
    _refuse_titles(file, header, [row for row in start if _filled(row)])
    columns, values, index, odd = _columns(chain(start, remaining), len(header))
    lengths = Counter(odd.values())
    if lengths.total() > len(index) and len(index) < lengths.most_common(1)[0][1] > 1:
        problem = f"the first row has {len(header)} cells, most of the others {lengths.most_common(1)[0][0]}"
        remedy = f"{_HEADER}; put cells that contain the delimiter in double quotes, write decimals with a point"
        raise InputError(problem, file=file, remedy=remedy)
    problems = (*_header_problems(file, header), *_length_problems(file, odd, len(header)))
    named = [i for i, name in enumerate(header) if name.strip() and name not in header[:i]]
    cells = pd.DataFrame({i: columns[i] for i in named}, index=pd.Index(index), dtype=object)
    cells.columns = pd.Index([header[i] for i in named], dtype=object)
    return Rows(cells, {header[i]: values[i] for i in named}, problems)


def _filled(row: list[str]) -> int:
    """Return the number of cells that hold text."""
    return sum(1 for cell in row if cell.strip())


def _refuse_titles(file: Path, header: list[str], rows: list[list[str]]) -> None:
    """Raise an error if the first row is a title, has merged cells or is a patient rather than the header."""
    filled, widest = _filled(header), max(map(_filled, rows), default=0)
    unnamed = [i for i, name in enumerate(header) if not name.strip()]
    used = [i for i in unnamed if any(len(row) > i and row[i].strip() for row in rows)]
    repeated = filled - len({name.strip() for name in header if name.strip()})
    if widest > 1 and (filled == 1 or len(used) > 1 or 2 * repeated >= filled > 3):
        names = f"{filled - repeated} names for {max(widest, len(header))} columns"
        problem = f"the first row looks like a title or merged cells: {names}"
        raise InputError(problem, file=file, remedy=_HEADER)
    values = sum(is_number(name.strip()) or is_date(name.strip()) for name in header)
    if filled > 1 and 2 * values >= filled:
        remedy = "write a row with the column names above the patients"
        raise InputError("the first row holds values, not column names", file=file, remedy=remedy)


def _columns(
    rows: Iterable[list[str]], width: int
) -> tuple[list[np.ndarray], list[dict[str, str]], list[int], dict[int, int]]:
    """Return the columns, their different values, the numbers of their rows, and the length of each odd row.

    Equal texts of a column are kept once, which a large table needs to fit into memory.
    """
    known: list[dict[str, str]] = [{} for _ in range(width)]
    columns: list[list[np.ndarray]] = [[] for _ in range(width)]
    index: list[int] = []
    odd: dict[int, int] = {}
    whole: list[list[str]] = []

    def store() -> None:
        for parts, same, cells in zip(columns, known, zip(*whole, strict=True), strict=True):
            parts.append(np.fromiter(map(same.setdefault, cells, cells), object, len(cells)))
        whole.clear()

    for number, row in enumerate(rows, start=1):
        if not (row and row[0].strip()) and not _filled(row):
            continue
        if len(row) != width:
            odd[number] = len(row)
            continue
        whole.append(row)
        index.append(number)
        if len(whole) == _CHUNK:
            store()
    if whole:
        store()
    nothing = np.array([], dtype=object)
    return [np.concatenate([nothing, *parts]) for parts in columns], known, index, odd


def _header_problems(file: Path, header: list[str]) -> Iterator[InputError]:
    for i, name in enumerate(header, start=1):
        if not name.strip():
            yield InputError(
                "column without a name", file=file, column=f"number {i}", remedy="name it in the first row"
            )
    for name, times in Counter(header).items():
        if name.strip() and times > 1:
            yield InputError("two columns of this name", file=file, column=quoted(name), remedy="rename or remove one")


def _length_problems(file: Path, odd: dict[int, int], width: int) -> Iterator[InputError]:
    remedy = "put cells that contain the delimiter in double quotes, write decimals with a point"
    for number, length in list(odd.items())[:MOST_ALIKE]:
        problem = f"{length} cells where the header has {width}"
        yield InputError(problem, file=file, row=number, remedy=remedy)
    if len(odd) > MOST_ALIKE:
        problem = f"rows of another length than the header: and {len(odd) - MOST_ALIKE} more like this"
        yield InputError(problem, file=file, remedy=f"the last is row {max(odd)}")
