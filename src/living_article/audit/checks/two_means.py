"""t tests recomputed from printed means, standard deviations and group sizes, with what their rounding allows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from living_article.audit import agreement
from living_article.audit.multiplicity import chance
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import counted, like, span
from living_article.statistics.means import t_from_summary
from living_article.statistics.results import two_sided_p

if TYPE_CHECKING:
    from living_article.audit.case import Case, Term

METHODS = ("student", "welch", "normal", "student_inputs", "welch_inputs", "student_whole", "student_one_sided")
_LABELS = {
    "student": "Student's t test",
    "welch": "Welch's t test",
    "normal": "the normal distribution in place of t",
    "student_inputs": "unrounded means and SDs",
    "welch_inputs": "unrounded means and SDs in Welch's t test",
    "student_whole": "unrounded means and SDs of whole numbers",
    "student_one_sided": "a one-sided Student's t test",
}


def _test(mean, sd, n, *, equal: bool = True):
    return t_from_summary(mean[0], sd[0], int(n[0]), mean[1], sd[1], int(n[1]), equal_variances=equal)


def corners(mean: list[Term], sd: list[Term], n: list[float], *, equal: bool) -> tuple[tuple, tuple]:
    """Return the ranges of \\|t\\| and of P over all unrounded means and SDs that are printed like these.

    t is a difference over a standard error, each monotone in every input, so that its extremes lie in corners;
    where the difference can be zero, \\|t\\| can be 0 and P can be 1.
    """
    tests = [_test(c[:2], c[2:], n, equal=equal) for c in product(*(term.range for term in (*mean, *sd)))]
    signed = [math.inf if test.statistic is None else test.statistic for test in tests]  # no spread: infinite
    size, p = [abs(t) for t in signed], [test.p or 0.0 for test in tests]
    if min(signed) < 0 < max(signed):
        return (0.0, max(size)), (min(p), 1.0)
    return (min(size), max(size)), (min(p), max(p))


def _sums(mean: Term, sd: Term, n: int) -> Iterator[tuple[int, int]]:
    """Yield the sums and sums of squares of n whole numbers whose mean and SD are printed like these."""
    low, high = mean.range
    for total in range(math.ceil(low * n - 1e-9), math.floor(high * n + 1e-9) + 1):
        least, most = ((n - 1) * max(end, 0.0) ** 2 + total**2 / n for end in sd.range)
        for squares in range(math.ceil(least - 1e-9), math.floor(most + 1e-9) + 1):
            if (squares - total) % 2 == 0:  # x² and x are odd together
                yield total, squares


def whole_numbers(mean: list[Term], sd: list[Term], n: list[float]) -> np.ndarray:
    """Return \\|t\\| (pooled) for every pair of sums and sums of squares of whole numbers; shape (pairs,)."""
    groups = []
    for m, s, size in zip(mean, sd, n, strict=True):
        sums = np.array(list(_sums(m, s, int(size))), dtype=float).reshape(-1, 2)
        groups.append((sums[:, 0] / size, sums[:, 1] - sums[:, 0] ** 2 / size))
    (one, within), (two, other) = groups
    pooled = (within[:, None] + other[None, :]) / (sum(n) - 2)
    error = np.sqrt(pooled * (1 / n[0] + 1 / n[1]))
    return np.abs((one[:, None] - two[None, :]) / error).ravel()


def _attempts(case: Case, quantity: str) -> Iterator[Attempt]:
    printed = case.printed[0]
    mean, sd = case.row("mean", 2), case.row("sd", 2)
    n = [term.value for term in case.row("n", 2)]
    point = [term.value for term in mean], [term.value for term in sd], n
    for name, named in case.methods:
        label = _LABELS[name]
        if name.endswith("_inputs"):
            t_range, p_range = corners(mean, sd, n, equal=name.startswith("student"))
            low, high = t_range if quantity == "t" else p_range
            mass = chance(printed, quantity, sum(n) - 2, (low, high))
            yield Attempt(label, span(printed, low, high), agreement.reached(printed, low, high), None, named, mass)
            continue
        if name == "student_whole":
            yield _whole(printed, quantity, whole_numbers(mean, sd, n), sum(n) - 2, label, named)
            continue
        found = _test(*point, equal=name != "welch")
        if found.statistic is None or found.p is None:
            yield Attempt(label, found.reason or "not estimable", named=named)
            continue
        p = {"normal": two_sided_p(found.statistic), "student_one_sided": found.p / 2}.get(name, found.p)
        value = abs(found.statistic) if quantity == "t" else p
        mass = chance(printed, quantity, found.df)
        yield Attempt(label, like(printed, value), agreement.how(printed, value), value, named, mass)


def _whole(printed, quantity: str, sizes: np.ndarray, df: float, label: str, named: bool) -> Attempt:
    from scipy.stats import t

    values = sizes if quantity == "t" else 2 * t.sf(sizes, df)
    hows = [agreement.how(printed, v) for v in values[np.abs(values - printed.number) < 2 * agreement.unit(printed)]]
    if printed.bound:
        hows = [agreement.how(printed, v) for v in (values.min(), values.max())]
    how = next((h for h in (agreement.ROUNDING, agreement.BOUND, agreement.TRUNCATION) if h in hows), "")
    closest = values[np.argmin(np.abs(values - printed.number))]
    shown = f"closest of {counted(len(values), 'combination')}: {like(printed, closest)}"
    bins = np.unique(np.round(values, printed.decimals))  # each number printed alike is one chance
    mass = sum(chance(printed, quantity, df, (b, b)) or 0.0 for b in bins)
    return Attempt(label, shown, how, None, named, None if printed.bound else min(mass, 1.0))


def _outcome(case: Case, quantity: str) -> Outcome:
    steps = [
        f"Means {case.texts('mean')}, standard deviations {case.texts('sd')}, patients {case.texts('n')}.",
        "Unrounded means and SDs may lie anywhere within half a unit of the last printed decimal.",
    ]
    return Outcome(tuple(_attempts(case, quantity)), tuple(steps))


def statistic(case: Case) -> Outcome:
    """Recompute a printed t, whose sign depends on the order of the groups and is not compared."""
    return _outcome(case, "t")


def p(case: Case) -> Outcome:
    """Recompute a printed P value of a t test, or test a printed bound."""
    return _outcome(case, "p")


_INPUTS = ("mean", "sd", "n")
CHECKS = {
    "two_means.statistic": Check(
        statistic,
        ("rounding",),
        required=_INPUTS,
        methods=tuple(name for name in METHODS if name not in ("normal", "student_one_sided")),
    ),
    "two_means.p": Check(p, ("rounding",), required=_INPUTS, optional=("alpha",), methods=METHODS),
}
