"""A patient with typical values, who is none of the patients of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .design import NUMERIC, Term


@dataclass(frozen=True)
class Typical:
    """One row with a column for each term, and how many patients of the table share all its values."""

    row: pd.DataFrame
    shared: int


def typical(frame: pd.DataFrame, terms: Iterable[Term], digits: int = 0) -> Typical:
    """Return the medians of numeric terms and the most common level of the others (the first listed of equals).

    A numeric term of whole numbers gets a whole number. If a patient of ``frame`` has exactly these values, numeric
    terms are moved step by step within their observed range until none has; with levels only, this may be impossible.

    Parameters
    ----------
    frame
        One row a patient, one column a term, without missing values.
    terms
        The terms; ``frame`` may have other columns.
    digits
        Significant digits of a median that is no whole number, as it may be the value of one patient; 0 keeps all.
    """
    terms = list(terms)
    values: dict[str, object] = {}
    for term in terms:
        if term.kind in NUMERIC:
            middle = float(frame[term.name].median())
            exact = float(f"{middle:.{digits}g}") if digits else middle
            values[term.name] = float(np.floor(middle + 0.5)) if _whole(frame[term.name]) else exact
        else:
            counts = frame[term.name].astype(str).value_counts()
            values[term.name] = max(term.levels, key=lambda level: int(counts.get(level, 0)))
    for candidate in [values, *_neighbours(frame, terms, values)]:
        if not _sharing(frame, candidate):
            values = candidate
            break
    return Typical(pd.DataFrame([values]), _sharing(frame, values))


def _whole(column: pd.Series) -> bool:
    return bool((column == column.round()).all())


def _sharing(frame: pd.DataFrame, values: dict[str, object]) -> int:
    return int(np.logical_and.reduce([frame[name] == value for name, value in values.items()]).sum())


def _neighbours(frame: pd.DataFrame, terms: list[Term], values: dict[str, Any]) -> list[dict[str, object]]:
    """Return the same values with one numeric term moved, nearest first, never outside the observed range."""
    found = []
    for term in terms:
        if term.kind not in NUMERIC:
            continue
        column = frame[term.name]
        step = 1.0 if _whole(column) else (column.max() - column.min()) / 100
        for distance in range(1, 11):
            for sign in (1, -1):
                moved = values[term.name] + sign * distance * step
                if column.min() <= moved <= column.max():
                    found.append((distance, values | {term.name: moved}))
    return [candidate for _, candidate in sorted(found, key=lambda pair: pair[0])]
