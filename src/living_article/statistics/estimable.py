"""Which part of a design a Cox model can estimate, and why not the rest.

R's ``coxph`` gives NA for a redundant column and a warning for an infinite coefficient; lifelines stops with an
exception. Here such columns leave the design with a reason, so that the others can still be estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .cox_checks import monotone_columns
from .design import Design, Term


@dataclass(frozen=True)
class Estimable:
    """The design that can be fitted, and for each column left out a reason that a page can show."""

    design: Design
    reasons: dict[str, str]


def estimable(design: Design, time: ArrayLike, event: ArrayLike) -> Estimable:
    """Leave out columns without variation, redundant columns and terms with an infinite estimate.

    A level without patients takes only its own column with it. An infinite estimate (monotone likelihood, Bryson
    and Johnson, 1981) takes the whole term, since without that column its level would join the reference. Without
    events nothing can be estimated.
    """
    if not np.any(event):
        reasons = dict.fromkeys(design.matrix.columns, "not estimable: no event")
        return Estimable(_without(design, reasons), reasons)
    found = varied(design)
    kept, reasons = found.design, found.reasons
    while monotone := monotone_columns(kept.matrix, time, event):
        alone = [c for c in monotone if monotone_columns(kept.matrix[[c]], time, event)]
        # A combination of columns may be at fault where no single one is; then its last term goes.
        owners = {_owner(kept, c).name for c in alone or monotone[-1:]}
        reasons |= {
            c: "not estimable: infinite estimate (separation: the likelihood is monotone)"
            for term in kept.terms
            if term.name in owners
            for c in term.columns
        }
        kept = _without(kept, reasons)
    return Estimable(kept, reasons)


def varied(design: Design) -> Estimable:
    """Leave out only columns without variation and redundant ones, which needs no outcome."""
    reasons = _constant(design) | _without_reference(design)
    kept = _without(design, reasons)
    reasons |= _redundant(kept)
    return Estimable(_without(kept, reasons), reasons)


def _constant(design: Design) -> dict[str, str]:
    reasons, values = {}, design.matrix.to_numpy(float)
    for column in design.matrix.columns[values.min(axis=0) == values.max(axis=0)]:
        empty = _owner(design, column).levels and not design.matrix[column].any()
        why = "no patient has this level" if empty else "every patient has the same value"
        reasons[column] = f"not estimable: {why}"
    return reasons


def _without_reference(design: Design) -> dict[str, str]:
    reason = "not estimable: no patient has the reference level"
    values, first = design.matrix.to_numpy(float), 0
    reasons: dict[str, str] = {}
    for term in design.terms:
        last = first + len(term.columns)
        if term.levels and (values[:, first:last].sum(axis=1) == 1).all():
            reasons |= dict.fromkeys(term.columns, reason)
        first = last
    return reasons


def _redundant(design: Design) -> dict[str, str]:
    """Name the columns that are a linear combination of those before them."""
    values = design.matrix.to_numpy(float)
    centred = values - values.mean(axis=0)
    scaled = centred / np.maximum(centred.std(axis=0), 1e-300)
    if _rank(scaled) == scaled.shape[1]:
        return {}
    reasons: dict[str, str] = {}
    used: list[int] = []
    for j, column in enumerate(design.matrix.columns):
        if _rank(scaled[:, [*used, j]]) > len(used):
            used.append(j)
        else:
            reasons[column] = "not estimable: determined by the terms before it"
    return reasons


def _rank(scaled: np.ndarray) -> int:
    return int(np.linalg.matrix_rank(scaled, tol=1e-8 * len(scaled)))


def _owner(design: Design, column: str) -> Term:
    return next(term for term in design.terms if column in term.columns)


def _without(design: Design, columns: dict[str, str]) -> Design:
    """Return the design without these columns; a term without columns goes."""
    terms = []
    for term in design.terms:
        if not term.levels:
            terms += [] if term.name in columns else [term]
            continue
        gone = {lv for lv, c in zip(term.contrasts, term.columns, strict=True) if c in columns}
        if len(gone) < len(term.contrasts):
            terms.append(replace(term, levels=tuple(lv for lv in term.levels if lv not in gone)))
    return Design(design.matrix[[c for term in terms for c in term.columns]], tuple(terms))
