"""The log-rank test with what R's `survdiff` prints: patients, observed and expected events for each arm.

lifelines' `logrank_test` and `multivariate_logrank_test` give the same χ² and P value (tested), but not the
expected events that a reader of R's output looks for. Source: Mantel (1966); Peto & Peto (1972); Collett
(2015), sections 2.6-2.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from .kaplan_meier import checked_survival
from .results import HypothesisTest


@dataclass(frozen=True, slots=True, eq=False)
class LogRank:
    """``arms`` has a row for each arm: group, patients, observed, expected; ``test`` is the χ² test."""

    arms: pd.DataFrame
    test: HypothesisTest


def logrank(time: ArrayLike, event: ArrayLike, group: ArrayLike, *, order: Sequence[object] | None = None) -> LogRank:
    """Compare the survival of two or more arms; all arrays of shape (n,).

    Parameters
    ----------
    time, event, group
        Times, 0/1 events, and the arm of each patient.
    order
        The arms in the order wanted; by default sorted.

    Raises
    ------
    ValueError
        If there are fewer than two arms, an arm of ``order`` is empty, or a group is not in ``order``.
    """
    time, event = checked_survival(time, event)
    group = np.asarray(group)
    arms = list(order) if order is not None else sorted(pd.unique(group))
    patients = np.array([int((group == arm).sum()) for arm in arms])
    if len(arms) < 2 or patients.min() == 0:
        raise ValueError(f"the log-rank test needs two arms or more, none of them empty: {arms}, {patients}")
    if group.shape != time.shape or patients.sum() != time.size:
        raise ValueError("every patient must be in exactly one of the arms compared")
    observed, expected, variance = _observed_expected(time, event, group, arms)
    table = pd.DataFrame({"group": arms, "patients": patients, "observed": observed, "expected": expected})
    return LogRank(table, _chi_square(table, variance))


def _observed_expected(time: NDArray, event: NDArray, group: NDArray, arms: list) -> tuple[NDArray, NDArray, NDArray]:
    """Observed and expected events, shape (arms,), and the hypergeometric covariance, shape (arms, arms)."""
    times = np.unique(time[event])
    at_risk, deaths = np.empty((2, len(arms), times.size))
    for i, arm in enumerate(arms):
        own = np.sort(time[group == arm])
        at_risk[i] = own.size - np.searchsorted(own, times, side="left")
        own_events = np.sort(time[(group == arm) & event])
        deaths[i] = np.searchsorted(own_events, times, side="right") - np.searchsorted(own_events, times)
    n, d = at_risk.sum(axis=0), deaths.sum(axis=0)
    share = at_risk / n
    spread = np.divide(d * (n - d), n - 1, out=np.zeros(times.size), where=n > 1)
    variance = np.diag(share @ spread) - (share * spread) @ share.T
    return deaths.sum(axis=1).astype(int), share @ d, variance


def _chi_square(table: pd.DataFrame, variance: NDArray) -> HypothesisTest:
    """χ² on the arms in which events can be expected, less one of them (the arms' differences sum to 0)."""
    method = "log-rank test"
    used = np.flatnonzero(table["expected"] > 0)
    if used.size < 2:
        return HypothesisTest(method, reason="not estimable: no event while two arms are at risk")
    difference = (table["observed"] - table["expected"]).to_numpy()[used[1:]]
    block = variance[np.ix_(used[1:], used[1:])]
    if np.linalg.matrix_rank(block) < block.shape[0]:
        return HypothesisTest(method, reason="not estimable: no event while two arms are at risk")
    statistic = float(difference @ np.linalg.solve(block, difference))
    without = [str(row.group) for row in table.itertuples() if row.observed == 0]
    return HypothesisTest(
        method,
        statistic=statistic,
        df=used.size - 1,
        p=float(chi2.sf(statistic, used.size - 1)),
        warnings=tuple(f"no event in arm {arm}" for arm in without),
    )
