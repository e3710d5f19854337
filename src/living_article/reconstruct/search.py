"""Who gets which survival time: threshold acceptance over exchanges of covariates inside an arm.

Times, events, arms and the values of every covariate in each arm are given; only their pairing is searched. An
exchange inside an arm leaves every count of Table 1, both Kaplan–Meier curves and the log-rank test as they are.
"""

from __future__ import annotations

import math
from collections import namedtuple
from dataclasses import dataclass

import numpy as np
from numba import njit

from living_article.reconstruct import assumptions, kernels
from living_article.reconstruct.kernels import FEW, P, Problem

Work = namedtuple(
    "Work",
    "risk points u jumps deviation measures covariance proposal chi2 touched kept old_risk old_points",
)
"""What describes the present cohort, and what the last move touched and replaced."""

LOWEST = -64
"""Smallest covariate level of the hazard table; ages are counted from `AGE_ORIGIN`."""
AGE_ORIGIN = 30
INSIDE = assumptions.INSIDE
EXCHANGES = 3
"""A move is one to so many exchanges."""
REACH = 4
"""A near exchange is between patients at most so many places of their arm apart in time: a small step."""
CATALOGUE = 6000
"""Largest number of small exchanges kept in mind."""
BLOCKS = 200
"""Steps of the cooling schedule within a stage."""


@dataclass(frozen=True)
class Stage:
    """One cooling run.

    ``moves`` are tried while the threshold falls geometrically from ``start`` to ``stop``; ``near`` eighths of the
    exchanges are near ones. ``accuracy`` and ``hazards`` weigh the penalties for C, AUC and Brier scores and for
    non-proportional hazards against the squared error of a log hazard ratio in half-digits; without the latter, the
    information matrix is that of the first cohort of the stage.
    """

    moves: int
    start: float
    stop: float
    accuracy: float
    hazards: float
    near: int
    fine: float = 0.0


STAGES = (
    Stage(1_000_000, 3e4, 5e3, accuracy=3000, hazards=0, near=4),
    Stage(4_000_000, 2e4, 10.0, accuracy=3000, hazards=1000, near=5),
    *[Stage(700_000, 30.0, 0.3, accuracy=3000, hazards=1000, near=7, fine=25.0)] * 4,
)
"""The schedule is counted in moves, not seconds, so that its result is the same on every machine."""


@dataclass(frozen=True)
class Found:
    """Covariates (n, P) in the order of the times, whether every target is met, and the number of moves tried."""

    x: np.ndarray
    fits: bool
    moves: int


def hazard_tables(ratios: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return exp(beta x) for every level x, to 12 decimals, and the coefficients as integers for ranking."""
    levels = range(LOWEST, -LOWEST)
    table = [[round(math.exp(math.log(hr) * level), 12) for level in levels] for hr in ratios]
    return np.array(table), np.array([round(math.log(hr) * 2**30) for hr in ratios], dtype=np.int64)


def problem(time, event, ratios, half, horizons, accuracy, slack) -> Problem:
    """Build the fixed part of the search from times (n,) ascending and distinct, events (n,) and the targets.

    ``ratios`` and ``half`` (P,) are the printed hazard ratios and half a printed digit on the log scale,
    ``accuracy`` and ``slack`` (FEW,) the wanted values of the accuracy measures and how far from them is still good.
    """
    n = len(time)
    weights, after = censoring_weights(time, event, horizons)
    hazard, points = hazard_tables(ratios)
    return Problem(
        event=np.asarray(event, dtype=np.int64),
        hazard=hazard,
        offset=-LOWEST,
        points=points,
        half=np.asarray(half, dtype=float),
        ipcw=weights,
        after=after,
        early=int(np.sum(np.asarray(time) <= horizons[0])),
        late=int(np.sum(np.asarray(time) <= horizons[1])),
        transform=kaplan_meier_transform(event, n),
        decay=np.array([round(math.exp(-k / 64), 12) for k in range(64 * 40)]),
        accuracy=np.asarray(accuracy, dtype=float),
        slack=np.asarray(slack, dtype=float),
        limits=np.array([assumptions.TERM_LIMIT, assumptions.GLOBAL_LIMIT]),
    )


def censoring_weights(time, event, horizons) -> tuple[np.ndarray, np.ndarray]:
    """Return 1 / G(T-) for each row and 1 / G(horizon), G the Kaplan–Meier estimate of remaining uncensored."""
    n, g = len(time), 1.0
    weights, after = np.ones(n), np.ones(len(horizons))
    for i in range(n):
        weights[i] = 1.0 / g
        if not event[i]:
            g *= 1.0 - 1.0 / (n - i)
        for k, horizon in enumerate(horizons):
            if time[i] <= horizon:
                after[k] = 1.0 / g
    return weights, after


def kaplan_meier_transform(event, n: int) -> np.ndarray:
    """Return the default time transform of R's cox.zph, 1 - KM(T-) centred over the deaths; 0 for the censored."""
    survival, transform = 1.0, np.zeros(n)
    for i in range(n):
        transform[i] = 1.0 - survival
        if event[i]:
            survival *= 1.0 - 1.0 / (n - i)
    dead = np.asarray(event) == 1
    return np.where(dead, transform - sum(transform[dead]) / dead.sum(), 0.0)


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


@njit
def judge(x, problem, work, limit, accuracy, hazards):
    """Return misfit of the hazard ratios and all other penalties; (inf, inf) as soon as they must exceed the limit.

    A move is judged first by the score alone under the last information matrix, then with the accuracy measures,
    and only if it still looks acceptable with its own information matrix and the proportional-hazards tests.
    """
    rejected = (np.inf, np.inf)
    kernels.score(x, work.risk, problem, work.u, work.jumps)
    if kernels.misfit(work.covariance, work.u, problem, work.deviation) > 1.1 * limit:
        return rejected
    kernels.accuracy(work.points, work.risk, work.jumps, problem, work.measures)
    penalty = kernels.inaccuracy(work.measures, problem, accuracy)
    if penalty > limit:
        return rejected
    if hazards > 0.0:
        kernels.hazards_tests(x, work.risk, problem, work.proposal, work.chi2)
        penalty += kernels.implausibility(work.chi2, problem, hazards)
    return kernels.misfit(work.proposal, work.u, problem, work.deviation), penalty


@njit
def anneal(x, rows, sizes, problem, state, moves, near, fine, start, stop, accuracy, hazards):
    """Run one stage in place: x becomes the first cohort that fits, or the best; return if it fits and the moves."""
    work = workspace(x, problem)
    energy = best = 1e300
    best_x = x.copy()
    catalogue, starts = np.zeros((CATALOGUE, 2), dtype=np.int64), np.zeros(P + 1, dtype=np.int64)
    threshold, ratio = start, (stop / start) ** (1.0 / BLOCKS)
    for move in range(moves):
        if move % (moves // BLOCKS) == 0:
            threshold *= ratio
            if fine > 0.0:
                small_exchanges(x, rows, sizes, problem, work, fine, catalogue, starts)
        count = 0
        for _ in range(1 + kernels.draw(state, EXCHANGES)):
            if starts[P] > 0 and kernels.draw(state, 8) < near:
                a, b, column = draw_small(catalogue, starts, state)
            else:
                a, b, column = draw_exchange(x, rows, sizes, state, near)
            count = exchange(x, a, b, column, work, count)
        if count == 0:
            continue
        update(x, problem, work, count)
        misfit, penalty = judge(x, problem, work, energy + threshold, accuracy, hazards)
        if misfit + penalty > energy + threshold:
            undo(x, work, count)
            continue
        energy = misfit + penalty
        work.covariance[:] = work.proposal
        if energy < best:
            best = energy
            best_x[:] = x
        if hazards > 0.0 and penalty == 0.0 and np.max(np.abs(work.deviation)) <= INSIDE:
            return True, move + 1
    x[:] = best_x
    return False, moves


def search(x: np.ndarray, fixed: Problem, seed: int, stages=STAGES, report=None) -> Found:
    """Run the stages one after the other, each from the best cohort of the one before, until a cohort fits.

    ``x`` (n, P) are integer covariates in the order of the times, arm (1/0) first, age counted from `AGE_ORIGIN`.
    ``report``, if given, is called with the fraction of the moves planned that is done.
    """
    x = np.array(x, dtype=np.int64)
    rows = np.zeros((2, len(x)), dtype=np.int64)
    sizes = np.zeros(2, dtype=np.int64)
    for arm in (0, 1):
        members = np.flatnonzero(x[:, 0] == arm)
        sizes[arm] = len(members)
        rows[arm, : len(members)] = members
    state = np.array([seed], dtype=np.uint64)
    used, planned = 0, sum(stage.moves for stage in stages)
    for stage in stages:
        fits, moves = anneal(
            x, rows, sizes, fixed, state, stage.moves, stage.near, float(stage.fine), stage.start, stage.stop,
            float(stage.accuracy), float(stage.hazards),
        )  # fmt: skip
        used += moves
        if report:
            report(used / planned)
        if fits:
            break
    return Found(x, bool(fits), int(used))
