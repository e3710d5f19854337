import numpy as np
import pytest

from living_article.statistics import decision_curve as dc


def patients(name, case):
    if name == "cohort_os":
        return case(name, "external")
    rows = case(name)
    return rows.part(np.arange(1, len(rows.time), 2))


@pytest.mark.parametrize("name", ["lung", "lung_tied", "veteran", "cohort_os"])
def test_net_benefit_equals_r(case, oracle, close, name):
    rows, reference = patients(name, case), oracle("validation")
    thresholds = np.array(reference["thresholds"])
    for wanted in reference["models"][name]["horizons"]:
        found = dc.net_benefit(wanted["risk"], rows.time, rows.event, wanted["horizon"], thresholds)
        close(found["model"], wanted["net_benefit"])
        close(found["all"], wanted["all"])
        avoided = 100 * (found["model"] - found["all"]) * (1 - thresholds) / thresholds
        np.testing.assert_allclose(found["avoided"], avoided)
        assert (found["none"] == 0).all()


def test_worked_example_without_censoring():
    # Ten patients, three of the five test-positive die: (3 - 2 · 0.25) / 10 at threshold 0.2.
    time, event = np.array([1, 2, 3, 9, 9, 4, 9, 9, 9, 9.0]), np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    found = dc.net_benefit(np.repeat([0.6, 0.1], 5), time, event, 5, [0.2]).loc[0]
    assert found["model"] == pytest.approx((3 - 2 * 0.25) / 10)
    assert found["all"] == pytest.approx((4 - 6 * 0.25) / 10)
    assert found["positives"] == 5


def test_positives_not_followed_to_the_horizon_have_a_reason():
    found = dc.net_benefit([0.9, 0.9, 0.1, 0.1], [1, 2, 9, 9], [1, 0, 0, 1], 5, [0.5]).loc[0]
    assert np.isnan(found["model"]) and "no test-positive patient" in found["reason"]


def test_positives_who_all_died_early_are_known():
    found = dc.net_benefit([0.9, 0.9, 0.1, 0.1], [1, 2, 9, 9], [1, 1, 0, 1], 5, [0.5]).loc[0]
    assert found["model"] == pytest.approx(0.5) and found["reason"] is None


def test_nobody_positive_is_treating_none():
    found = dc.net_benefit([0.2, 0.3], [1, 9], [1, 0], 5, [0.8]).loc[0]
    assert (found["model"], found["positives"]) == (0, 0)


def test_band_is_seeded_and_surrounds_the_estimate(case):
    rows = case("cohort_os")
    risk = np.clip(rows.design.matrix["lung_lesions"] / 16, 0.05, 0.95)
    arguments = (risk, rows.time, rows.event, 12, [0.1, 0.3, 0.5])
    first = dc.net_benefit_band(*arguments, replicates=300, seed=4)
    assert first.equals(dc.net_benefit_band(*arguments, replicates=300, seed=4))
    value = dc.net_benefit(*arguments)["model"]
    assert ((first["low"] < value) & (value < first["high"]) & (first["used"] <= 300)).all()


def test_useful_range_is_where_the_model_beats_both(case):
    table = dc.net_benefit([0.9, 0.9, 0.1, 0.1], [1, 2, 9, 9], [1, 1, 0, 0], 5, [0.05, 0.2, 0.5, 0.8, 0.95])
    assert dc.useful_range(table) == [(0.2, 0.8)]
    assert dc.useful_range(table.assign(model=-1.0)) == []


@pytest.mark.parametrize(("risk", "threshold"), [([1.2, 0.5], 0.5), ([0.5], 0.5), ([0.4, 0.5], 1.0), ([0.4, 0.5], 0.0)])
def test_impossible_risks_and_thresholds_are_refused(risk, threshold):
    with pytest.raises(ValueError, match=r"risk|threshold"):
        dc.net_benefit(risk, [1, 2], [1, 0], 1, [threshold])
