"""Summaries and comparisons of continuous values: mean ± SD with t tests, median (IQR) with rank tests.

SciPy has all the tests; what differs from R is settled here: which Mann–Whitney and signed-rank P is taken
(R: exact below 50 values without ties, otherwise normal with continuity correction; SciPy: other rules;
SPSS: normal without correction). Quartiles are R's type 7; SPSS's default is type 6, available by name
(Hyndman & Fan 1996).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from .results import Estimate, HypothesisTest, normal_quantile

_QUARTILES = {7: "linear", 6: "weibull"}
_EXACT_BELOW = 50  # R's limit for exact rank tests


@dataclass(frozen=True, slots=True)
class Summary:
    """Number of values, number missing, mean, standard deviation (n − 1), median, quartiles, range."""

    n: int
    missing: int
    mean: float
    sd: float | None
    median: float
    lower_quartile: float
    upper_quartile: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """Two groups compared by the article's rule.

    ``normal`` tells which summary to show: mean ± SD (True) or median (IQR); ``test`` is the matching test,
    named; ``normality`` holds the Shapiro-Wilk test of each group.
    """

    normal: bool
    first: Summary
    second: Summary
    test: HypothesisTest
    normality: tuple[HypothesisTest, HypothesisTest]


def _values(values: ArrayLike) -> NDArray[np.float64]:
    """The values that are there; ValueError if none is, or one is infinite."""
    values = np.asarray(values, dtype=float).ravel()
    values = values[~np.isnan(values)]
    if values.size == 0:
        raise ValueError("no value: an empty group cannot be summarised or compared")
    if not np.all(np.isfinite(values)):
        raise ValueError("an infinite value cannot be summarised or compared")
    return values


def summarise(values: ArrayLike, *, quartile_type: int = 7) -> Summary:
    """Summarise values of shape (n,); NaN are counted as missing and left out.

    ``quartile_type`` is 7 (R, NumPy) or 6 (SPSS). ``sd`` is None for a single value.
    """
    if quartile_type not in _QUARTILES:
        raise ValueError(f"quartile type {quartile_type} is neither 7 (R) nor 6 (SPSS)")
    known = _values(values)
    lower, middle, upper = np.quantile(known, [0.25, 0.5, 0.75], method=_QUARTILES[quartile_type])
    return Summary(
        n=known.size,
        missing=np.size(values) - known.size,
        mean=float(known.mean()),
        sd=float(known.std(ddof=1)) if known.size > 1 else None,
        median=float(middle),
        lower_quartile=float(lower),
        upper_quartile=float(upper),
        minimum=float(known.min()),
        maximum=float(known.max()),
    )


def shapiro_wilk(values: ArrayLike) -> HypothesisTest:
    """Shapiro-Wilk test of normality (Royston 1995, AS R94), by SciPy, for 3 to 5000 values that differ."""
    known, method = _values(values), "Shapiro-Wilk test"
    if known.size < 3 or np.ptp(known) == 0:
        return HypothesisTest(method, reason="not estimable: fewer than three values, or all equal")
    if known.size > 5000:
        return HypothesisTest(method, reason="not estimable: the test is defined up to 5000 values")
    found = stats.shapiro(known)
    return HypothesisTest(method, statistic=found.statistic, p=found.pvalue)


def t_from_summary(
    mean: float,
    sd: float,
    n: int,
    other_mean: float,
    other_sd: float,
    other_n: int,
    *,
    equal_variances: bool = True,
    conf_level: float = 0.95,
) -> HypothesisTest:
    """Student's t test (pooled variance), or Welch's (Welch 1947), from mean, SD and n of two groups.

    ``effect`` is the first mean minus the second with its t interval.

    Raises
    ------
    ValueError
        If a group has fewer than two patients or an SD is negative.
    """
    method = "Student's t test" if equal_variances else "Welch's t test"
    normal_quantile(conf_level)
    if min(n, other_n) < 2 or not min(sd, other_sd) >= 0:
        raise ValueError(f"{method}: both groups need two patients or more and an SD of zero or more")
    one, two, difference = sd**2 / n, other_sd**2 / other_n, mean - other_mean
    if one + two == 0:
        effect = Estimate(difference, std_error=0.0, method=method)
        return HypothesisTest(method, effect=effect, reason="not estimable: no variance in either group")
    if equal_variances:
        df = n + other_n - 2
        error = math.sqrt(((n - 1) * sd**2 + (other_n - 1) * other_sd**2) / df * (1 / n + 1 / other_n))
    else:
        df = (one + two) ** 2 / (one**2 / (n - 1) + two**2 / (other_n - 1))
        error = math.sqrt(one + two)
    return _t_test(method, difference, error, df, conf_level)


def _t_test(method: str, difference: float, error: float, df: float, conf_level: float) -> HypothesisTest:
    margin = stats.t.isf((1 - conf_level) / 2, df) * error
    p = float(2 * stats.t.sf(abs(difference / error), df))
    effect = Estimate(difference, difference - margin, difference + margin, error, p, method)
    return HypothesisTest(method, statistic=difference / error, df=df, p=p, effect=effect)


def t_test(
    first: ArrayLike, second: ArrayLike, *, equal_variances: bool = True, conf_level: float = 0.95
) -> HypothesisTest:
    """Student's or Welch's t test of two groups of values; NaN are left out. See `t_from_summary`."""
    one, two = _values(first), _values(second)
    if min(one.size, two.size) < 2:
        raise ValueError("a t test needs two values or more in both groups")
    return t_from_summary(
        one.mean(),
        one.std(ddof=1),
        one.size,
        two.mean(),
        two.std(ddof=1),
        two.size,
        equal_variances=equal_variances,
        conf_level=conf_level,
    )


def mann_whitney(first: ArrayLike, second: ArrayLike) -> HypothesisTest:
    """Mann–Whitney U test (Wilcoxon rank sum), P as R's `wilcox.test`; ``statistic`` is U of the first group.

    Exact with fewer than 50 values in both groups and no ties, otherwise the tie-corrected normal
    approximation with continuity correction; ``method`` says which.
    """
    one, two = _values(first), _values(second)
    together = np.concatenate([one, two])
    if np.ptp(together) == 0:
        return HypothesisTest("Mann–Whitney U test", reason="not estimable: all values are equal")
    exact = max(one.size, two.size) < _EXACT_BELOW and np.unique(together).size == together.size
    found = stats.mannwhitneyu(
        one, two, use_continuity=True, alternative="two-sided", method="exact" if exact else "asymptotic"
    )
    method = f"Mann–Whitney U test ({'exact' if exact else 'normal approximation'})"
    return HypothesisTest(method, statistic=found.statistic, p=found.pvalue)


def _differences(before: ArrayLike, after: ArrayLike) -> NDArray[np.float64]:
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if before.shape != after.shape:
        raise ValueError(f"paired values must have one shape, not {before.shape} and {after.shape}")
    return _values(after - before)


def paired_t(before: ArrayLike, after: ArrayLike, *, conf_level: float = 0.95) -> HypothesisTest:
    """Paired t test; ``effect`` is the mean of after − before. Pairs with a missing value are left out."""
    change, method = _differences(before, after), "paired t test"
    normal_quantile(conf_level)
    if change.size < 2:
        raise ValueError("a paired t test needs two pairs or more")
    error = change.std(ddof=1) / math.sqrt(change.size)
    if error == 0:
        effect = Estimate(change.mean(), std_error=0.0, method=method)
        return HypothesisTest(method, effect=effect, reason="not estimable: every pair changes by the same")
    return _t_test(method, float(change.mean()), float(error), change.size - 1, conf_level)


def signed_rank(before: ArrayLike, after: ArrayLike) -> HypothesisTest:
    """Wilcoxon signed-rank test of after − before, P as R's `wilcox.test(paired = TRUE)`.

    ``statistic`` is V, the sum of the positive ranks. Zero differences are left out, as in R. Exact below
    50 pairs without ties and zeros, otherwise normal with continuity correction; ``method`` says which.
    """
    change = _differences(before, after)
    nonzero = change[change != 0]
    if nonzero.size == 0:
        return HypothesisTest("Wilcoxon signed-rank test", reason="not estimable: no pair changes")
    tied = np.unique(np.abs(nonzero)).size < nonzero.size
    exact = change.size < _EXACT_BELOW and nonzero.size == change.size and not tied
    found = stats.wilcoxon(nonzero, zero_method="wilcox", correction=True, method="exact" if exact else "asymptotic")
    positive = float(stats.rankdata(np.abs(nonzero))[nonzero > 0].sum())
    method = f"Wilcoxon signed-rank test ({'exact' if exact else 'normal approximation'})"
    return HypothesisTest(method, statistic=positive, p=found.pvalue)


def compare_groups(
    first: ArrayLike,
    second: ArrayLike,
    *,
    alpha: float = 0.05,
    equal_variances: bool = True,
    quartile_type: int = 7,
) -> GroupComparison:
    """Compare two groups by the article's rule: t test of means if both are normal, else Mann–Whitney U.

    A group counts as normal when Shapiro-Wilk does not reject (P ≥ alpha); one whose normality cannot be
    tested does not. The article names the rule but not the test of normality: Shapiro-Wilk is the choice
    made here.
    """
    normality = (shapiro_wilk(first), shapiro_wilk(second))
    normal = all(found.p is not None and found.p >= alpha for found in normality)
    test = t_test(first, second, equal_variances=equal_variances) if normal else mann_whitney(first, second)
    return GroupComparison(
        normal=normal,
        first=summarise(first, quartile_type=quartile_type),
        second=summarise(second, quartile_type=quartile_type),
        test=test,
        normality=normality,
    )


def compare_pairs(before: ArrayLike, after: ArrayLike, *, alpha: float = 0.05) -> HypothesisTest:
    """Compare paired values by the same rule, applied to the differences: paired t, or Wilcoxon signed rank."""
    found = shapiro_wilk(_differences(before, after))
    normal = found.p is not None and found.p >= alpha
    return paired_t(before, after) if normal else signed_rank(before, after)
