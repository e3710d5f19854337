"""Compiled inner loops of the search: partial-likelihood score, accuracy measures and proportional-hazards tests.

Everything is evaluated *at the printed coefficients*: a cohort solves the problem when the score is zero there, so
no model is fitted inside the loop. Rows are sorted by time, all times are distinct (no ties to break), relative
hazards are products of table entries rounded to a multiple of 2**-24, so that the risk-set sums are exact, and no
library routine (exp, BLAS) is called: the same bytes come out on every processor. The compiled code is not cached on
disk, because Numba's cache does not notice a change in a function that is called from another file.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np
from numba import njit

P = 11
GRID = 2.0**24
"""Relative hazards are multiples of 1 / GRID."""
FREE = 0.75
"""A log hazard ratio within this part of half a printed digit costs nothing."""
FEW = 5
"""Accuracy measures, in this order: C, AUC at two horizons, Brier score at two horizons."""

Problem = namedtuple(
    "Problem",
    "event hazard offset points half ipcw after early late transform decay accuracy slack limits",
)
"""What stays fixed: event (n,) 0/1 by time; hazard (P, levels) table of exp(beta x), level x + offset; points (P,)
integer coefficients for ranking; half (P,) half a printed digit of each log hazard ratio; ipcw (n,) 1/G(T-);
after (2,) 1/G(horizon); early, late: number of rows up to each horizon; transform (n,) centred 1 - KM(T-), 0 if
censored; decay: table of exp(-x); accuracy, slack (FEW,) wanted values and what is still good; limits (2,) of the
chi-squared of a term and of all."""


@njit
def draw(state: np.ndarray, n: int) -> np.int64:
    """Return an integer in [0, n) from SplitMix64, as `RandomSource.below`."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.int64(((z >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))


@njit
def exp_minus(x: float, decay: np.ndarray) -> float:
    """Return exp(-x) for x >= 0 from a table in steps of 1/64 and a polynomial; error below 1e-11."""
    step = int(x * 64.0)
    if step >= decay.size:
        return 0.0
    r = x - step / 64.0
    return decay[step] * (1.0 - r * (1.0 - r * (0.5 - r * (1.0 / 6.0 - r * (1.0 / 24.0)))))


@njit
def relative_hazard(x: np.ndarray, i: int, problem: Problem) -> float:
    """Return exp(beta' x_i), rounded to the grid."""
    product = 1.0
    for j in range(P):
        product *= problem.hazard[j, x[i, j] + problem.offset]
    return np.rint(product * GRID) / GRID


@njit
def linear_points(x: np.ndarray, i: int, problem: Problem) -> int:
    """Return the integer linear predictor by which patients are ranked."""
    total = 0
    for j in range(P):
        total += problem.points[j] * x[i, j]
    return total


@njit
def score(x: np.ndarray, risk: np.ndarray, problem: Problem, u: np.ndarray, jumps: np.ndarray) -> None:
    """Write the score of the Cox partial likelihood into u (P,) and the Breslow jumps into jumps (n,)."""
    s0 = 0.0
    s1 = np.zeros(P)
    u[:] = 0.0
    for i in range(risk.size - 1, -1, -1):
        s0 += risk[i]
        for j in range(P):
            s1[j] += risk[i] * x[i, j]
        jumps[i] = 0.0
        if problem.event[i]:
            inverse = 1.0 / s0
            jumps[i] = inverse
            for j in range(P):
                u[j] += x[i, j] - s1[j] * inverse


@njit
def invert(a: np.ndarray, b: np.ndarray) -> None:
    """Write the inverse of the positive definite matrix a into b (Gauss–Jordan, no pivoting needed)."""
    n = a.shape[0]
    m = a.copy()
    b[:] = 0.0
    for i in range(n):
        b[i, i] = 1.0
    for c in range(n):
        pivot = 1.0 / m[c, c]
        for j in range(n):
            m[c, j] *= pivot
            b[c, j] *= pivot
        for r in range(n):
            if r != c:
                factor = m[r, c]
                for j in range(n):
                    m[r, j] -= factor * m[c, j]
                    b[r, j] -= factor * b[c, j]


@njit
def moments(x, risk, problem, u, i0, i1, i2) -> None:
    """Write the sums over deaths of g (x - mean), V, g V and g² V (g the time transform) into u, i0, i1, i2."""
    s0 = 0.0
    s1 = np.zeros(P)
    s2 = np.zeros((P, P))
    u[:] = 0.0
    i0[:] = 0.0
    i1[:] = 0.0
    i2[:] = 0.0
    for i in range(risk.size - 1, -1, -1):
        s0 += risk[i]
        for j in range(P):
            s1[j] += risk[i] * x[i, j]
            for k in range(j + 1):
                s2[j, k] += risk[i] * x[i, j] * x[i, k]
        if problem.event[i]:
            inverse, g = 1.0 / s0, problem.transform[i]
            for j in range(P):
                mean = s1[j] * inverse
                u[j] += g * (x[i, j] - mean)
                for k in range(j + 1):
                    v = s2[j, k] * inverse - mean * (s1[k] * inverse)
                    i0[j, k] += v
                    i1[j, k] += g * v
                    i2[j, k] += g * (g * v)
    for j in range(P):
        for k in range(j):
            i0[k, j], i1[k, j], i2[k, j] = i0[j, k], i1[j, k], i2[j, k]


@njit
def hazards_tests(x, risk, problem, covariance: np.ndarray, chi2: np.ndarray) -> None:
    """Write the inverse information into covariance (P, P) and P + 1 score tests of proportional hazards into chi2.

    The tests are those of Grambsch and Therneau (1994) in the exact form of R's survival >= 3.0: one for each term
    (1 df), the last global (P df).
    """
    u = np.zeros(P)
    i0, i1, i2 = np.zeros((P, P)), np.zeros((P, P)), np.zeros((P, P))
    moments(x, risk, problem, u, i0, i1, i2)
    invert(i0, covariance)
    half = np.zeros((P, P))
    for j in range(P):
        for k in range(P):
            for a in range(P):
                half[j, k] += i1[j, a] * covariance[a, k]
    for j in range(P):
        for k in range(P):
            for a in range(P):
                i2[j, k] -= half[j, a] * i1[a, k]
    invert(i2, half)
    chi2[P] = 0.0
    for j in range(P):
        chi2[j] = u[j] * u[j] / i2[j, j]
        for k in range(P):
            chi2[P] += u[j] * half[j, k] * u[k]


@njit
def accuracy(points, risk, jumps, problem, out: np.ndarray) -> None:
    """Write Harrell's C, the IPCW AUC and the IPCW Brier score at both horizons into out (FEW,).

    AUC is cumulative/dynamic (Blanche, Dartigues and Jacqmin-Gadda 2013), Brier score as in Graf et al. (1999).
    """
    n, early, late = risk.size, problem.early, problem.late
    pairs = concordant = 0
    first = second = weight1 = weight2 = 0.0
    for i in range(n):
        if problem.event[i]:
            own = points[i]
            inside = between = beyond = 0
            for j in range(i + 1, early):
                inside += 2 * (points[j] < own) + (points[j] == own)
            for j in range(max(i + 1, early), late):
                between += 2 * (points[j] < own) + (points[j] == own)
            for j in range(max(i + 1, late), n):
                beyond += 2 * (points[j] < own) + (points[j] == own)
            concordant += inside + between + beyond
            pairs += 2 * (n - 1 - i)
            if i < early:
                first += problem.ipcw[i] * (between + beyond)
                weight1 += problem.ipcw[i]
            if i < late:
                second += problem.ipcw[i] * beyond
                weight2 += problem.ipcw[i]
    out[0] = concordant / pairs
    out[1] = first / (weight1 * 2 * (n - early))
    out[2] = second / (weight2 * 2 * (n - late))
    out[3] = brier(risk, jumps, problem, early, problem.after[0])
    out[4] = brier(risk, jumps, problem, late, problem.after[1])


@njit
def brier(risk, jumps, problem, until: int, after: float) -> float:
    """Return the IPCW Brier score at the horizon that the first ``until`` rows reach."""
    cumulative = 0.0
    for i in range(until):
        cumulative += jumps[i]
    total = 0.0
    for i in range(risk.size):
        survival = exp_minus(cumulative * risk[i], problem.decay)
        if i >= until:
            total += (1.0 - survival) * (1.0 - survival) * after
        elif problem.event[i]:
            total += survival * survival * problem.ipcw[i]
    return total / risk.size


@njit
def misfit(covariance, u, problem, deviation: np.ndarray) -> float:
    """Write the Newton step in printed half-digits into deviation (P,); return its sum of squares beyond `FREE`."""
    total = 0.0
    for j in range(P):
        step = 0.0
        for k in range(P):
            step += covariance[j, k] * u[k]
        deviation[j] = step / problem.half[j]
        excess = abs(deviation[j]) - FREE
        if excess > 0.0:
            total += excess * excess
    return total


@njit
def inaccuracy(measures, problem, weight: float) -> float:
    """Return the penalty for accuracy measures outside their printed rounding intervals."""
    total = 0.0
    for j in range(FEW):
        excess = abs(measures[j] - problem.accuracy[j]) - problem.slack[j]
        if excess > 0.0:
            total += weight * (excess * 200.0) * (excess * 200.0)
    return total


@njit
def implausibility(chi2, problem, weight: float) -> float:
    """Return the penalty for tests of proportional hazards beyond their limits."""
    total = 0.0
    for j in range(P):
        excess = chi2[j] - problem.limits[0]
        if excess > 0.0:
            total += weight * excess * excess
    excess = (chi2[P] - problem.limits[1]) / 3.0
    if excess > 0.0:
        total += weight * excess * excess
    return total
