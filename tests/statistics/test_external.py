import numpy as np
import pytest

from living_article.statistics import calibration, cox, external, ipcw
from living_article.statistics.concordance import concordance

HORIZONS = (12.0, 36.0)


@pytest.fixture(scope="module")
def validated(case):
    rows, others = case("cohort_os"), case("cohort_os", "external")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    arguments = (model, others.design.matrix, others.time, others.event)
    return model, others, external.validate(*arguments, horizons=[*HORIZONS, 400], replicates=300, seed=7), arguments


def test_values_are_those_of_the_single_scores(validated):
    model, others, found, _ = validated
    lp, outcome = cox.linear_predictor(model, others.design.matrix), (others.time, others.event)
    assert found[("concordance", None)] == concordance(lp, *outcome).estimate
    assert found[("slope", None)] == calibration.slope(lp, *outcome)
    for horizon in HORIZONS:
        risk = external.predicted_risk(model, others.design.matrix, horizon)
        assert found[("auc", horizon)].value == ipcw.auc(risk, *outcome, horizon).value
        assert found[("brier", horizon)].value == ipcw.brier(risk, *outcome, horizon).value
        assert found[("observed_expected", horizon)] == calibration.observed_expected(risk, *outcome, horizon)


def test_slope_and_c_equal_r(validated, oracle, close):
    _, _, found, _ = validated
    wanted = oracle("validation")["models"]["cohort_os"]
    for name in ("concordance", "slope"):
        close([found[(name, None)].value, found[(name, None)].std_error], [wanted[name]["value"], wanted[name]["se"]])


def test_bootstrap_limits_surround_the_value_and_are_those_of_resampled_patients(validated):
    model, others, found, arguments = validated
    again = external.resampled_scores(*arguments, np.array(HORIZONS), 300, 7)
    for j, horizon in enumerate(HORIZONS):
        for name in ("auc", "brier"):
            estimate, values = found[(name, horizon)], again[name][:, j]
            kept = values[np.isfinite(values)]
            assert [estimate.low, estimate.high] == pytest.approx(np.quantile(kept, (0.025, 0.975)))
            assert estimate.low < estimate.value < estimate.high


def test_one_resample_equals_the_score_of_its_rows(validated):
    from living_article.statistics import bootstrap

    model, others, _, arguments = validated
    drawn = bootstrap.indices(len(others.time), 3, 7)[2]
    again = external.resampled_scores(*arguments, np.array(HORIZONS), 3, 7)
    risk = external.predicted_risk(model, others.design.matrix, 12.0)[drawn]
    own = ipcw.brier(risk, others.time[drawn], others.event[drawn], 12.0).value
    assert again["brier"][2, 0] == pytest.approx(own, rel=1e-11)


def test_beyond_follow_up_has_a_reason(validated):
    model, others, found, _ = validated
    for name in ("observed_expected", "auc", "brier", "scaled_brier"):
        assert found[(name, 400.0)].value is None and "beyond follow-up" in found[(name, 400.0)].reason
    with pytest.raises(ValueError, match="beyond follow-up"):
        external.predicted_risk(model, others.design.matrix, 400)
