"""Test of proportional hazards as R's ``cox.zph`` (survival ≥ 3.0): a score test, not a correlation.

lifelines' ``proportional_hazard_test`` uses the older approximation on scaled residuals (p 0.020 where R gives
0.176 in the veteran data) and has no global test; statsmodels and scikit-survival have no test at all.
Source: Grambsch and Therneau (1994); Therneau and Grambsch (2000), chapter 6; R survival 3.5, ``cox.zph``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from .batched_cox import singular
from .cox import CoxModel, linear_predictor
from .kaplan_meier import step_curve
from .results import HypothesisTest
from .risk_sets import RiskSets, risk_sets
from .splines import restricted_cubic

Floats = NDArray[np.float64]
TRANSFORMS = ("km", "identity", "rank", "log")
GLOBAL = "GLOBAL"
TOO_FEW = "not estimable: too few events, or too few times of events, for this test"
_SMOOTHED = 4  # degrees of freedom of the smooth: as many times of events are needed


@dataclass(frozen=True)
class ProportionalHazards:
    """Tests and scaled Schoenfeld residuals.

    ``table``: term, chi2, df, p, one row a term and a last row `GLOBAL`; chi2 and p are NaN where the events are too
    few or at too few times for the test (R stops with "singular"). ``residuals``: one row a death with
    time, transformed time ``x`` and one column a term: the estimate of its coefficient β(t) at that death (for a term
    of several columns: of the multiplier of its fitted effect, 1 under proportional hazards). ``variance`` is
    the matrix that ``smooth`` needs.
    """

    table: pd.DataFrame
    residuals: pd.DataFrame
    variance: pd.DataFrame
    transform: str

    def test(self, term: str = GLOBAL) -> HypothesisTest:
        """Return the test of a term, or of all together; raises KeyError on an unknown term."""
        row = self.table.set_index("term").loc[term]
        if np.isnan(row["p"]):
            return HypothesisTest("score test", df=row["df"], reason=TOO_FEW)
        return HypothesisTest("score test", row["chi2"], row["df"], row["p"])


def transformed_time(time: Floats, event: NDArray[np.bool_], transform: str) -> Floats:
    """Return g(t): 1 − S(t−) for "km", t, its mid-rank, or log t; raises ValueError on another name."""
    if transform == "km":
        curve = step_curve(time, event)
        return 1 - np.append(1.0, curve.survival)[np.searchsorted(curve.time, time, side="left")]
    if transform == "identity":
        return time
    if transform == "rank":
        return stats.rankdata(time)
    if transform == "log":
        with np.errstate(divide="ignore"):
            return np.log(time)
    raise ValueError(f"transform {transform!r} is not one of {', '.join(TRANSFORMS)}")


def _death_moments(model: CoxModel) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return the deaths by rising time, their Schoenfeld residuals (D, p) and covariance matrices (D, p, p).

    With Efron ties death l of d at one time has its own mean, from the risk set less l/d of the deaths; R gives
    every one of them the average mean as residual and one share of the summed covariances.
    """
    sets = risk_sets(model.time, model.event)
    x = (model.x.to_numpy(float) - model.x.to_numpy(float).mean(axis=0))[sets.order]
    risk = np.exp(linear_predictor(model, centred=True))[sets.order]
    p = x.shape[1]
    outer = np.concatenate([np.ones((len(x), 1)), x, (x[:, :, None] * x[:, None]).reshape(len(x), -1)], axis=1)
    moments = outer * risk[:, None]
    at_risk = np.cumsum(moments, axis=0)
    residuals, covariances, rows = [], [], []
    for k, last in enumerate(sets.last):
        dead = sets.deaths[sets.first_death[k] : _last_death(sets, k)]
        fraction = np.arange(dead.size)[:, None] / dead.size
        sums = at_risk[last] - fraction * moments[dead].sum(axis=0)
        mean = sums[:, 1 : p + 1] / sums[:, :1]
        second = sums[:, p + 1 :].reshape(-1, p, p) / sums[:, :1, None]
        covariance = (second - mean[:, :, None] * mean[:, None, :]).mean(axis=0)
        for row in dead:
            rows.append(sets.order[row])
            residuals.append(x[row] - mean.mean(axis=0))
            covariances.append(covariance)
    order = np.lexsort((rows, model.time[rows]))
    return np.array(rows)[order], np.array(residuals)[order], np.array(covariances)[order]


def schoenfeld(model: CoxModel) -> pd.DataFrame:
    """Return Schoenfeld's (1982) residuals: one row a death by rising time, columns time and one a covariate."""
    rows, residuals, _ = _death_moments(model)
    return pd.DataFrame(residuals, columns=model.columns).assign(time=model.time[rows])


def _last_death(sets: RiskSets, k: int) -> int:
    """Return the index behind the last death of death time k."""
    return sets.first_death[k + 1] if k + 1 < sets.first_death.size else sets.deaths.size


def _tests(
    score: Floats, information: Floats, terms: Mapping[str, Sequence[int]], p: int
) -> list[tuple[str, float, int, float]]:
    """Return term, chi2, df, p of adding term × g(t) to the model, and of adding all of them; NaN if singular."""
    rows = []
    for name, index in [*terms.items(), (GLOBAL, list(range(p)))]:
        kept = [*range(p), *(p + i for i in index)]
        u = np.concatenate([np.zeros(p), score[list(index)]])
        added = information[np.ix_(kept, kept)]
        chi2 = np.nan if singular(added[None])[0] else float(u @ np.linalg.solve(added, u))
        rows.append((name, chi2, len(index), float(stats.chi2.sf(chi2, len(index)))))
    return rows


def zph(
    model: CoxModel, terms: Mapping[str, Sequence[str]] | None = None, transform: str = "km"
) -> ProportionalHazards:
    """Test proportional hazards for each term and for all together.

    Parameters
    ----------
    model
        A fitted Cox model with at least one event.
    terms
        Name → columns of each term, in model order (`Design.columns`); every column its own term by default.
    transform
        Scale of time g(t): km (default, as in R), identity, rank or log.

    Raises
    ------
    ValueError
        On an unknown transform, and on a death at time zero with "log".
    """
    terms = {c: (c,) for c in model.columns} if terms is None else terms
    index = {name: [model.columns.index(c) for c in columns] for name, columns in terms.items()}
    g_all = transformed_time(model.time, model.event, transform)
    rows, residuals, covariances = _death_moments(model)
    x = g_all[rows]
    if not np.all(np.isfinite(x)):
        raise ValueError("a death at time zero has no logarithm of time")
    g = x - x.mean() if np.ptp(x) else np.zeros_like(x)
    p = residuals.shape[1]
    blocks = [np.einsum("d,dpq->pq", g**power, covariances) for power in (0, 1, 2)]
    information = np.block([[blocks[0], blocks[1]], [blocks[1], blocks[2]]])
    table = pd.DataFrame(_tests(g @ residuals, information, index, p), columns=["term", "chi2", "df", "p"])
    combine = np.zeros((p, len(index)))  # a term of several columns becomes its fitted combination
    for j, columns in enumerate(index.values()):
        combine[columns, j] = 1.0 if len(columns) == 1 else model.coef[columns]
    variance = np.linalg.inv(combine.T @ (blocks[0] / len(rows)) @ combine)
    centre = np.array([model.coef[c[0]] if len(c) == 1 else 1.0 for c in index.values()])
    scaled = residuals @ combine @ variance + centre
    names = list(index)
    frame = pd.DataFrame({"time": model.time[rows], "x": x, **dict(zip(names, scaled.T, strict=True))})
    return ProportionalHazards(table, frame, pd.DataFrame(variance, names, names), transform)


def smooth(result: ProportionalHazards, term: str, points: int = 40) -> pd.DataFrame:
    """Return the smooth β(t) of ``plot.cox.zph``: columns x, value, low, high (± 2 standard errors).

    Least squares on a natural cubic spline with four degrees of freedom: boundary knots at the ends, inner knots
    at the tertiles of the points and residuals together, as R places them. Without rows if there are fewer than four
    times of events. Raises KeyError on an unknown term.
    """
    x, y = result.residuals["x"].to_numpy(), result.residuals[term].to_numpy()
    if np.unique(x).size < _SMOOTHED:
        return pd.DataFrame(columns=["x", "value", "low", "high"], dtype=float)
    at = np.linspace(x.min(), x.max(), points)
    knots = np.quantile(np.concatenate([at, x]), (0, 1 / 3, 2 / 3, 1))

    def basis(values: Floats) -> Floats:
        return np.column_stack([np.ones_like(values), restricted_cubic(values, knots)])

    q, r = np.linalg.qr(basis(x))
    drawn = np.linalg.solve(r.T, basis(at).T)  # (4, points)
    value = drawn.T @ (q.T @ y)
    margin = 2 * np.sqrt(result.variance.loc[term, term] * np.sum(drawn**2, axis=0))
    return pd.DataFrame({"x": at, "value": value, "low": value - margin, "high": value + margin})
