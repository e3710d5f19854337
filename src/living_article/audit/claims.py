"""The claims file: one row a claim, naming printed values, inputs, methods and what counts as agreement.

Columns of ``claims.csv``:

``id``, ``section``
    A name, and the section of the book at whose foot the claim is counted.
``grain``
    What is audited, one of `GRAINS`.
``claim``
    The claim in words.
``printed``
    Ids of the printed values it is about, separated by spaces.
``check``
    Which check recomputes it, ``family.check``; see `living_article.audit.registry`.
``inputs``
    ``name=values`` separated by ``;``. A value is the id of a printed value, a plain number, or a sum of these
    joined by ``+`` and ``-``; values are separated by spaces, rows of a table by ``|``.
``methods``, ``alternatives``
    The methods that the article names, and others that are tried, separated by spaces.
``agreement``
    One of `AGREEMENTS` that the check can tell.
``note``
    What a reader must know; for a definition, the reason why there is nothing to recompute.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from living_article.audit.registry import CHECKS
from living_article.errors import InputError
from living_article.published import CLAIMS, Published

COLUMNS = (
    *("id", "section", "grain", "claim", "printed", "check"),
    *("inputs", "methods", "alternatives", "agreement", "note"),
)
GRAINS = (
    *("statistic", "P value", "count", "percentage", "interval", "score"),
    *("pair agrees", "copies agree", "definition"),
)
AGREEMENTS = {
    "rounding": "the recomputed value rounds to the printed one; truncation is recognised and named",
    "inputs": "some unrounded value of the inputs gives the printed one",
    "exact": "equal, or in the order or on the side of the bound that is printed",
    "none": "nothing is recomputed from printed numbers",
}
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TERM = re.compile(r"[+-]?[^+-]+")
_INPUT = re.compile(r"(?P<name>[a-z_]+)=(?P<value>.+)")


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the claims file; ``inputs`` maps a name to rows of sums, each a tuple of signed ids and numbers."""

    id: str
    section: str
    grain: str
    claim: str
    printed: tuple[str, ...]
    check: str
    inputs: dict[str, tuple[tuple[tuple[str, ...], ...], ...]]
    methods: tuple[str, ...]
    alternatives: tuple[str, ...]
    agreement: str
    note: str
    row: int


def load_claims(published: Published, path: Path | None = None) -> list[Claim]:
    """Read ``claims.csv`` beside the printed values, in file order.

    Raises
    ------
    InputError
        If the file is missing or a row names an unknown check, method, grain, input or printed value, leaves
        out an input that its check needs, or repeats an id.
    """
    path = path or published.folder / CLAIMS
    known = {value.id for value in published}
    claims: list[Claim] = []
    seen: set[str] = set()
    for number, row in _rows(path):
        claim = _Reader(path, number, row, known).claim()
        if claim.id in seen:
            raise InputError(
                "id already used", file=path, row=number, column="id", value=claim.id,
                remedy="give each claim its own id",
            )  # fmt: skip
        seen.add(claim.id)
        claims.append(claim)
    return claims


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise InputError("no claims file", file=path, remedy=f"write one with columns {','.join(COLUMNS)}")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise InputError(
                "unexpected header", file=path, value=",".join(header), remedy=f"write {','.join(COLUMNS)}"
            )
        for number, cells in enumerate(reader, start=1):
            if len(cells) != len(COLUMNS):
                raise InputError(
                    f"{len(cells)} fields where {len(COLUMNS)} are needed", file=path, row=number,
                    remedy="put quotes around a field that contains a comma",
                )  # fmt: skip
            yield number, dict(zip(COLUMNS, cells, strict=True))


@dataclass(frozen=True)
class _Reader:
    """Reads one row and complains of it with its place."""

    path: Path
    number: int
    row: dict[str, str]
    known: set[str]

    def wrong(self, problem: str, column: str, value: object = None, remedy: str | None = None) -> InputError:
        return InputError(problem, file=self.path, row=self.number, column=column, value=value, remedy=remedy)

    def claim(self) -> Claim:
        row = self.row
        for column in ("id", "section", "claim"):
            if not row[column].strip():
                raise self.wrong("blank", column, remedy="fill it in or delete the row")
        for column in ("id", "section"):
            if not _ID.fullmatch(row[column]):
                remedy = "use lower-case letters, digits and single underscores"
                raise self.wrong(f"malformed {column}", column, row[column], remedy)
        self.one_of("grain", GRAINS)
        self.one_of("check", CHECKS)
        check = CHECKS[row["check"]]
        self.one_of("agreement", check.agreements)
        methods, alternatives = (tuple(row[column].split()) for column in ("methods", "alternatives"))
        for column, given in (("methods", methods), ("alternatives", alternatives)):
            for method in given:
                self.choose(method, column, check.methods, "method of this check")
        if check.methods and not methods:
            raise self.wrong("no method", "methods", remedy=f"name one of {', '.join(check.methods)}")
        if row["check"].startswith("definitions.") and not row["note"].strip():
            raise self.wrong("blank", "note", remedy="say why there is nothing to recompute")
        return Claim(
            row["id"], row["section"], row["grain"], row["claim"], self.printed(check.printed), row["check"],
            self.inputs(check), methods, alternatives, row["agreement"], row["note"], self.number,
        )  # fmt: skip

    def one_of(self, column: str, allowed) -> None:
        self.choose(self.row[column], column, allowed, column)

    def choose(self, value: str, column: str, allowed, what: str) -> None:
        if value not in allowed:
            close = get_close_matches(value, allowed, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"choose one of {', '.join(allowed) or 'none'}"
            raise self.wrong(f"unknown {what}", column, value, remedy)

    def printed(self, limits: tuple[int, int]) -> tuple[str, ...]:
        ids = tuple(self.row["printed"].split())
        for id in ids:
            if id not in self.known:
                raise self.wrong("no printed value has this id", "printed", id)
        least, most = limits
        if not least <= len(ids) <= most:
            needed = str(least) if least == most else f"{least} or more" if most > 99 else f"{least} to {most}"
            raise self.wrong(f"{len(ids)} printed values where {needed} are needed", "printed", self.row["printed"])
        return ids

    def inputs(self, check) -> dict[str, tuple]:
        inputs = {}
        for part in filter(None, (part.strip() for part in self.row["inputs"].split(";"))):
            match = _INPUT.fullmatch(part)
            if not match or match["name"] in inputs:
                raise self.wrong("malformed input", "inputs", part, "write name=values, separated by ;")
            inputs[match["name"]] = self.values(match["value"])
        allowed = {name for entry in check.required for way in entry.split("|") for name in way.split("+")}
        for name in inputs:
            self.choose(name, "inputs", (*sorted(allowed), *check.optional), "input of this check")
        for entry in check.required:
            ways = [way.split("+") for way in entry.split("|")]
            if not any(all(name in inputs for name in way) for way in ways):
                wanted = " or ".join(" and ".join(way) for way in ways)
                raise self.wrong(f"without {wanted}", "inputs", self.row["inputs"] or None, f"add {wanted}=…")
        return inputs

    def values(self, text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
        rows = tuple(tuple(tuple(_TERM.findall(sum_)) for sum_ in row.split()) for row in text.split("|"))
        for term in (term for row in rows for sum_ in row for term in sum_):
            if term.lstrip("+-") not in self.known and not re.fullmatch(r"[+-]?\d+(\.\d+)?", term):
                raise self.wrong("neither a number nor the id of a printed value", "inputs", term)
        if not all(rows):
            raise self.wrong("empty row", "inputs", text)
        return rows
