"""Design matrix of a regression from a plain list of terms, without a formula language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from living_article.errors import InputError

NUMERIC = frozenset({"continuous", "count"})
KINDS = NUMERIC | {"categorical", "ordinal"}


@dataclass(frozen=True)
class Term:
    """A covariate: its column name, kind and, if it has levels, these and the reference.

    ``kind`` is continuous, count (both enter as they are), categorical or ordinal (both enter as one 0/1
    column for each level but the reference).
    """

    name: str
    kind: str
    levels: tuple[str, ...] = ()
    reference: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError on an unknown kind, missing levels or a reference that is not a level."""
        if self.kind not in KINDS:
            raise ValueError(f"term {self.name}: kind {self.kind!r} is none of {sorted(KINDS)}")
        object.__setattr__(self, "levels", tuple(self.levels))
        if self.kind not in NUMERIC and (len(self.levels) < 2 or self.reference not in self.levels):
            raise ValueError(f"term {self.name}: needs two levels or more and a reference among them")

    @property
    def contrasts(self) -> tuple[str, ...]:
        """The levels that get a column; empty for a numeric term."""
        return tuple(level for level in self.levels if level != self.reference)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the design columns: the term itself, or "term: level"."""
        return tuple(f"{self.name}: {c}" for c in self.contrasts) if self.levels else (self.name,)


@dataclass(frozen=True)
class Design:
    """A design matrix (n, p) and the terms its columns belong to, in the same order."""

    matrix: pd.DataFrame
    terms: tuple[Term, ...]

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Map each term's name to its columns."""
        return {term.name: term.columns for term in self.terms}

    def subset(self, names: Iterable[str]) -> Design:
        """Return the design of some of the terms, in their original order."""
        wanted = set(names)
        terms = tuple(term for term in self.terms if term.name in wanted)
        return Design(self.matrix[[c for term in terms for c in term.columns]], terms)


def _bad(frame: pd.DataFrame, term: Term, mask: np.ndarray, problem: str, remedy: str) -> InputError:
    row = int(np.flatnonzero(mask)[0])
    value = frame[term.name].iloc[row]
    return InputError(problem, row=row + 1, column=term.name, value=None if pd.isna(value) else value, remedy=remedy)


def _numeric(frame: pd.DataFrame, term: Term) -> np.ndarray:
    values = pd.to_numeric(frame[term.name], errors="coerce").to_numpy(float)
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise _bad(frame, term, wrong, "not a finite number", "correct the value or leave the term out")
    return values


def design(frame: pd.DataFrame, terms: Iterable[Term]) -> Design:
    """Return the design matrix of ``terms`` for the rows of ``frame``.

    Raises
    ------
    InputError
        At a missing column or value, a value that is not a number, or a level that the term does not list.
    """
    terms = tuple(terms)
    columns: dict[str, np.ndarray] = {}
    for term in terms:
        if term.name not in frame:
            raise InputError("the table has no such column", column=term.name)
        if (missing := frame[term.name].isna().to_numpy()).any():
            raise _bad(frame, term, missing, "value missing", "complete it or exclude the patient")
        if term.kind in NUMERIC:
            columns[term.name] = _numeric(frame, term)
            continue
        values = frame[term.name].astype(str).to_numpy()
        if (unknown := ~np.isin(values, term.levels)).any():
            remedy = f"the levels are {', '.join(term.levels)}"
            raise _bad(frame, term, unknown, "unknown level", remedy)
        for level, name in zip(term.contrasts, term.columns, strict=True):
            columns[name] = (values == level).astype(float)
    return Design(pd.DataFrame(columns, index=frame.index), terms)
