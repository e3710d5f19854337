"""Moves of the search: exchanges of covariates between patients of one arm, made, followed up and taken back."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
from numba import njit

from living_article.reconstruct import kernels
from living_article.reconstruct.kernels import FEW, P

Work = namedtuple(
    "Work",
    "risk points u jumps deviation measures covariance proposal chi2 touched kept old_risk old_points",
)
"""What describes the present cohort, and what the last move touched and replaced."""

EXCHANGES = 3
"""A move is one to so many exchanges."""
REACH = 4
"""A near exchange is between patients at most so many places of their arm apart in time: a small step."""


@njit
def workspace(x, problem):
    """Return the arrays that belong to covariates x (n, P), filled where they describe x."""
    n, rows = x.shape[0], 2 * EXCHANGES
    work = Work(
        risk=np.zeros(n), points=np.zeros(n, dtype=np.int64), u=np.zeros(P), jumps=np.zeros(n),
        deviation=np.zeros(P), measures=np.zeros(FEW), covariance=np.zeros((P, P)), proposal=np.zeros((P, P)),
        chi2=np.zeros(P + 1), touched=np.zeros(rows, dtype=np.int64), kept=np.zeros((rows, P), dtype=np.int64),
        old_risk=np.zeros(rows), old_points=np.zeros(rows, dtype=np.int64),
    )  # fmt: skip
    for i in range(n):
        work.risk[i] = kernels.relative_hazard(x, i, problem)
        work.points[i] = kernels.linear_points(x, i, problem)
    kernels.hazards_tests(x, work.risk, problem, work.covariance, work.chi2)
    work.proposal[:] = work.covariance
    return work


@njit
def draw_exchange(x, rows, sizes, state, near):
    """Return two patients of one arm and the covariate to exchange between them, P for all covariates."""
    arm = 0 if kernels.draw(state, x.shape[0]) < sizes[0] else 1
    first = kernels.draw(state, sizes[arm])
    second = kernels.draw(state, sizes[arm])
    if kernels.draw(state, 8) < near:
        second = min(first + 1 + second % REACH, sizes[arm] - 1)
    return rows[arm, first], rows[arm, second], 1 + kernels.draw(state, P)


@njit
def exchange(x, a, b, column, work, count):
    """Exchange one covariate, or all, between patients a and b; return how many rows are touched by now."""
    if a == b or (column < P and x[a, column] == x[b, column]):
        return count
    work.touched[count], work.touched[count + 1] = a, b
    for j in range(P):
        work.kept[count, j], work.kept[count + 1, j] = x[a, j], x[b, j]
    for j in range(1, P):
        if column == P or j == column:
            x[a, j], x[b, j] = work.kept[count + 1, j], work.kept[count, j]
    return count + 2


@njit
def small_exchanges(x, rows, sizes, problem, work, fine, catalogue, starts):
    """List, column by column, the exchanges of one covariate that move no log hazard ratio by ``fine`` half-digits.

    ``catalogue`` receives pairs of patients; those of a column stand from ``starts`` of it to that of the next.
    """
    listed = 0
    own, moved = np.zeros(P), np.zeros(P)
    kernels.score(x, work.risk, problem, work.u, work.jumps)
    kernels.misfit(work.covariance, work.u, problem, own)
    fine = min(fine, 3.0 + 1.5 * np.max(np.abs(own)))
    for column in range(1, P):
        starts[column] = listed
        for arm in range(2):
            for first in range(sizes[arm]):
                for second in range(first):
                    a, b = rows[arm, first], rows[arm, second]
                    count = exchange(x, a, b, column, work, 0)
                    if count == 0:
                        continue
                    update(x, problem, work, count)
                    kernels.score(x, work.risk, problem, work.u, work.jumps)
                    kernels.misfit(work.covariance, work.u, problem, moved)
                    if np.max(np.abs(moved - own)) < fine and listed < catalogue.shape[0]:
                        catalogue[listed, 0], catalogue[listed, 1] = a, b
                        listed += 1
                    undo(x, work, count)
    starts[P] = listed


@njit
def draw_small(catalogue, starts, state):
    """Return two patients and a column of the catalogue, each column as likely; the same patient twice if none."""
    column = 1 + kernels.draw(state, P - 1)
    listed = starts[column + 1] - starts[column]
    if listed == 0:
        return 0, 0, column
    a, b = catalogue[starts[column] + kernels.draw(state, listed)]
    return a, b, column


@njit
def update(x, problem, work, count):
    """Bring relative hazards and ranks of the touched rows up to date, and remember the old ones."""
    for q in range(count):
        i = work.touched[q]
        work.old_risk[q], work.old_points[q] = work.risk[i], work.points[i]
        work.risk[i] = kernels.relative_hazard(x, i, problem)
        work.points[i] = kernels.linear_points(x, i, problem)


@njit
def undo(x, work, count):
    """Take a move back, the last exchange first."""
    for q in range(count - 1, -1, -1):
        i = work.touched[q]
        work.risk[i], work.points[i] = work.old_risk[q], work.old_points[q]
        for j in range(P):
            x[i, j] = work.kept[q, j]
