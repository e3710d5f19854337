import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

from living_article.statistics.kaplan_meier import step_curve
from living_article.statistics.rmst import rmst, rmst_difference

ORACLE = Path(__file__).parents[1] / "oracle"
COMPARISONS = [c for c in json.loads((ORACLE / "survival_comparison.json").read_text())["comparisons"] if c.get("rmst")]


def curves_of(comparison):
    rows = pd.read_csv(ORACLE / "data" / f"{comparison['file']}.csv")
    arms = (rows[rows[comparison["arm_column"]] == arm] for arm in comparison["arms"])
    return [step_curve(arm[comparison["time_column"]], arm[comparison["event_column"]]) for arm in arms]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=[f"{c['file']}-{c['time_column']}" for c in COMPARISONS])
def test_equals_print_survfit(comparison):
    curves = curves_of(comparison)
    for wanted in comparison["rmst"]:
        arms = [rmst(curve, wanted["tau"]) for curve in curves]
        assert [arm.value for arm in arms] == pytest.approx(wanted["mean"], rel=1e-8)
        assert [arm.std_error for arm in arms] == pytest.approx(wanted["std_error"], rel=1e-8)
        found = rmst_difference(*curves, wanted["tau"])
        for number, value in wanted["difference"].items():
            assert getattr(found, number) == pytest.approx(value, rel=1e-8), number


def test_area_by_hand():
    # S: 1 on (0, 1], 3/4 on (1, 3], 3/8 on (3, 4]
    curve = step_curve([1, 2, 3, 9], [1, 0, 1, 0])
    assert rmst(curve, 4).value == pytest.approx(1 + 2 * 0.75 + 0.375)
    assert rmst(curve, 0.5).value == 0.5


@pytest.mark.filterwarnings("ignore:The maximum number of subdivisions")
def test_value_agrees_with_lifelines_but_its_variance_is_another():
    curves = COMPARISONS[0]
    rows = pd.read_csv(ORACLE / "data" / f"{curves['file']}.csv")
    value, variance = restricted_mean_survival_time(
        KaplanMeierFitter().fit(rows["time"], rows["event"]), t=365, return_variance=True
    )
    ours = rmst(step_curve(rows["time"], rows["event"]), 365)
    assert ours.value == pytest.approx(value, rel=1e-8)
    assert not np.isclose(ours.std_error**2, variance, rtol=0.5)


def test_tau_beyond_follow_up():
    long, short = step_curve([1, 2, 9], [1, 1, 0]), step_curve([1, 2, 4], [1, 0, 1])
    assert rmst_difference(long, short, 4).value is not None
    found = rmst_difference(long, short, 4.5)
    assert found.value is None
    assert found.reason == "not estimable: tau 4.5 is beyond follow-up in the second arm"


def test_no_event_before_tau():
    calm, busy = step_curve([5, 6], [0, 1]), step_curve([1, 2, 6], [1, 1, 0])
    assert rmst(calm, 3).warnings
    assert rmst_difference(calm, calm, 3).reason == "neither arm has a standard error"
    assert rmst_difference(calm, busy, 3).warnings == rmst(calm, 3).warnings


@pytest.mark.parametrize("tau", [0, -1, np.nan, np.inf])
def test_impossible_tau(tau):
    with pytest.raises(ValueError, match="positive number"):
        rmst(step_curve([1, 2], [1, 0]), tau)


def test_confidence_level():
    curves = curves_of(COMPARISONS[0])
    wide, narrow = (rmst_difference(*curves, 365, conf_level=level) for level in (0.99, 0.9))
    widths = [found.high - found.low for found in (wide, narrow)]
    assert widths[0] / widths[1] == pytest.approx(2.5758293035489 / 1.6448536269515, rel=1e-10)
    assert rmst(curves[0], 365, conf_level=0.99).low < rmst(curves[0], 365).low
