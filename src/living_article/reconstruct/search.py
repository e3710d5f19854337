"""Who gets which survival time: threshold acceptance over exchanges of covariates inside an arm.

Times, events, arms and the values of every covariate in each arm are given; only their pairing is searched. An
exchange inside an arm leaves every count of Table 1, both Kaplan–Meier curves and the log-rank test as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from living_article.reconstruct import assumptions, kernels
from living_article.reconstruct.kernels import P, Problem
from living_article.reconstruct.moves import (
    EXCHANGES,
    draw_exchange,
    draw_small,
    exchange,
    small_exchanges,
    undo,
    update,
    workspace,
)

INSIDE = assumptions.INSIDE
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
