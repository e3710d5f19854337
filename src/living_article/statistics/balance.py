"""Standardised mean differences between two arms, for continuous, binary and multi-level covariates.

Source: Yang & Dalton (2012), "A unified approach to measuring the effect size between two groups using
SAS", SAS Global Forum 335-2012; Austin (2009), Statistics in Medicine 28:3083, for the 0.1 limit
usually applied. No library in use here has them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .results import Estimate

_NO_SPREAD = "not estimable: no variance within either arm"


def continuous_difference(first: ArrayLike, second: ArrayLike) -> Estimate:
    """Return (mean₁ − mean₂) / √((s₁² + s₂²)/2), s² with n − 1; NaN are left out.

    0 if both arms hold one and the same value; ``value`` is None with a reason if they differ without any
    variance. Raises ValueError if an arm has fewer than two values.
    """
    one, two = (np.asarray(values, dtype=float) for values in (first, second))
    one, two = one[~np.isnan(one)], two[~np.isnan(two)]
    if min(one.size, two.size) < 2:
        raise ValueError("a standardised difference needs two values or more in each arm")
    return _standardised(one.mean() - two.mean(), (one.var(ddof=1) + two.var(ddof=1)) / 2)


def binary_difference(share: float, other_share: float) -> Estimate:
    """Return (p₁ − p₂) / √((p₁(1 − p₁) + p₂(1 − p₂))/2) of two proportions; ValueError unless both are in 0…1."""
    if not (0 <= share <= 1 and 0 <= other_share <= 1):
        raise ValueError(f"{share} and {other_share} must be proportions between 0 and 1")
    return _standardised(share - other_share, (share * (1 - share) + other_share * (1 - other_share)) / 2)


def _standardised(difference: float, variance: float) -> Estimate:
    method = "standardised mean difference"
    if variance == 0:
        return Estimate(0.0, method=method) if difference == 0 else Estimate(None, method=method, reason=_NO_SPREAD)
    return Estimate(difference / np.sqrt(variance), method=method)


def categorical_difference(counts: Sequence[int], other_counts: Sequence[int]) -> Estimate:
    """Return the Mahalanobis distance of two multinomial proportions, shape (levels,) each; never negative.

    With T and C the proportions of all levels but the first, √((T − C)ᵀ S⁻¹ (T − C)), S the mean of the two
    multinomial covariance matrices (Yang & Dalton 2012). Two levels give the absolute binary
    difference. Levels that occur in neither arm are left out.
    """
    table = np.array([counts, other_counts], dtype=float)
    if table.ndim != 2 or table.min() < 0 or table.sum(axis=1).min() == 0:
        raise ValueError("counts of the same levels are needed for both arms, neither of them empty")
    table = table[:, table.sum(axis=0) > 0]
    method = "standardised mean difference, multi-level"
    if table.shape[1] == 1:
        return Estimate(0.0, method=method)
    shares = (table / table.sum(axis=1, keepdims=True))[:, 1:]
    covariance = sum(np.diag(p) - np.outer(p, p) for p in shares) / 2
    difference = shares[0] - shares[1]
    if np.linalg.matrix_rank(covariance) < difference.size:
        return Estimate(None, method=method, reason=_NO_SPREAD)
    return Estimate(np.sqrt(difference @ np.linalg.solve(covariance, difference)), method=method)


def standardised_difference(
    values: pd.Series,
    arm: ArrayLike,
    first: object,
    second: object,
    *,
    levels: Sequence[object] | None = None,
) -> Estimate:
    """Return the standardised difference of one covariate between two arms, missing values left out.

    Parameters
    ----------
    values
        The covariate, shape (n,).
    arm, first, second
        The arm of each patient, and the two arms: the difference is first − second.
    levels
        The levels of a categorical covariate, reference first; None for a continuous one. Two levels give
        the signed difference of the share of the second level; more give the (unsigned) distance.
    """
    values, arm = pd.Series(values).reset_index(drop=True), np.asarray(arm)
    one, two = (values[arm == which].dropna() for which in (first, second))
    if levels is None:
        return continuous_difference(one.to_numpy(dtype=float), two.to_numpy(dtype=float))
    unknown = sorted({str(value) for value in pd.concat([one, two]) if value not in levels})
    if unknown or one.empty or two.empty:
        raise ValueError(f"an arm without values, or levels that are not among {list(levels)}: {unknown}")
    if len(levels) == 2:
        return binary_difference(float((one == levels[1]).mean()), float((two == levels[1]).mean()))
    return categorical_difference(
        [int((one == level).sum()) for level in levels], [int((two == level).sum()) for level in levels]
    )
