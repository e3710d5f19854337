"""Runs of a sweep on real patients: refused if two are of nearly the same, without counts that tell of a few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from living_article.compare.apart import without_few
from living_article.compare.sides import ResultFile
from living_article.disclosure.milestones import refuse_close
from living_article.disclosure.population import population, refuse_alike
from living_article.disclosure.small_cells import counts_of
from living_article.patients.cohort import Cohort, load_cohort
from living_article.patients.subset import refuse_neighbours, subset
from living_article.run.parts import PART
from living_article.run.project import Project
from living_article.study import load_study
from living_article.sweep.grid import Grid, label

TIMES = ("milestones", "horizons", "rmst_horizon")
"""The parameters that are times, at which something is told of survival."""


def refuse_few(project: Project, grid: Grid) -> dict[str, Cohort]:
    """Return the cohorts of real patients by the name of their study.

    Raises
    ------
    InputError
        If two parts of a study, or parts of two tables of it, differ by a few patients only, or if a few had an event
        between two of the times asked for.
    """
    cohorts: dict[str, Cohort] = {}
    for study in grid.studies:
        loaded = load_study(project.of(study).study)
        if loaded.provenance.limit:
            cohorts[label(study)] = load_cohort(loaded)
    parts = [part for part in grid.parameters.get(PART, []) if isinstance(part, list)]
    times = [at for name in TIMES for value in grid.parameters.get(name, ()) for at in _listed(value)]
    for cohort in cohorts.values():
        refuse_neighbours(cohort, parts)
        for part in parts or [[]]:
            refuse_close(subset(cohort, part), times, cohort.provenance.limit)
    groups = [[population(subset(c, part), part) for part in parts or [[]]] for c in cohorts.values()]
    for one, other in combinations(groups, 2):
        for first in one:
            for second in other:
                refuse_alike(first, second)
    return cohorts


def _listed(value: object) -> list[float]:
    return [float(at) for at in (value if isinstance(value, list) else [value]) if isinstance(at, int | float)]


def guarded(files: Mapping[int, ResultFile], cohorts: Iterable[Cohort]) -> dict[int, ResultFile]:
    """Return the results of the runs without counts which, taken from those of another run, leave a small one."""
    different: dict[tuple, ResultFile] = {}
    for file in files.values():
        if file.population is not None:
            counts = tuple(sorted(counts_of(file.records).items(), key=str))
            different.setdefault((repr(file.population), counts), file)
    if len(different) < 2:
        return dict(files)
    return {run: without_few(file, different.values(), list(cohorts)) for run, file in files.items()}
