"""Two results of real patients of one study: refused if nearly the same, else without counts that tell of a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from living_article.compare.sides import ResultFile, Side, side_of
from living_article.disclosure.population import Population, nested, population, refuse_alike
from living_article.disclosure.small_cells import counts_of, protected
from living_article.patients.cohort import Cohort


def apart(first: Side, second: Side, cohorts: Sequence[Cohort] = ()) -> tuple[Side, Side]:
    """Return the sides as they may stand side by side.

    Parameters
    ----------
    cohorts
        Those at hand; if both sides are of one, who is in which part is known, otherwise only how many.

    Raises
    ------
    InputError
        If a file of one side and one of the other are about nearly the same real patients.
    """
    for one, other in product(first.files, second.files):
        if one.population and other.population:
            refuse_alike(one.population, other.population, _of_both(one.population, other.population, cohorts))
    return _guarded(first, second, cohorts), _guarded(second, first, cohorts)


def _of_both(one: Population, other: Population, cohorts: Sequence[Cohort]) -> Cohort | None:
    """Return the cohort of which both populations are."""
    return next((c for c in cohorts if one.cohort == other.cohort == population(c).cohort), None)


def _guarded(side: Side, other: Side, cohorts: Sequence[Cohort]) -> Side:
    """Return a side without counts which, taken from those of the other, leave a small one."""
    return side_of(side.label, (without_few(file, other.files, cohorts) for file in side.files)) if side.files else side


def without_few(file: ResultFile, others: Iterable[ResultFile], cohorts: Sequence[Cohort] = ()) -> ResultFile:
    """Return a file without counts which, taken from those of another file, leave a small one.

    ``cohorts`` are at hand; of parts of them it is known who is in which.
    """
    wholes, limits = [], [0]
    for other in others:
        if other.section == file.section and _differ(file, other, cohorts):
            wholes.append(counts_of(other.records))
            limits.append(max(p.limit for p in (file.population, other.population) if p))
    return replace(file, records=protected(file.records, max(limits), wholes)) if wholes else file


def _differ(file: ResultFile, other: ResultFile, cohorts: Sequence[Cohort]) -> bool:
    """Return whether two files are about real patients of one study of whom one group may be a part of the other."""
    one, two = file.population, other.population
    if one is None or two is None or not one.close_to(two):
        return False
    if one.same(two):  # the complete cases of two models may still differ, or who responds by two sets of criteria
        counts, theirs = counts_of(file.records), counts_of(other.records)
        return any(theirs.get(k, count) != count for k, count in counts.items())
    return nested(one, two, _of_both(one, two, cohorts))
