"""Tests of a contingency table, recomputed from printed counts by every test a reader might think of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import fisher_exact, hypergeom

from living_article.audit import agreement
from living_article.audit.multiplicity import chance
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import counted, like
from living_article.statistics import contingency
from living_article.statistics.results import HypothesisTest

if TYPE_CHECKING:
    from living_article.audit.case import Case


def _halved(test: Callable) -> Callable:
    def one_sided(table: np.ndarray) -> HypothesisTest:
        found = test(table)
        p = None if found.p is None else found.p / 2
        return HypothesisTest(found.method, found.statistic, found.df, p, reason=found.reason)

    return one_sided


def _fisher_one_sided(table: np.ndarray) -> HypothesisTest:
    """The smaller of the two one-sided exact P values, as SPSS prints beside the two-sided one."""
    p = min(fisher_exact(table, alternative=side).pvalue for side in ("less", "greater"))
    return HypothesisTest("Fisher's exact test", p=float(p))


def _mid_p(table: np.ndarray) -> HypothesisTest:
    """Fisher's test with half the probability of the observed table (Lancaster 1961)."""
    (a, b), (c, d) = np.asarray(table, dtype=int)
    observed = hypergeom.pmf(a, a + b + c + d, a + b, a + c)
    exact = contingency.fisher(table)
    p = None if exact.p is None else exact.p - float(observed) / 2
    return HypothesisTest("mid-P", p=p, reason=exact.reason)


@dataclass(frozen=True, slots=True)
class Test:
    """A test by the name readers know it by; ``statistic`` tells whether it has one, ``small`` that it is 2×2 only."""

    label: str
    run: Callable[[np.ndarray], HypothesisTest]
    statistic: bool
    small: bool


TESTS = {
    "pearson": Test("Pearson's χ²", contingency.pearson, True, False),
    "yates": Test("Yates's correction", contingency.yates, True, True),
    "n_minus_1": Test("the N − 1 χ²", contingency.n_minus_1, True, True),
    "likelihood_ratio": Test("the likelihood-ratio χ²", contingency.likelihood_ratio, True, False),
    "trend": Test("the linear-by-linear test", contingency.linear_by_linear, True, False),
    "fisher": Test("Fisher's exact test", contingency.fisher, False, False),
    "mid_p": Test("Fisher's exact test with mid-P", _mid_p, False, True),
    "pearson_one_sided": Test("a one-sided Pearson's χ²", _halved(contingency.pearson), False, True),
    "yates_one_sided": Test("a one-sided χ² with Yates's correction", _halved(contingency.yates), False, True),
    "fisher_one_sided": Test("a one-sided Fisher's exact test", _fisher_one_sided, False, True),
}


def table(case: Case) -> np.ndarray:
    """Return the counts of a claim: a table, or events and totals, or percentages and totals, one row a group.

    Raises
    ------
    InputError
        If the rows differ in length, or a count is not a whole number, 0 or more.
    """
    counts = _counts(case)
    if np.any(counts < 0) or np.any(counts != np.round(counts)):
        raise case.wrong("a count of patients must be a whole number, 0 or more", "inputs")
    return counts


def _counts(case: Case) -> np.ndarray:
    if case.has("table"):
        rows = case.table("table")
        if len({len(row) for row in rows}) != 1:
            raise case.wrong("the rows of the table differ in length", "inputs")
        return np.array([[term.value for term in row] for row in rows])
    totals = [term.value for term in case.row("totals")]
    if case.has("events"):
        events = [term.value for term in case.row("events", len(totals))]
    else:
        shares = [term.value / 100 for term in case.row("percents", len(totals))]
        events = [round(share * total) for share, total in zip(shares, totals, strict=True)]
    return np.array([[event, total - event] for event, total in zip(events, totals, strict=True)])


def _run(case: Case, quantity: str) -> Outcome:
    counts = table(case)
    printed = case.printed[0]
    attempts = []
    for name, named in case.methods:
        test = TESTS[name]
        if (quantity == "statistic" and not test.statistic) or (test.small and counts.shape != (2, 2)):
            raise case.wrong(f"{name} gives no {quantity} for a table of this shape", "methods")
        try:
            found = test.run(counts)
        except ValueError as error:  # too many tables to enumerate
            attempts.append(Attempt(test.label, f"not estimable: {error}", named=named))
            continue
        value = found.statistic if quantity == "statistic" else found.p
        if value is None:
            attempts.append(Attempt(test.label, found.reason or "not estimable", named=named))
            continue
        attempts.append(
            Attempt(
                test.label,
                like(printed, value),
                agreement.how(printed, value),
                value,
                named,
                chance(printed, "chi2" if quantity == "statistic" else "p", found.df),
            )  # fmt: skip
        )
    return Outcome(tuple(attempts), _working(case, counts))


def _working(case: Case, counts: np.ndarray) -> tuple[str, ...]:
    rows = " against ".join(" / ".join(f"{count:g}" for count in row) for row in counts)
    steps = [f"Counts used, one group after the other: {rows}."]
    if case.has("percents"):
        steps.append("The counts are those that the printed percentages stand for.")
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    small = int((expected < 5).sum())
    if small:
        has = "has an expected count" if small == 1 else "have expected counts"
        steps.append(f"{counted(small, 'cell')} of {counts.size} {has} below 5, where χ² is an approximation.")
    return tuple(steps)


def statistic(case: Case) -> Outcome:
    """Recompute a printed χ²."""
    return _run(case, "statistic")


def p(case: Case) -> Outcome:
    """Recompute a printed P value, or test a printed bound such as P < 0.05."""
    return _run(case, "P value")


_COUNTS = ("table|events+totals|percents+totals",)
_WITH_STATISTIC = tuple(name for name, test in TESTS.items() if test.statistic)
CHECKS = {
    "contingency.statistic": Check(statistic, ("rounding",), required=_COUNTS, methods=_WITH_STATISTIC),
    "contingency.p": Check(p, ("rounding",), required=_COUNTS, optional=("alpha",), methods=tuple(TESTS)),
}
