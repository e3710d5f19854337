import numpy as np
import pytest

from living_article.statistics import cox
from living_article.statistics.concordance import concordance


@pytest.mark.parametrize("name", ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"])
def test_c_and_its_error_equal_r(case, oracle, close, name):
    rows, wanted = case(name), oracle("cox")["models"][name]["concordance"]
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    found = concordance(cox.linear_predictor(model), rows.time, rows.event)
    close([found.estimate.value, found.estimate.std_error], [wanted["value"], wanted["se"]])
    close([found.concordant, found.discordant, found.tied_risk], wanted["count"][:3])
    close(found.tied_time, wanted["count"][3] + wanted["count"][4])


def test_many_tied_scores_and_tied_times_equal_r(case, oracle, close):
    rows, wanted = case("lung_tied"), oracle("cox")["concordance_ties"]
    ecog = sum(level * rows.design.matrix[f"ph.ecog: {level}"] for level in (1, 2, 3))
    found = concordance(ecog, rows.time, rows.event)
    close([found.estimate.value, found.estimate.std_error], [wanted["value"], wanted["se"]])
    assert found.tied_risk == wanted["count"][2] > 0


def test_interval_stays_between_0_and_1():
    found = concordance([3, 2, 1, 0.5], [1, 2, 3, 4], [1, 1, 1, 1])
    assert (found.estimate.value, found.estimate.high) == (1.0, 1.0)


@pytest.mark.parametrize(("time", "event"), [([1, 2, 3], [0, 0, 0]), ([2, 2, 2], [1, 1, 1]), ([1, 2], [0, 1])])
def test_nothing_to_compare_has_a_reason(time, event):
    found = concordance(np.arange(len(time)), time, event).estimate
    assert found.value is None
    assert "no two patients" in found.reason
