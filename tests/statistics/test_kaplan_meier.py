import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from living_article.statistics import kaplan_meier as km

ORACLE = Path(__file__).parents[1] / "oracle"
CURVES = json.loads((ORACLE / "kaplan_meier.json").read_text())["curves"]
NAMES = [
    f"{c['file']}-{c['time_column']}-{c['where']['value']}" if c["file"] else f"made-{i}" for i, c in enumerate(CURVES)
]


def rows_of(curve):
    if "rows" in curve:
        return np.array(curve["rows"]["time"], float), np.array(curve["rows"]["event"])
    rows = pd.read_csv(ORACLE / "data" / f"{curve['file']}.csv")
    rows = rows[rows[curve["where"]["column"]] == curve["where"]["value"]]
    return rows[curve["time_column"]].to_numpy(float), rows[curve["event_column"]].to_numpy()


def numbers(listed):
    """R's NA and infinite values are null in JSON."""
    return np.array([np.nan if x is None else x for x in np.atleast_1d(listed)], dtype=float)


def close(ours, theirs):
    np.testing.assert_allclose(np.asarray(ours, float), numbers(theirs), rtol=1e-8, atol=1e-12)


@pytest.fixture(params=CURVES, ids=NAMES)
def reference(request):
    return request.param, km.step_curve(*rows_of(request.param))


def test_steps_equal_survfit(reference):
    wanted, curve = reference
    close(curve.time, wanted["steps"]["time"])
    close(curve.at_risk, wanted["steps"]["at_risk"])
    close(curve.events, wanted["steps"]["events"])
    close(curve.censored, wanted["steps"]["censored"])
    close(curve.survival, wanted["steps"]["survival"])
    close(np.where(np.isinf(curve.log_error), np.nan, curve.log_error), wanted["steps"]["log_error"])


@pytest.mark.parametrize("interval", km.INTERVALS)
def test_limits_equal_survfit(reference, interval):
    wanted, curve = reference
    low, high = km.confidence_limits(curve.survival, curve.log_error, interval=interval, conf_level=0.95)
    theirs = {side: numbers(wanted["intervals"][interval][side]) for side in ("low", "high")}
    if interval == "log-log":
        # R has no log-log limits while S is 1 (log log 1); we give 1, as R does for its other intervals.
        assert np.all(low[curve.survival == 1] == 1)
        for side in theirs.values():
            assert np.all(np.isnan(side[curve.survival == 1]))
            side[curve.survival == 1] = 1
    close(low, theirs["low"])
    close(high, theirs["high"])


@pytest.mark.parametrize("interval", km.INTERVALS)
def test_median_equals_print_survfit(reference, interval):
    wanted, curve = reference
    found = km.median(curve, interval=interval)
    close(numbers([found.value, found.low, found.high]), wanted["intervals"][interval]["median"])


@pytest.mark.parametrize("interval", km.INTERVALS)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_quantiles_equal_quantile_survfit(reference, interval, which):
    wanted, curve = reference
    theirs = wanted["intervals"][interval]["quantiles"]
    probability = theirs["probability"][which]
    value = theirs["value"][which]
    if np.isclose(curve.survival[-1], 1 - probability):
        # Where the curve ends exactly on the level, R's quantile() goes on to the middle of the last interval and
        # its print() does not; we follow print(), which is what readers see.
        value = curve.time[np.isclose(curve.survival, 1 - probability)][0]
        assert value < theirs["value"][which]
    found = km.quantile(curve, probability, interval=interval)
    close(
        numbers([found.value, found.low, found.high]),
        [value, theirs["low"][which], theirs["high"][which]],
    )


@pytest.mark.parametrize("interval", km.INTERVALS)
def test_look_up_equals_summary_survfit(reference, interval):
    wanted, curve = reference
    theirs = wanted["intervals"][interval]["look_up"]
    ours = km.survival_at(curve, wanted["at"], interval=interval)
    assert list(ours["time"][ours["survival"].notna()]) == list(numbers(theirs["time"]))
    assert ours["reason"][ours["survival"].isna()].str.startswith("not estimable").all()
    ours = ours[ours["survival"].notna()]
    close(ours["survival"], theirs["survival"])
    close(ours["std_error"], theirs["std_error"])
    low, high = numbers(theirs["low"]), numbers(theirs["high"])
    before_first = ours["survival"].to_numpy() == 1
    low[before_first], high[before_first] = 1, 1  # NA for log-log in R, see above
    close(ours["low"], low)
    close(ours["high"], high)


def test_numbers_at_risk_equal_r(reference):
    wanted, curve = reference
    ours = km.risk_table(curve, wanted["risk"]["time"])
    for column in ("at_risk", "events", "censored"):
        close(ours[column], wanted["risk"][column])


def test_fitter_and_arrays_give_the_same_curve_and_lifelines_agrees():
    time, event = rows_of(CURVES[0])
    fitter = KaplanMeierFitter().fit(time, event)
    curve = km.step_curve(fitter)
    np.testing.assert_array_equal(curve.survival, km.step_curve(time, event).survival)
    lifelines = fitter.survival_function_.iloc[:, 0].loc[curve.time].to_numpy()
    np.testing.assert_allclose(curve.survival, lifelines, rtol=1e-12)


def test_midpoint_rule_differs_from_lifelines():
    time, event = np.array([1, 2, 4, 6.0]), np.array([1, 1, 1, 0])
    assert km.median(km.step_curve(time, event)).value == 3.0
    assert KaplanMeierFitter().fit(time, event).median_survival_time_ == 2.0


def test_at_risk_counts_time_at_or_after():
    table = km.risk_table(km.step_curve([1, 2, 2, 3], [1, 0, 1, 0]), [2, 2.5])
    assert table.to_dict("list") == {"time": [2, 2.5], "at_risk": [3, 1], "events": [2, 2], "censored": [1, 1]}


def test_median_not_reached_says_so():
    found = km.median(km.step_curve([1, 2, 3, 4], [1, 0, 0, 0]))
    assert found.value is None
    assert "not reached" in found.reason


def test_unreached_upper_limit_is_a_warning():
    found = km.median(km.step_curve([1, 2, 3, 4], [1, 1, 1, 0]))
    assert (found.value, found.high) == (2.5, None)
    assert "upper limit" in found.warnings[0]


def test_steps_start_at_time_zero():
    drawn = km.steps(km.step_curve([2, 5], [1, 0]))
    assert drawn.iloc[0].to_list() == [0, 1, 1, 1, 0]
    assert list(drawn["time"]) == [0, 2, 5]
    assert list(drawn["censored"]) == [0, 0, 1]


@pytest.mark.parametrize(
    ("time", "event", "problem"),
    [
        ([], [], "no patient"),
        ([1, 2], [1], "one length"),
        ([1, np.nan], [1, 0], "must be a number"),
        ([-1, 2], [1, 0], "zero or more"),
        ([1, 2], [1, 2], "must be 0"),
        ([1, 2], None, "events are missing"),
    ],
)
def test_impossible_input(time, event, problem):
    with pytest.raises(ValueError, match=problem):
        km.step_curve(time, event)


def test_weights_and_unknown_interval_are_refused():
    with pytest.raises(ValueError, match="weights"):
        km.step_curve(KaplanMeierFitter().fit([1, 2], [1, 1], weights=[1, 2]))
    with pytest.raises(ValueError, match="not one of"):
        km.median(km.step_curve([1, 2], [1, 1]), interval="logit")
    with pytest.raises(ValueError, match="between 0 and 1"):
        km.quantile(km.step_curve([1, 2], [1, 1]), 1.0)
