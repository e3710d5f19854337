"""Agreement of predicted risks with observed outcome at a horizon, under censoring.

No maintained Python library has calibration of survival predictions with its summaries; lifelines'
``survival_probability_calibration`` draws a curve from a parametric spline model and returns ICI and E50 only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from . import cox
from .kaplan_meier import step_curve, survival_at
from .results import Estimate, HypothesisTest, normal_quantile
from .splines import QUANTILES, restricted_cubic

Floats = NDArray[np.float64]
SMOOTH = "Cox regression on a restricted cubic spline (3 knots) of the complementary log-log risk"
GND = "Greenwood–Nam–D'Agostino test"


def complementary_log_log(risk: ArrayLike) -> Floats:
    """Return log(−log(1 − risk)); a risk that rounds to 1 counts as the largest number below 1.

    Raises
    ------
    ValueError
        If a risk is not above 0, or is above 1.
    """
    risk = np.asarray(risk, float)
    if not np.all((risk > 0) & (risk <= 1)):
        raise ValueError("a predicted risk is not above 0 and at most 1")
    return np.log(-np.log1p(-np.minimum(risk, 1 - 2.0**-53)))


def slope(lp: ArrayLike, time: ArrayLike, event: ArrayLike, conf_level: float = 0.95) -> Estimate:
    """Return the calibration slope: the Cox coefficient of the linear predictor (van Houwelingen, 2000).

    1 is ideal, less than 1 means predictions too extreme; ``p`` is the Wald test of slope = 1.
    """
    method = "Cox regression on the linear predictor"
    try:
        model = cox.fit(pd.DataFrame({"lp": np.asarray(lp, float)}), time, event)
    except cox.FitError as error:
        return Estimate(None, method=method, reason=f"not estimable: {error}")
    value, error = model.coef[0], model.se[0]
    margin = normal_quantile(conf_level) * error
    p = 2 * stats.norm.sf(abs(value - 1) / error)
    return Estimate(value, value - margin, value + margin, error, p, method)


def observed_expected(
    risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float, conf_level: float = 0.95
) -> Estimate:
    """Return observed (1 − Kaplan-Meier) over mean predicted risk at the horizon.

    The interval is O/E · exp(± z / √events by the horizon) (as McLernon et al., 2023, compute it).
    """
    method = "observed (Kaplan-Meier) over expected risk"
    curve = step_curve(time, event)
    observed = survival_at(curve, [horizon]).loc[0]
    events = int(curve.events[curve.time <= horizon].sum())
    if np.isnan(observed["survival"]):
        return Estimate(None, method=method, reason=observed["reason"])
    if events == 0:
        return Estimate(None, method=method, reason=f"not estimable: no event by {horizon:g}")
    value = (1 - observed["survival"]) / np.mean(np.asarray(risk, float))
    factor = np.exp(normal_quantile(conf_level) / np.sqrt(events))
    return Estimate(value, value / factor, value * factor, method=method)


def risk_groups(risk: ArrayLike, groups: int) -> NDArray[np.intp]:
    """Return the group 0 … groups − 1 of each risk, cut at quantiles (type 7, upper limit included)."""
    risk = np.asarray(risk, float)
    cuts = np.unique(np.quantile(risk, np.arange(1, groups) / groups))
    return np.searchsorted(cuts, risk, side="left")


def grouped(
    risk: ArrayLike,
    time: ArrayLike,
    event: ArrayLike,
    horizon: float,
    *,
    groups: int = 5,
    members: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare mean predicted with observed risk (1 − Kaplan-Meier, log-log limits) in groups of rising risk.

    Returns
    -------
    pandas.DataFrame
        One row a group: group (from 1), n, events (by the horizon), predicted, observed, low, high, std_error
        (Greenwood) and reason; NaN with a reason where a group is not followed to the horizon, and for the
        interval of a group in which everyone or nobody has had the event.
    """
    risk, time, event = np.asarray(risk, float), np.asarray(time, float), np.asarray(event)
    members = risk_groups(risk, groups) if members is None else np.asarray(members)
    rows = []
    for number, group in enumerate(np.unique(members), start=1):
        inside = members == group
        curve = step_curve(time[inside], event[inside])
        at = survival_at(curve, [horizon], interval="log-log", conf_level=conf_level).loc[0]
        events = int(curve.events[curve.time <= horizon].sum())
        observed, reason = (1 - at["survival"], 1 - at["high"], 1 - at["low"], at["std_error"]), at["reason"]
        if curve.survival[-1] == 0 and curve.last <= horizon:  # known, although nobody is left to follow
            observed, reason = (1.0, np.nan, np.nan, np.nan), "everyone in the group has had the event: no interval"
        elif events == 0 and not np.isnan(at["survival"]):
            observed, reason = (0.0, np.nan, np.nan, np.nan), "nobody in the group has had the event: no interval"
        rows.append((number, int(inside.sum()), events, risk[inside].mean(), *observed, reason))
    names = ["group", "n", "events", "predicted", "observed", "low", "high", "std_error", "reason"]
    return pd.DataFrame(rows, columns=names)


def _without_variance(table: pd.DataFrame) -> NDArray[np.bool_]:
    return ~(table["std_error"].to_numpy(float) > 0)


def gnd_test(risk: ArrayLike, time: ArrayLike, event: ArrayLike, horizon: float, groups: int = 10) -> HypothesisTest:
    """Return χ² = Σ (observed − predicted)² / Greenwood variance over groups, df = groups − 1.

    Demler, Paynter and Cook (2015): the form of the Hosmer-Lemeshow test for censored data. The test is
    undefined when a group has no variance (nobody or everybody in it has had the event, or it is not followed
    to the horizon). Such a group is then joined to its neighbour of lower risk (the lowest to the one above)
    until every group has a variance; ``warnings`` says so, and which groups have fewer than five events.
    """
    risk = np.asarray(risk, float)
    members, warnings = risk_groups(risk, groups), []
    table = grouped(risk, time, event, horizon, members=members)
    while _without_variance(table).any() and len(table) > 1:
        labels = np.unique(members)
        worst = int(np.flatnonzero(_without_variance(table))[-1])
        members = np.where(members == labels[worst], labels[worst - 1 if worst else 1], members)
        table = grouped(risk, time, event, horizon, members=members)
    if len(table) < 2 or _without_variance(table).any():
        return HypothesisTest(GND, reason="not estimable: fewer than two groups have a variance at the horizon")
    if len(table) < groups:
        warnings.append(
            f"{GND}: {len(table)} risk groups instead of {groups}; groups without variance at time {horizon:g} "
            "were joined to their neighbours"
        )
    if (few := int(np.sum(table["events"] < 5))) > 0:
        warnings.append(f"{GND}: {few} of {len(table)} groups have fewer than five events by time {horizon:g}")
    chi2 = float(np.sum(((table["observed"] - table["predicted"]) / table["std_error"]) ** 2))
    df = len(table) - 1
    return HypothesisTest(GND, chi2, df, stats.chi2.sf(chi2, df), warnings=tuple(warnings))


@dataclass(frozen=True)
class SmoothCalibration:
    """A smooth calibration curve and the distances between it and the diagonal.

    ``curve``: columns predicted, observed, low, high. ``ici``, ``e50``, ``e90`` are mean, median and 90th
    percentile over patients of |observed − predicted|; None with a ``reason`` if the curve cannot be fitted.
    """

    curve: pd.DataFrame
    ici: float | None
    e50: float | None
    e90: float | None
    knots: tuple[float, ...]
    method: str
    reason: str | None = None


def default_grid(risk: ArrayLike, size: int = 50, *, coarse: bool = False) -> Floats:
    """Return predicted risks from the 10th smallest to the 10th largest (``rms::calibrate``'s range).

    If ``coarse``, the ends are rounded inwards to hundredths where that leaves a range: none is a patient's own risk.
    """
    ordered = np.sort(np.asarray(risk, float))
    edge = min(9, (len(ordered) - 1) // 4)
    low, high = ordered[edge], ordered[-1 - edge]
    if coarse and (inner := np.ceil(100 * low)) < (outer := np.floor(100 * high)):
        low, high = inner / 100, outer / 100
    return np.linspace(low, high, size)


def smooth(
    risk: ArrayLike,
    time: ArrayLike,
    event: ArrayLike,
    horizon: float,
    *,
    hazard: ArrayLike | None = None,
    grid: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> SmoothCalibration:
    """Regress the outcome on a restricted cubic spline of log(−log(1 − predicted risk)) in a Cox model.

    Austin, Harrell and van Klaveren (2020), with three knots at the quantiles 0.10, 0.50 and 0.90
    and Efron's baseline. The hazard regression (``hare``) they also describe has no Python implementation.
    ``hazard`` (n,) is −log(1 − risk): give it (`cox.hazard_at`) where risks are so high that they round to 1.
    """
    risk = np.asarray(risk, float)
    grid = default_grid(risk) if grid is None else np.asarray(grid, float)

    def basis(values: Floats) -> pd.DataFrame:
        return pd.DataFrame(restricted_cubic(values, knots), columns=["linear", "curved"])

    if horizon > np.max(time):
        return _without_curve("not estimable: beyond follow-up")
    transformed = complementary_log_log(risk) if hazard is None else np.log(np.asarray(hazard, float))
    knots = np.quantile(transformed, QUANTILES)
    if len(set(knots)) < 3:
        return _without_curve("not estimable: too few distinct predictions for a smooth curve")
    try:
        model = cox.fit(basis(transformed), time, event)
    except cox.FitError as error:
        return _without_curve(f"not estimable: {error}", tuple(knots))
    drawn = cox.predict_survival(model, basis(complementary_log_log(grid)), [horizon], conf_level)
    curve = pd.DataFrame(
        {"predicted": grid, "observed": 1 - drawn["survival"], "low": 1 - drawn["high"], "high": 1 - drawn["low"]}
    )
    observed = 1 - cox.survival_at(model, cox.linear_predictor(model, basis(transformed)), horizon)
    distance = np.abs(observed - risk)
    e50, e90 = np.quantile(distance, (0.5, 0.9))
    return SmoothCalibration(curve, float(distance.mean()), float(e50), float(e90), tuple(map(float, knots)), SMOOTH)


def _without_curve(reason: str, knots: tuple[float, ...] = ()) -> SmoothCalibration:
    curve = pd.DataFrame(columns=["predicted", "observed", "low", "high"], dtype=float)
    return SmoothCalibration(curve, None, None, None, knots, SMOOTH, reason)


def curve_error(predicted: ArrayLike, observed: ArrayLike, risk: ArrayLike) -> tuple[float, float]:
    """Return mean and 90th percentile of |observed − predicted| of a curve over the patients' risks.

    The curve is interpolated at each risk inside its range; risks outside it count as its end points, as in
    ``rms::calibrate``'s summary.
    """
    distance = np.abs(np.asarray(observed, float) - np.asarray(predicted, float))
    at_risk = np.interp(np.asarray(risk, float), np.asarray(predicted, float), distance)
    return float(at_risk.mean()), float(np.quantile(at_risk, 0.9))
