"""The verdicts an article is expected to get: written once, compared ever after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from living_article.audit.run import Finding
from living_article.errors import InputError

COLUMNS = ("id", "verdict", "detail")


def as_csv(findings: Iterable[Finding]) -> str:
    """Return the expectation file of these findings: id, verdict, what it takes or what proves it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((f.id, f.verdict, f.detail) for f in findings)
    return buffer.getvalue()


def read(path: Path) -> dict[str, tuple[str, str]]:
    """Return verdict and detail by claim id; raises InputError if the file is missing or malformed."""
    if not path.is_file():
        raise InputError("no such file", file=path, remedy="write it with `article audit --write-expect FILE`")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise InputError("unexpected header", file=path, remedy=f"write {','.join(COLUMNS)}")
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != len(COLUMNS):
            raise InputError(f"{len(row)} fields where {len(COLUMNS)} are needed", file=path, row=number)
    return {id: (verdict, detail) for id, verdict, detail in rows[1:]}


def changes(findings: Iterable[Finding], expected: dict[str, tuple[str, str]]) -> list[str]:
    """Return one line for each verdict that differs from the expected one, and for each claim gained or lost."""
    lines, found = [], {f.id: (str(f.verdict), f.detail) for f in findings}
    for id, verdict in found.items():
        if id not in expected:
            lines.append(f"{id}: new claim, {_words(verdict)}")
        elif verdict != expected[id]:
            lines.append(f"{id}: was {_words(expected[id])}, is {_words(verdict)}")
    return lines + [f"{id}: claim missing, was {_words(expected[id])}" for id in expected if id not in found]


def _words(verdict: tuple[str, str]) -> str:
    kind, detail = verdict
    return f"{kind} ({detail})" if detail else kind
