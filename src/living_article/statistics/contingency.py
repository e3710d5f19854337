"""Tests of contingency tables: χ² in its usual forms, exact Fisher for any size by enumeration, trend.

`scipy.stats.fisher_exact` is Monte Carlo on tables larger than 2×2 (0.134, 0.140, 0.137 on three calls where
the exact P is 0.137683) and reports the sample odds ratio; statsmodels has neither the exact r×c test nor N − 1
(its `test_ordinal_association` is the linear trend). Hence the enumeration here; `chi2_contingency` and
`contingency.odds_ratio` of SciPy serve for the rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln
from scipy.stats import chi2, chi2_contingency
from scipy.stats.contingency import expected_freq, odds_ratio

from .results import Estimate, HypothesisTest

MAXIMUM_TABLES = 1_000_000  # enumerated at once: about 200 MB for a 4 × 4 table
_SAME = 1e-7  # R's relative tolerance when it compares probabilities of tables
_ONE_CATEGORY = "not estimable: all patients are in one row or one column"


def _checked(table: ArrayLike) -> NDArray[np.int64]:
    """The table as integers without its empty rows and columns; ValueError if it is not a table of counts."""
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] < 2 or counts.shape[1] < 2:
        raise ValueError(f"a contingency table has two rows and two columns or more, not {counts.shape}")
    if not np.all(np.isfinite(counts)) or counts.min() < 0 or np.any(counts != np.round(counts)):
        raise ValueError("a contingency table holds whole numbers, zero or more")
    counts = counts.astype(np.int64)
    return counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]


def _dropped(table: ArrayLike, counts: NDArray) -> tuple[str, ...]:
    """Warn of empty rows and columns: they carry no information and would make the expected count 0."""
    missing = [a - b for a, b in zip(np.shape(table), counts.shape, strict=True)]
    return tuple(
        f"{n} empty {what}{'s' if n > 1 else ''} left out"
        for n, what in zip(missing, ("row", "column"), strict=True)
        if n
    )


def _chi_square(table: ArrayLike, method: str, *, correction: bool = False, lambda_: str | None = None):
    counts = _checked(table)
    if min(counts.shape) < 2:
        return HypothesisTest(method, reason=_ONE_CATEGORY)
    found = chi2_contingency(counts, correction=correction, lambda_=lambda_)
    return HypothesisTest(
        method, float(found.statistic), int(found.dof), float(found.pvalue), warnings=_dropped(table, counts)
    )


def pearson(table: ArrayLike) -> HypothesisTest:
    """Pearson's χ² without correction (Pearson 1900), for an r×c table of counts."""
    return _chi_square(table, "Pearson's χ² test")


def yates(table: ArrayLike) -> HypothesisTest:
    """χ² with Yates's continuity correction (Yates 1934), 2×2 only; the correction never exceeds |O − E|, as in R.

    Raises ValueError for larger tables.
    """
    if np.shape(table) != (2, 2):
        raise ValueError("Yates's correction is defined for 2×2 tables only")
    return _chi_square(table, "χ² test with Yates's correction", correction=True)


def likelihood_ratio(table: ArrayLike) -> HypothesisTest:
    """Likelihood-ratio χ² (G², Wilks 1938), for an r×c table of counts."""
    return _chi_square(table, "likelihood-ratio χ² test", lambda_="log-likelihood")


def n_minus_1(table: ArrayLike) -> HypothesisTest:
    """The "N − 1" χ² of a 2×2 table: Pearson's times (N − 1)/N (Campbell 2007, Statistics in Medicine 26:3661)."""
    if np.shape(table) != (2, 2):
        raise ValueError("the N − 1 χ² is used for 2×2 tables only")
    found, method = pearson(table), "N − 1 χ² test"
    if found.statistic is None:
        return HypothesisTest(method, reason=found.reason)
    total = int(np.sum(table))
    statistic = found.statistic * (total - 1) / total
    return HypothesisTest(method, statistic, 1, float(chi2.sf(statistic, 1)))


def _expand(left: NDArray, rest: NDArray, weight: NDArray) -> tuple[NDArray, NDArray]:
    """Fill one column in every possible way.

    ``left`` (states, rows) is what each row can still take, ``rest`` (states,) what the column still has to
    place, ``weight`` (states,) the sum of −log x! so far. Returns the new ``left`` and ``weight``.
    """
    room_below = left[:, ::-1].cumsum(axis=1)[:, ::-1]
    for row in range(left.shape[1]):
        others = room_below[:, row] - left[:, row]
        least, most = np.maximum(0, rest - others), np.minimum(left[:, row], rest)
        ways = most - least + 1
        if ways.sum() > MAXIMUM_TABLES:
            raise ValueError(f"more than {MAXIMUM_TABLES:,} tables have these margins: too many to enumerate")
        source = np.repeat(np.arange(ways.size), ways)
        first = np.cumsum(ways) - ways
        count = np.arange(source.size) - first[source] + least[source]
        left, room_below, rest = left[source].copy(), room_below[source], rest[source] - count
        left[:, row] -= count
        weight = weight[source] - gammaln(count + 1)
    return left, weight


def fisher(table: ArrayLike) -> HypothesisTest:
    """Fisher's exact test of an r×c table (Fisher 1935; Freeman & Halton 1951), by enumeration of all tables.

    P is the sum of the probabilities of all tables with the observed margins that are no more probable than
    the observed one, as in R's `fisher.test`. For 2×2 tables ``effect`` is the conditional odds ratio.

    Raises
    ------
    ValueError
        If more than `MAXIMUM_TABLES` tables have the observed margins.
    """
    counts, method = _checked(table), "Fisher's exact test"
    if min(counts.shape) < 2:
        return HypothesisTest(method, reason=_ONE_CATEGORY)
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    # Large columns first keep the number of half-filled tables small.
    columns = np.sort(counts.sum(axis=0))[::-1]
    left, weight = counts.sum(axis=1)[None, :], np.zeros(1)
    for column in columns[1:]:
        left, weight = _expand(left, np.full(weight.size, column), weight)
    weight = weight - gammaln(left + 1).sum(axis=1)  # the one remaining column takes what is left
    constant = gammaln(counts.sum(axis=1) + 1).sum() + gammaln(columns + 1).sum() - gammaln(counts.sum() + 1)
    observed = -gammaln(counts + 1).sum()
    p = float(np.exp(weight[weight <= observed + np.log1p(_SAME)] + constant).sum())
    effect = conditional_odds_ratio(table) if np.shape(table) == (2, 2) else None
    return HypothesisTest(method, p=min(p, 1.0), effect=effect, warnings=_dropped(table, _checked(table)))


def conditional_odds_ratio(table: ArrayLike, *, conf_level: float = 0.95) -> Estimate:
    """Odds ratio of a 2×2 table, conditional maximum likelihood with exact interval, as R's `fisher.test` reports.

    (a·d)/(b·c) for rows first/second and columns event/no event. A zero cell can make the estimate or a limit
    infinite; it is then None with a reason or warning. Raises ValueError unless the table is 2×2.
    """
    if np.shape(table) != (2, 2):
        raise ValueError("an odds ratio needs a 2×2 table")
    method = "conditional maximum likelihood, exact interval"
    if min(_checked(table).shape) < 2:
        return Estimate(None, method=method, reason=_ONE_CATEGORY)
    found = odds_ratio(np.asarray(table, dtype=int), kind="conditional")
    value, limits = float(found.statistic), found.confidence_interval(conf_level)
    unbounded = not np.isfinite(limits.high)
    if not np.isfinite(value):
        return Estimate(None, low=limits.low, method=method, reason="infinite: a cell of the table is 0")
    return Estimate(
        value,
        low=limits.low,
        high=None if unbounded else limits.high,
        method=method,
        warnings=("the upper limit of the odds ratio is infinite",) if unbounded else (),
    )


def choose_test(table: ArrayLike) -> HypothesisTest:
    """Pearson's χ², or Fisher's exact test when any expected count is below 5 (Cochran 1954, the strict reading).

    The test used is named in ``method``; a table too large to enumerate falls back to χ² with a warning.
    """
    counts = _checked(table)
    if min(counts.shape) < 2 or expected_freq(counts).min() >= 5:
        return pearson(table)
    try:
        return fisher(table)
    except ValueError as too_many:
        found = pearson(table)
        warning = f"expected counts below 5, but no exact test: {too_many}"
        return HypothesisTest(found.method, found.statistic, found.df, found.p, warnings=(*found.warnings, warning))


def linear_by_linear(
    table: ArrayLike, row_scores: ArrayLike | None = None, column_scores: ArrayLike | None = None
) -> HypothesisTest:
    """Linear-by-linear association, (N − 1) r² with df 1 (Mantel 1963; Agresti 2013, section 3.4), as SPSS prints it.

    Scores default to 0, 1, 2, …
    """
    return _trend(table, row_scores, column_scores, "linear-by-linear association test", lost=1)


def cochran_armitage(events: ArrayLike, totals: ArrayLike, scores: ArrayLike | None = None) -> HypothesisTest:
    """Cochran-Armitage test for a trend in proportions over ordered groups, N r², as R's `prop.trend.test`.

    ``events`` and ``totals`` have shape (groups,); scores default to 0, 1, 2, … Source: Armitage (1955).
    """
    events, totals = np.asarray(events, dtype=float), np.asarray(totals, dtype=float)
    if events.shape != totals.shape or np.any(totals < events):
        raise ValueError("events and totals must have the same length, with no more events than patients")
    table = np.stack([totals - events, events], axis=1)
    return _trend(table, scores, None, "Cochran-Armitage trend test", lost=0)


def _trend(table, row_scores, column_scores, method: str, *, lost: int) -> HypothesisTest:
    """(N − lost) r² on the scores of rows and columns, df 1."""
    _checked(table)
    counts = np.asarray(table, dtype=float)
    scores = []
    for given, length in zip((row_scores, column_scores), counts.shape, strict=True):
        score = np.arange(length) if given is None else np.asarray(given, dtype=float)
        if score.shape != (length,):
            raise ValueError(f"{score.size} scores for {length} ordered groups")
        scores.append(score)
    total = counts.sum()
    rows, columns = scores
    rows = rows - rows @ counts.sum(axis=1) / total
    columns = columns - columns @ counts.sum(axis=0) / total
    spread = (rows**2 @ counts.sum(axis=1)) * (columns**2 @ counts.sum(axis=0))
    if spread <= 0:
        return HypothesisTest(method, reason=_ONE_CATEGORY)
    statistic = float((total - lost) * (rows @ counts @ columns) ** 2 / spread)
    return HypothesisTest(method, statistic, 1, float(chi2.sf(statistic, 1)))
