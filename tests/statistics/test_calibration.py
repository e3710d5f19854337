import numpy as np
import pandas as pd
import pytest
from scipy import stats

from living_article.statistics import calibration as cal
from living_article.statistics import cox

NAMES = ["lung", "lung_tied", "veteran", "cohort_os"]


@pytest.fixture(params=NAMES)
def reference(request, case, oracle):
    """R's values, the patients predicted, and the model that predicts them."""
    rows, wanted = case(request.param), oracle("validation")["models"][request.param]
    if request.param == "cohort_os":
        train, test = rows, case(request.param, "external")
    else:
        train, test = (rows.part(np.arange(start, len(rows.time), 2)) for start in (0, 1))
    return wanted, test, cox.fit(train.design.matrix, train.time, train.event)


def test_slope_equals_coxph(reference, close):
    wanted, test, model = reference
    found = cal.slope(cox.linear_predictor(model, test.design.matrix), test.time, test.event)
    close([found.value, found.std_error], [wanted["slope"]["value"], wanted["slope"]["se"]])
    close(found.p, 2 * stats.norm.sf(abs(found.value - 1) / found.std_error))


def test_risk_and_observed_over_expected_equal_r(reference, close):
    wanted, test, model = reference
    for at in wanted["horizons"]:
        risk = 1 - cox.survival_at(model, cox.linear_predictor(model, test.design.matrix), at["horizon"])
        close(risk, at["risk"])
        close(cox.hazard_at(model, cox.linear_predictor(model, test.design.matrix), at["horizon"]), at["hazard"])
        found = cal.observed_expected(risk, test.time, test.event, at["horizon"])
        close(found.value, at["observed_expected"])
        close(np.log(found.high / found.value), stats.norm.ppf(0.975) / np.sqrt(at["events"]))


@pytest.mark.parametrize(("key", "groups"), [("five", 5), ("three", 3)])
def test_groups_equal_survfit(reference, close, key, groups):
    wanted, test, _ = reference
    for at in wanted["horizons"]:
        table = cal.grouped(at["risk"], test.time, test.event, at["horizon"], groups=groups)
        assert table["n"].tolist() == [g["n"] for g in at[key]["groups"]]
        for row, group in zip(table.itertuples(), at[key]["groups"], strict=True):
            close(row.predicted, group["predicted"])
            if group["observed"] is not None:
                close(row.observed, group["observed"])
                if group["std_error"]:  # R gives a group without events 0 as both limits; ours has none and a reason
                    close([row.low, row.high, row.std_error], [group["low"], group["high"], group["std_error"]])


def test_gnd_equals_r_where_every_group_has_a_variance(reference, close):
    wanted, test, _ = reference
    compared = 0
    for at in wanted["horizons"]:
        for key, groups in (("five", 5), ("three", 3)):
            if theirs := at[key]["gnd"]:
                found = cal.gnd_test(at["risk"], test.time, test.event, at["horizon"], groups)
                close([found.statistic, found.df, found.p], [theirs["chi2"], theirs["df"], theirs["p"]])
                compared += 1
    assert compared >= 1


def test_smooth_curve_equals_r(reference, close):
    wanted, test, _ = reference
    for at in wanted["horizons"]:
        theirs = at["smooth"]
        outcome = (test.time, test.event, at["horizon"])
        found = cal.smooth(at["risk"], *outcome, hazard=at["hazard"], grid=theirs["at"])
        for column in ("observed", "low", "high"):
            close(found.curve[column], theirs[column])
        close([found.ici, found.e50, found.e90], [theirs["ici"], theirs["e50"], theirs["e90"]])


def test_gnd_joins_groups_without_variance_and_says_so():
    time = np.where(np.arange(40) % 4 < 3, 5.0 + np.arange(40) / 100, 50.0)
    event = (time < 50).astype(int)
    event[:10], time[:10] = 0, 50.0  # nobody in the group of lowest risk has the event
    risk = np.repeat([0.1, 0.4, 0.6, 0.8], 10) + np.arange(40) / 1000
    found = cal.gnd_test(risk, time, event, 25, groups=4)
    joined = cal.grouped(risk, time, event, 25, members=np.repeat([0, 0, 1, 2], 10))
    wanted = (((joined["observed"] - joined["predicted"]) / joined["std_error"]) ** 2).sum()
    assert (found.df, found.statistic) == (2, pytest.approx(wanted))
    assert any("3 risk groups instead of 4" in w for w in found.warnings)


def test_gnd_without_any_variance_has_a_reason():
    found = cal.gnd_test([0.1, 0.2, 0.3, 0.4], [5, 6, 7, 8], [0, 0, 0, 0], 4, groups=2)
    assert found.p is None and "fewer than two groups" in found.reason


def test_group_in_which_all_died_is_known_and_group_lost_early_is_not():
    time = np.array([1.0, 2.0, 3.0, 4.0, 9.0, 9.0])
    event = np.array([1, 1, 1, 0, 0, 1])
    table = cal.grouped([0.1, 0.1, 0.5, 0.5, 0.9, 0.9], time, event, 6, members=[0, 0, 1, 1, 2, 2])
    assert table["observed"].iloc[0] == 1 and "everyone" in table["reason"].iloc[0]
    assert np.isnan(table["observed"].iloc[1]) and "beyond follow-up" in table["reason"].iloc[1]
    assert table["observed"].iloc[2] == 0 and "nobody" in table["reason"].iloc[2]


def test_beyond_follow_up_has_a_reason(case):
    rows = case("veteran")
    risk = np.full(len(rows.time), 0.5)
    assert "beyond follow-up" in cal.observed_expected(risk, rows.time, rows.event, 5000).reason
    found = cal.smooth(risk, rows.time, rows.event, 5000)
    assert found.ici is None and "beyond follow-up" in found.reason


def test_equal_predictions_have_no_smooth_curve_and_no_slope(case):
    rows = case("veteran")
    risk = np.full(len(rows.time), 0.5)
    assert "distinct predictions" in cal.smooth(risk, rows.time, rows.event, 100).reason
    assert "constant" in cal.slope(risk, rows.time, rows.event).reason


def test_no_event_by_the_horizon_has_a_reason():
    assert "no event" in cal.observed_expected([0.1, 0.1], [5, 6], [1, 1], 2).reason


def test_a_risk_that_rounds_to_1_is_drawn_and_a_risk_of_0_is_refused():
    assert cal.complementary_log_log(1.0) == pytest.approx(np.log(53 * np.log(2)))
    with pytest.raises(ValueError, match="not above 0"):
        cal.complementary_log_log([0.0, 0.5])


def test_curve_error_averages_over_patients():
    mean, high = cal.curve_error([0.0, 1.0], [0.1, 1.3], [0.0, 0.5, 1.0])
    assert mean == pytest.approx((0.1 + 0.2 + 0.3) / 3)
    assert high == pytest.approx(np.quantile([0.1, 0.2, 0.3], 0.9))


def test_default_grid_leaves_out_the_outer_nine():
    risk = pd.Series(np.arange(100) / 100)
    grid = cal.default_grid(risk, 3)
    np.testing.assert_allclose(grid, [0.09, 0.495, 0.90])


def test_a_coarse_grid_ends_at_no_risk_of_a_patient():
    risk = np.arange(100) / 100 + 0.00337
    np.testing.assert_allclose(cal.default_grid(risk, 3, coarse=True), [0.10, 0.5, 0.90])
    narrow = 0.501 + risk / 1000
    np.testing.assert_allclose(cal.default_grid(narrow, 3, coarse=True), cal.default_grid(narrow, 3))
