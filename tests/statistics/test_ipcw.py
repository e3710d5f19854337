import numpy as np
import pytest

from living_article.statistics import bootstrap, ipcw
from living_article.statistics.risk_sets import risk_sets

NAMES = ["lung", "lung_tied", "veteran", "cohort_os"]


def patients(name, case):
    if name == "cohort_os":
        return case(name, "external")
    rows = case(name)
    return rows.part(np.arange(1, len(rows.time), 2))


@pytest.mark.parametrize("name", NAMES)
def test_scores_equal_risk_regression(case, oracle, close, name):
    rows = patients(name, case)
    for wanted in oracle("validation")["models"][name]["horizons"]:
        outcome = (rows.time, rows.event, wanted["horizon"])
        close(ipcw.brier(wanted["risk"], *outcome).value, wanted["brier"])
        close(ipcw.auc(wanted["hazard"], *outcome).value, wanted["auc"])  # the risk may round to 1
        close(ipcw.null_brier(*outcome).value, wanted["null_brier"])
        close(ipcw.scaled_brier(wanted["risk"], *outcome).value, 1 - wanted["brier"] / wanted["null_brier"])


def test_deaths_leave_the_risk_set_before_censorings_of_the_same_time():
    time, event = [1.0, 2.0, 2.0, 3.0, 4.0], [1, 1, 0, 1, 1]
    sets = risk_sets(time, event)
    weight = ipcw.weights(np.ones((1, 5)), sets, 2.5)[0]
    # At time 2 four are at risk; the death leaves first: G = 1 - 1/3, not 1 - 1/4.
    assert weight.control[0, sets.time > 2.5] == pytest.approx(1.5)
    assert weight.case[0, sets.event & (sets.time <= 2.5)] == pytest.approx(1.0)


def test_weights_of_replicates_equal_repeated_rows(case):
    rows = case("lung_tied")
    drawn = bootstrap.indices(len(rows.time), 3, 9)
    sets = risk_sets(rows.time, rows.event)
    counts = np.take(bootstrap.counts(drawn), sets.order, axis=1).astype(float)
    for horizon, weight in zip((6, 12), ipcw.weights(counts, sets, (6, 12)), strict=True):
        for b in range(3):
            own = risk_sets(rows.time[drawn[b]], rows.event[drawn[b]])
            alone = ipcw.weights(np.ones((1, len(rows.time))), own, horizon)[0]
            assert weight.case[b].sum() == pytest.approx(alone.case.sum(), rel=1e-12)
            assert weight.control[b].sum() == pytest.approx(alone.control.sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("horizon", "words"), [(9, "beyond follow-up"), (0.5, "no event by 0.5"), (4, "nobody is followed beyond 4")]
)
def test_auc_that_cannot_be_estimated_has_a_reason(horizon, words):
    found = ipcw.auc([0.4, 0.3, 0.2, 0.1], [1, 2, 3, 4], [1, 0, 1, 1], horizon)
    assert found.value is None and words in found.reason


def test_brier_beyond_follow_up_has_a_reason():
    for found in (
        ipcw.brier([0.4, 0.3], [1, 2], [1, 1], 3),
        ipcw.null_brier([1, 2], [1, 1], 3),
        ipcw.scaled_brier([0.4, 0.3], [1, 2], [1, 1], 3),
    ):
        assert found.value is None and "beyond follow-up" in found.reason


def test_scaled_brier_of_an_outcome_that_does_not_vary_has_a_reason():
    found = ipcw.scaled_brier([0.4, 0.3], [1, 2], [0, 0], 0.5)
    assert found.value is None and "does not vary" in found.reason


def test_a_risk_above_1_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        ipcw.brier([1.2, 0.1], [1, 2], [1, 0], 1)
