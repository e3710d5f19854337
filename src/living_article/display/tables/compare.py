"""Tables of a comparison: for a page, a terminal and a file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from living_article.compare.pairs import Pair
from living_article.compare.sides import Number
from living_article.display import format
from living_article.display.record_names import RecordNames

NOTHING = "–"


def number(side: Number | None, unit: str | None) -> str:
    """Return value with interval, and P, as far as they are there."""
    if side is None:
        return NOTHING
    parts = []
    if side.value is not None:
        parts.append(format.number(side.value, unit, bare=True))
    if side.low is not None and side.high is not None:
        parts.append(f"({format.number(side.low, unit, bare=True)} to {format.number(side.high, unit, bare=True)})")
    if side.p is not None:
        parts.append(f"P {side.bound} {side.p:g}" if side.bound else format.p_equals(side.p))
    return " ".join(parts) or side.note or NOTHING


def change(pair: Pair) -> str:
    """Return the difference with its sign, in the unit of the number."""
    if pair.difference is None:
        return NOTHING
    text = format.number(pair.difference, pair.unit)
    shown = any(digit in text for digit in "123456789")
    return text if text.startswith(format.MINUS) or not shown else f"+{text}"


def side_by_side(pairs: Sequence[Pair], labels: tuple[str, str], names: RecordNames | None = None) -> pd.DataFrame:
    """Return one row a pair, called by its name in words or its ids: both numbers, the change and the verdict."""
    columns = [*(f"{place} ({label})" for place, label in zip("AB", labels, strict=True)), "Change", "Verdict"]
    cells = [
        [number(pair.first, pair.unit), number(pair.second, pair.unit), change(pair), pair.verdict] for pair in pairs
    ]
    index = [names.label(pair.key) if names else pair.what for pair in pairs]
    return pd.DataFrame(cells, index=index, columns=columns).rename_axis("Number")


def terminal(pairs: Sequence[Pair], labels: tuple[str, str]) -> str:
    """Return the table in columns of equal width, without the names of the sides."""
    frame = side_by_side(pairs, labels).set_axis(["A", "B", "Change", "Verdict"], axis=1)
    rows = [["Number", *frame.columns], *([name, *cells] for name, *cells in frame.itertuples())]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def file(pairs: Sequence[Pair], record_names: RecordNames) -> pd.DataFrame:
    """Return full precision for a CSV file: identity, name in words, unit, both sides, change and verdict."""
    rows = []
    for pair in pairs:
        names = ("section", "name", "endpoint", "group", "term", "horizon")
        row = dict(zip(names, pair.key, strict=True)) | {"label": record_names.label(pair.key), "unit": pair.unit}
        for place, side in (("a", pair.first), ("b", pair.second)):
            row |= {f"{place}_{name}": getattr(side, name, None) for name in ("value", "low", "high", "p", "note")}
        changes = {"difference": pair.difference, "relative_change": pair.relative, "shift": pair.shift}
        rows.append(row | changes | {"verdict": pair.verdict})
    return pd.DataFrame(rows)
