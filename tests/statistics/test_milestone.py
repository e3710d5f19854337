import json
from pathlib import Path

import pandas as pd
import pytest

from living_article.statistics.kaplan_meier import step_curve
from living_article.statistics.milestone import milestone, milestone_difference

ORACLE = Path(__file__).parents[1] / "oracle"
COMPARISONS = [
    c for c in json.loads((ORACLE / "survival_comparison.json").read_text())["comparisons"] if c.get("milestones")
]


def curves_of(comparison):
    rows = pd.read_csv(ORACLE / "data" / f"{comparison['file']}.csv")
    arms = (rows[rows[comparison["arm_column"]] == arm] for arm in comparison["arms"])
    return [step_curve(arm[comparison["time_column"]], arm[comparison["event_column"]]) for arm in arms]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=[f"{c['file']}-{c['time_column']}" for c in COMPARISONS])
def test_equals_r(comparison):
    curves = curves_of(comparison)
    for wanted in comparison["milestones"]:
        arms = [milestone(curve, wanted["time"]) for curve in curves]
        assert [arm.value for arm in arms] == pytest.approx(wanted["survival"], rel=1e-8)
        assert [arm.std_error for arm in arms] == pytest.approx(wanted["std_error"], rel=1e-8)
        found = milestone_difference(*curves, wanted["time"])
        for number, value in wanted["difference"].items():
            # The difference of two rounded survival probabilities: 1e-12 absolute where it is near 0.
            assert getattr(found, number) == pytest.approx(value, rel=1e-8, abs=1e-12), number


LONG = step_curve([1, 2, 3, 9], [1, 0, 1, 0])
SHORT = step_curve([1, 2, 3, 4], [0, 1, 0, 0])


def test_interval_methods_differ_but_not_the_estimate():
    plain, log = milestone(LONG, 3, interval="plain"), milestone(LONG, 3, interval="log")
    assert plain.value == log.value == pytest.approx(0.375)
    assert plain.low == 0
    assert log.low > 0


def test_beyond_follow_up_is_not_estimable():
    found = milestone(SHORT, 5)
    assert found.value is None
    assert found.reason == "not estimable: beyond follow-up"
    difference = milestone_difference(LONG, SHORT, 5)
    assert difference.value is None
    assert difference.reason.endswith("of the second arm")


def test_survival_zero_has_no_test():
    dead = step_curve([1, 2, 3, 4], [1, 1, 1, 1])
    found = milestone_difference(dead, LONG, 4)
    assert found.value == pytest.approx(-0.375)
    assert found.p is None
    assert "reached 0" in found.reason


def test_no_event_yet():
    assert "no event before the milestone" in milestone_difference(SHORT, LONG, 0.5).reason
    one_arm = milestone_difference(SHORT, LONG, 1.5)
    assert one_arm.warnings == ("no event before 1.5 in the first arm: its standard error is 0",)
    assert one_arm.p is not None


def test_confidence_level():
    curves = curves_of(COMPARISONS[0])
    wide, narrow = (milestone_difference(*curves, 365, conf_level=level) for level in (0.99, 0.9))
    ratio = (wide.high - wide.low) / (narrow.high - narrow.low)
    assert ratio == pytest.approx(2.5758293035489 / 1.6448536269515, rel=1e-10)
    assert milestone(curves[0], 365, conf_level=0.9).low > milestone(curves[0], 365).low
