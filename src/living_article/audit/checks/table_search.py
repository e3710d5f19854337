"""Search for integer tables that would give a printed χ².

Small tables are searched exhaustively with the group sizes as printed; of larger ones those with one row free
and the other as printed, and those with both margins as printed. With thousands of tables some match by chance;
how many is estimated from how densely the tables cover the neighbourhood of the printed value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from living_article.audit import agreement
from living_article.audit.checks.contingency import TESTS
from living_article.audit.checks.contingency import table as counts_of
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import counted, fixed, like

if TYPE_CHECKING:
    from living_article.audit.case import Case
    from living_article.published import PrintedNumber

_LARGEST = 300_000
_TOO_MANY = "So many tables have these group sizes that they are not searched."
_NEIGHBOURHOOD = 50  # units of the last printed decimal on either side


def statistics(tables: NDArray, method: str) -> NDArray:
    """Return the statistic of many tables at once; shape (tables, rows, columns) to (tables,), 0 if degenerate."""
    tables = tables.astype(float)
    total = tables.sum((1, 2), keepdims=True)
    expected = tables.sum(2, keepdims=True) * tables.sum(1, keepdims=True) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        if method == "likelihood_ratio":
            cells = 2 * np.where(tables > 0, tables * np.log(tables / expected), 0.0)
        else:
            gap = np.abs(tables - expected)
            if method == "yates":
                gap = gap - np.minimum(0.5, gap)
            cells = np.where(expected > 0, gap**2 / expected, 0.0)
    factor = (total.ravel() - 1) / total.ravel() if method == "n_minus_1" else 1.0
    return cells.sum((1, 2)) * factor


def compositions(total: int, cells: int) -> NDArray:
    """Return every way to share a whole number among cells; shape (ways, cells)."""
    bars = np.array(list(combinations(range(total + cells - 1), cells - 1)), dtype=np.int64).reshape(-1, cells - 1)
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), total + cells - 1)])
    return np.diff(edges, axis=1) - 1


def candidates(counts: NDArray) -> tuple[NDArray, bool]:
    """Return the tables to try, shape (tables, 2, columns), and whether these are all with the group sizes."""
    counts = counts.astype(np.int64)
    sizes, columns = counts.sum(axis=1), counts.shape[1]
    one, two = (compositions(int(size), columns) for size in sizes)
    if len(one) * len(two) <= _LARGEST:
        return np.stack([np.repeat(one, len(two), axis=0), np.tile(two, (len(one), 1))], axis=1), True
    margins = counts.sum(axis=0) - one
    kept = (margins >= 0).all(axis=1)
    free = [
        np.stack([one, np.tile(counts[1], (len(one), 1))], axis=1),
        np.stack([np.tile(counts[0], (len(two), 1)), two], axis=1),
        np.stack([one[kept], margins[kept]], axis=1),
    ]
    return np.concatenate(free), False


@dataclass(frozen=True)
class _Found:
    """The tables of one method that give the printed value: how many, how, and the one nearest to the printed."""

    label: str
    tables: int
    how: str
    nearest: NDArray
    moved: int
    closest: float
    by_chance: float


def _look(tables: NDArray, counts: NDArray, printed: PrintedNumber, method: str) -> _Found:
    values, unit = statistics(tables, method), agreement.unit(printed)
    low, high = agreement.rounded_from(printed)
    match, how = (values >= low - agreement.TOLERANCE) & (values <= high + agreement.TOLERANCE), agreement.ROUNDING
    if not match.any():
        match, how = (values >= printed.number) & (values < printed.number + unit), agreement.TRUNCATION
    reach = _NEIGHBOURHOOD * unit
    density = (np.abs(values - printed.number) <= reach).sum() / (min(printed.number, reach) + reach)
    moved = np.abs(tables - counts).sum((1, 2)) / 2
    best = np.argmin(np.where(match, moved, np.inf)) if match.any() else np.argmin(np.abs(values - printed.number))
    return _Found(
        TESTS[method].label, int(match.sum()), how if match.any() else "", tables[best], round(float(moved[best])),
        float(values[best]), float(density * unit),
    )  # fmt: skip


def _words(table: NDArray) -> str:
    return " against ".join("/".join(str(count) for count in row) for row in table)


def _step(found: _Found) -> str:
    if not found.tables:
        return f"By {found.label}, no table; {_words(found.nearest)} comes closest."
    which = f"{_words(found.nearest)}, {counted(found.moved, 'patient')} away" if found.moved else "the printed counts"
    return (
        f"By {found.label}, {counted(found.tables, 'table')}, where about {fixed(found.by_chance, 1)} would be "
        f"expected for any value in this neighbourhood; nearest to the printed counts: {which}."
    )


def search(case: Case) -> Outcome:
    """Look for tables that give the printed statistic, rounded or, failing that, truncated."""
    printed, counts = case.printed[0], counts_of(case)
    if counts.shape[0] != 2:
        raise case.wrong("the search is for tables of two groups", "inputs")
    cells = counts.shape[1]
    if any(math.comb(int(size) + cells - 1, cells - 1) > _LARGEST for size in counts.sum(axis=1)):
        return Outcome(reason=_TOO_MANY)
    tables, exhaustive = candidates(counts)
    what = "with the printed group sizes" if exhaustive else "with one row, or all margins, as printed"
    looked = [(_look(tables, counts, printed, name), named) for name, named in case.methods]
    attempts = tuple(
        Attempt(
            f.label,
            counted(f.tables, "table") if f.tables else f"none; closest {like(printed, f.closest)}",
            f.how,
            named=named and f.moved == 0,
            chance=1 - math.exp(-f.by_chance),
        )
        for f, named in looked
    )
    steps = (f"{counted(len(tables), 'table')} {what} were tried.", *(_step(f) for f, _ in looked))
    matching = [f for f, _ in looked if f.tables]
    if not matching:
        none = f"none of {counted(len(tables), 'table')} {what} gives {printed.printed}"
        tried = f"by {'the test' if len(looked) == 1 else f'any of the {len(looked)} tests'} tried"
        return Outcome(attempts, steps, bound=f"{none} {tried}" if exhaustive else "")
    best = min(matching, key=lambda f: f.moved)
    cut = " and truncation" if best.how == agreement.TRUNCATION else ""
    condition = f"other counts, such as {_words(best.nearest)}" if best.moved else best.label
    return Outcome(attempts, steps, condition=condition + cut)


CHECKS = {
    "table_search.any": Check(
        search,
        ("rounding",),
        required=("table|events+totals|percents+totals",),
        methods=("pearson", "yates", "n_minus_1", "likelihood_ratio"),
        meaning="The printed statistic belongs to other counts or to another test.",
    )
}
