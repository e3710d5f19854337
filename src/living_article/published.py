"""The printed values of an article: one row a number, exactly as printed, and the records behind them."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from living_article.errors import InputError

COLUMNS = ("id", "location", "row", "column", "quantity", "printed", "unit", "note")
CROSSWALK = "crosswalk.csv"
CLAIMS, VERDICTS = "claims.csv", "verdicts.csv"  # of the audit, in the same folder
CROSSWALK_COLUMNS = ("id", "section", "name", "endpoint", "group", "term", "horizon")

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NUMBER = re.compile(r"(?P<bound>[<>≤≥]?)(?P<number>-?\d+(?:\.(?P<decimals>\d+))?)[#*]*")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DATE = re.compile(r"(?P<month>[A-Z][a-z]+) (?:(?P<day>\d{1,2}), )?(?P<year>\d{4})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """What is printed and where it stands; either a `PrintedNumber` or a `PrintedDate`."""

    id: str
    location: str
    row: str
    column: str
    quantity: str
    printed: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class PrintedNumber(PrintedValue):
    """A printed number.

    ``bound`` is ``""`` or one of ``< > ≤ ≥``; ``decimals`` counts the printed decimals, so that the printed
    value stands for the interval ``number ± 0.5 × 10**-decimals`` when it was rounded.
    """

    number: float
    bound: str
    decimals: int


@dataclass(frozen=True, slots=True)
class PrintedDate(PrintedValue):
    """A printed date; a month printed without a day is its first day."""

    date: datetime.date


@dataclass(frozen=True, slots=True)
class Link:
    """The record (section, name, endpoint, group, term, horizon) that recomputes the printed value ``id``."""

    id: str
    section: str
    name: str
    endpoint: str | None
    group: str | None
    term: str | None
    horizon: float | None


@dataclass(frozen=True, slots=True)
class Published:
    """All printed values of one article in file and row order, and their crosswalk to records."""

    folder: Path
    values: tuple[PrintedValue, ...]
    links: tuple[Link, ...]

    def __iter__(self) -> Iterator[PrintedValue]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, id: str) -> bool:
        return any(value.id == id for value in self.values)

    def get(self, id: str) -> PrintedValue:
        """Return the row with this id; raises LookupError if there is none."""
        for value in self.values:
            if value.id == id:
                return value
        raise LookupError(f"{self.folder}: no printed value has the id {id!r}")

    def number(self, id: str) -> PrintedNumber:
        """Return the row of a printed number; raises LookupError for a date."""
        found = self.get(id)
        if not isinstance(found, PrintedNumber):
            raise LookupError(f"{self.folder}: {id!r} is a date; ask for date({id!r})")
        return found

    def value(self, id: str) -> float:
        """Return the number, without its bound sign, in the printed unit; raises LookupError for a date."""
        return self.number(id).number

    def date(self, id: str) -> datetime.date:
        """Return a printed date; raises LookupError for a number."""
        found = self.get(id)
        if not isinstance(found, PrintedDate):
            raise LookupError(f"{self.folder}: {id!r} is a number; ask for value({id!r})")
        return found.date

    def printed(self, id: str) -> str:
        """Return the printed string."""
        return self.get(id).printed

    def decimals(self, id: str) -> int:
        """Return the number of decimals printed; raises LookupError for a date."""
        return self.number(id).decimals

    def rows(self, location: str | None = None, **where: str) -> list[PrintedValue]:
        """Return the rows at a location and with these fields (column, quantity, …).

        A location such as ``"Results"`` also selects its parts, ``"Results: Adverse reactions"`` and so on.
        """
        return [
            value
            for value in self.values
            if (location is None or value.location == location or value.location.startswith(f"{location}: "))
            and all(getattr(value, field) == wanted for field, wanted in where.items())
        ]

    def numbers(self, location: str | None = None, **where: str) -> list[PrintedNumber]:
        """Return the rows of `rows` that are numbers."""
        return [value for value in self.rows(location, **where) if isinstance(value, PrintedNumber)]

    def of(self, section: str, name: str, **where: object) -> PrintedNumber | None:
        """Return the first printed number that this record (section, name, endpoint, …) recomputes, None if none.

        A value may be printed more than once (abstract, text, table); files are read in alphabetical order.
        """
        fields = dict.fromkeys(("endpoint", "group", "term", "horizon")) | where
        for link in self.links:
            if (link.section, link.name) == (section, name) and all(
                getattr(link, field) == wanted for field, wanted in fields.items()
            ):
                return self.number(link.id)
        return None

    def link(self, id: str) -> Link | None:
        """Return the record that recomputes a printed value, None if no record does."""
        return next((link for link in self.links if link.id == id), None)


def parse(printed: str) -> tuple[float, str, int] | datetime.date:
    """Read one printed string as (number, bound sign, decimals printed), or as a date.

    Numbers may carry a bound (``<0.05``) and marks (``10#``); number words up to ten, and dates such as
    ``January 2020`` or ``April 15, 2025``, are read too. Raises ValueError for anything else.
    """
    if match := _NUMBER.fullmatch(printed):
        return float(match["number"]), match["bound"], len(match["decimals"] or "")
    word = printed.lower()
    if word == "half" or word in _WORDS:
        return 0.5 if word == "half" else float(_WORDS.index(word)), "", 0
    if (match := _DATE.fullmatch(printed)) and match["month"] in _MONTHS:
        month = _MONTHS.index(match["month"]) + 1
        return datetime.date(int(match["year"]), month, int(match["day"] or 1))
    raise ValueError(f"neither a number, nor a number word, nor a date: {printed!r}")


def load_published(folder: Path) -> Published:
    """Read every CSV file of printed values in a folder, in the order of their names, and the crosswalk.

    Raises
    ------
    InputError
        If the folder holds no such file, a header differs, a row has too many or too few fields, an id is
        malformed or repeated, a value is blank or cannot be read, or a link names an unknown id or a date.
    """
    paths = sorted(path for path in folder.glob("*.csv") if path.name not in (CROSSWALK, CLAIMS, VERDICTS))
    if not paths:
        raise InputError("no printed values", file=folder, remedy=f"add files with columns {','.join(COLUMNS)}")
    values: list[PrintedValue] = []
    seen: dict[str, Path] = {}
    for path in paths:
        for number, row in _read(path, COLUMNS):
            value = _printed_value(path, number, row)
            if value.id in seen:
                raise InputError(
                    f"id already used in {seen[value.id].name}", file=path, row=number, column="id",
                    value=value.id, remedy="give each printed number its own id",
                )  # fmt: skip
            seen[value.id] = path
            values.append(value)
    crosswalk = folder / CROSSWALK
    links = tuple(_links(crosswalk, {value.id: value for value in values})) if crosswalk.exists() else ()
    return Published(folder, tuple(values), links)


def _read(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != columns:
            raise InputError(
                "unexpected header", file=path, value=",".join(header), remedy=f"write {','.join(columns)}"
            )
        for number, cells in enumerate(reader, start=1):
            if len(cells) != len(columns):
                raise InputError(
                    f"{len(cells)} fields where {len(columns)} are needed", file=path, row=number,
                    remedy="put quotes around a field that contains a comma",
                )  # fmt: skip
            yield number, dict(zip(columns, cells, strict=True))


def _printed_value(path: Path, number: int, row: dict[str, str]) -> PrintedValue:
    for column in ("id", "location", "quantity", "printed"):
        if not row[column].strip():
            raise InputError("blank", file=path, row=number, column=column, remedy="fill it in or delete the row")
    if not _ID.fullmatch(row["id"]):
        raise InputError(
            "malformed id", file=path, row=number, column="id", value=row["id"],
            remedy="use lower-case letters, digits and single underscores",
        )  # fmt: skip
    texts = {column: row[column] for column in COLUMNS}
    try:
        read = parse(row["printed"])
    except ValueError:
        raise InputError(
            "not a printed number", file=path, row=number, column="printed", value=row["printed"],
            remedy="write one number a row, such as 0.632, <0.05, six or January 2020",
        ) from None  # fmt: skip
    if isinstance(read, datetime.date):
        return PrintedDate(**texts, date=read)
    figure, bound, decimals = read
    return PrintedNumber(**texts, number=figure, bound=bound, decimals=decimals)


def _links(path: Path, known: dict[str, PrintedValue]) -> Iterator[Link]:
    seen: set[str] = set()
    for number, row in _read(path, CROSSWALK_COLUMNS):
        if row["id"] not in known or row["id"] in seen:
            problem = "linked twice" if row["id"] in seen else "no printed value has this id"
            raise InputError(problem, file=path, row=number, column="id", value=row["id"])
        if not isinstance(known[row["id"]], PrintedNumber):
            raise InputError(
                "a date, which no record recomputes", file=path, row=number, column="id", value=row["id"],
                remedy="delete the row",
            )  # fmt: skip
        for column in ("section", "name"):
            if not row[column]:
                raise InputError("blank", file=path, row=number, column=column)
        seen.add(row["id"])
        try:
            horizon = float(row["horizon"]) if row["horizon"] else None
        except ValueError:
            raise InputError(
                "not a number", file=path, row=number, column="horizon", value=row["horizon"],
                remedy="write the horizon in the unit of the endpoint, or nothing",
            ) from None  # fmt: skip
        filled: dict[str, Any] = {field.name: row[field.name] or None for field in fields(Link)}
        yield Link(**filled | {"horizon": horizon})
