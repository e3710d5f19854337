import numpy as np
import pytest

from living_article.statistics import selection
from living_article.statistics.design import Design

NAMES = ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"]


@pytest.mark.parametrize("name", NAMES)
def test_univariable_tests_equal_coxph(case, oracle, close, name):
    rows, wanted = case(name), oracle("cox")["models"][name]["univariable"]
    table = selection.univariable(rows.design, rows.time, rows.event)
    assert table["term"].tolist() == list(rows.design.columns)
    close(table["statistic"], [w["wald"] for w in wanted])
    close(table["aic"], [w["aic"] for w in wanted])
    assert table["df"].tolist() == [w["df"] for w in wanted]


@pytest.mark.parametrize("name", NAMES)
def test_backward_aic_keeps_the_terms_of_step(case, oracle, name):
    rows = case(name)
    found = selection.select_terms(rows.design, rows.time, rows.event, "backward_aic")
    assert list(found.terms) == oracle("cox")["models"][name]["backward"]
    dropped = found.trace[found.trace["decision"] == "drop"]["term"]
    assert set(dropped) | set(found.terms) == set(rows.design.columns)


def test_univariable_rule_keeps_terms_below_the_limit(case):
    rows = case("veteran")
    found = selection.select_terms(rows.design, rows.time, rows.event, p_limit=0.05)
    below = found.trace[found.trace["p"].astype(float) < 0.05]["term"]
    assert found.terms == tuple(below) == ("celltype", "karno")
    assert selection.select_terms(rows.design, rows.time, rows.event, p_limit=1e-12).terms == ()


def test_all_keeps_all_and_still_tells_the_tests(case):
    rows = case("veteran")
    found = selection.select_terms(rows.design, rows.time, rows.event, "all")
    assert found.terms == tuple(rows.design.columns)
    assert found.trace["p"].notna().all()


def test_backward_can_drop_everything(case):
    rows, draw = case("veteran"), np.random.default_rng(5)
    own = rows.design.subset(["karno", "age"])
    noise = Design(own.matrix * 0 + draw.normal(size=own.matrix.shape), own.terms)
    assert selection.select_terms(noise, rows.time, rows.event, "backward_aic").terms == ()


def test_term_that_cannot_be_fitted_is_dropped_with_a_reason(case):
    rows = case("veteran").part(np.arange(137))
    rows.design.matrix["karno"] = 50.0
    trace = selection.select_terms(rows.design, rows.time, rows.event).trace.set_index("term")
    assert trace.loc["karno", "decision"] == "drop"
    assert "constant" in trace.loc["karno", "reason"]


def test_unknown_rule_is_refused(case):
    rows = case("veteran")
    with pytest.raises(ValueError, match="'stepwise'"):
        selection.select_terms(rows.design, rows.time, rows.event, "stepwise")
