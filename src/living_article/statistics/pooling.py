"""Rubin's rules: one estimate from the estimates of several imputed data sets.

Rubin (1987), Multiple Imputation for Nonresponse in Surveys, equations 3.1.2 to 3.1.7; degrees of freedom of Barnard
and Rubin (1999), equation 3; the joint test D1 of Li, Raghunathan and Rubin (1991), equations 1.18 and 1.19.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from .results import HypothesisTest

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """Pooled coefficients of p columns over m data sets.

    ``coef`` (p,) means; ``within`` (p, p) mean covariance; ``between`` (p, p) covariance of the estimates;
    ``imputations`` m; ``complete_df`` the degrees of freedom if nothing had been missing.
    """

    columns: tuple[str, ...]
    coef: Floats
    within: Floats
    between: Floats
    imputations: int
    complete_df: float

    @property
    def total(self) -> Floats:
        """Variance of each coefficient, within plus (1 + 1/m) between, shape (p,)."""
        return np.diag(self.within) + (1 + 1 / self.imputations) * np.diag(self.between)

    @property
    def share(self) -> Floats:
        """Share of the variance that is due to the missing values, lambda, shape (p,)."""
        return (1 + 1 / self.imputations) * np.diag(self.between) / self.total

    @property
    def df(self) -> Floats:
        """Degrees of freedom of Barnard and Rubin, shape (p,); infinite where nothing varies between imputations."""
        observed = (self.complete_df + 1) / (self.complete_df + 3) * self.complete_df * (1 - self.share)
        with np.errstate(divide="ignore"):
            old = (self.imputations - 1) / self.share**2
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(old), np.inf, old * observed / (old + observed))

    def table(self, conf_level: float = 0.95) -> pd.DataFrame:
        """Return one row a column, as `cox.coefficient_table`: term, coef, se, hr, low, high, z, p."""
        se = np.sqrt(self.total)
        margin = stats.t.ppf(0.5 + conf_level / 2, self.df) * se
        z = self.coef / se
        return pd.DataFrame(
            {
                "term": self.columns,
                "coef": self.coef,
                "se": se,
                "hr": np.exp(self.coef),
                "low": np.exp(self.coef - margin),
                "high": np.exp(self.coef + margin),
                "z": z,
                "p": 2 * stats.t.sf(np.abs(z), self.df),
            }
        )

    def wald_test(self, columns: Sequence[str]) -> HypothesisTest:
        """Return the joint test that the coefficients of some columns are zero; of one column, its own t test."""
        index = [self.columns.index(column) for column in columns]
        if len(index) == 1:
            row = self.table().iloc[index[0]]
            return HypothesisTest("t test, Rubin's rules", float(row.z**2), 1, float(row.p))
        m, k = self.imputations, len(index)
        part, within = self.coef[index], self.within[np.ix_(index, index)]
        ratio = (1 + 1 / m) * np.trace(self.between[np.ix_(index, index)] @ np.linalg.inv(within)) / k
        d1 = float(part @ np.linalg.solve(within, part) / (k * (1 + ratio)))
        t = k * (m - 1)
        if ratio == 0:
            df = np.inf
        elif t > 4:
            df = 4 + (t - 4) * (1 + (1 - 2 / t) / ratio) ** 2
        else:
            df = t * (1 + 1 / k) * (1 + 1 / ratio) ** 2 / 2
        p = stats.f.sf(d1, k, df) if np.isfinite(df) else stats.chi2.sf(d1 * k, k)
        return HypothesisTest("D1 test, Rubin's rules", d1 * k, k, float(p))


def pool(columns: Sequence[str], coef: Floats, covariance: Floats, complete_df: float) -> Pooled:
    """Return the pooled estimate of coefficients (m, p) with covariances (m, p, p).

    Raises
    ------
    ValueError
        If there are fewer than two imputations or the shapes disagree.
    """
    coef, covariance = np.asarray(coef, dtype=float), np.asarray(covariance, dtype=float)
    m, p = coef.shape
    if m < 2:
        raise ValueError("Rubin's rules need two imputations or more")
    if covariance.shape != (m, p, p) or len(columns) != p:
        raise ValueError(f"coefficients {coef.shape} and covariances {covariance.shape} do not belong together")
    between = np.atleast_2d(np.cov(coef, rowvar=False, ddof=1))
    return Pooled(tuple(columns), coef.mean(axis=0), covariance.mean(axis=0), between, m, complete_df)
