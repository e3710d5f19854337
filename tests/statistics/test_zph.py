import numpy as np
import pandas as pd
import pytest

from living_article.statistics import cox, zph

NAMES = ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"]


@pytest.fixture(params=NAMES)
def fitted(request, case, oracle):
    rows = case(request.param)
    wanted = oracle("cox")["models"][request.param]["zph"]
    return wanted, rows, cox.fit(rows.design.matrix, rows.time, rows.event)


@pytest.mark.parametrize("transform", zph.TRANSFORMS)
def test_tests_equal_cox_zph(fitted, close, transform):
    wanted, rows, model = fitted
    table = zph.zph(model, rows.design.columns, transform).table
    assert table["term"].tolist() == [*rows.design.columns, zph.GLOBAL]
    close(table["chi2"], wanted[transform]["chi2"])
    close(table["df"], wanted[transform]["df"])
    close(table["p"], wanted[transform]["p"])


@pytest.mark.parametrize("name", NAMES)
def test_schoenfeld_residuals_equal_coxph(case, oracle, close, name):
    rows, wanted = case(name), oracle("cox")["models"][name]
    found = zph.schoenfeld(cox.fit(rows.design.matrix, rows.time, rows.event))
    close(found[rows.design.matrix.columns], wanted["schoenfeld"], atol=1e-9)  # sums to 0: some are near it
    assert (found["time"].diff().dropna() >= 0).all()


def test_residuals_equal_cox_zph(fitted, close):
    wanted, rows, model = fitted
    found = zph.zph(model, rows.design.columns)
    close(found.residuals["time"], wanted["km"]["time"])
    close(found.residuals["x"], wanted["km"]["x"])
    close(found.residuals[list(rows.design.columns)], wanted["km"]["scaled"], atol=1e-9)
    close(found.variance, wanted["km"]["variance"], atol=1e-10)


def test_smooth_equals_plot_cox_zph(fitted, close):
    wanted, rows, model = fitted
    found = zph.zph(model, rows.design.columns)
    for term, drawn in zip(rows.design.columns, wanted["km"]["smooth"], strict=True):
        curve = zph.smooth(found, term)
        close(curve["value"], drawn["value"], atol=1e-9)  # least squares on two bases of one space
        close(curve["low"], drawn["low"], atol=1e-9)


def test_every_column_is_a_term_by_default(case):
    rows = case("veteran")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    table = zph.zph(model).table
    assert table["term"].tolist() == [*model.columns, zph.GLOBAL]
    assert table["df"].tolist() == [1] * 8 + [8]


def test_residuals_average_to_the_coefficient(case):
    rows = case("cohort_os")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    found = zph.zph(model)
    np.testing.assert_allclose(found.residuals[model.columns].mean(), model.coef, atol=1e-10)


def test_unknown_transform_is_refused(case):
    rows = case("veteran")
    with pytest.raises(ValueError, match="transform 'square'"):
        zph.zph(cox.fit(rows.design.matrix, rows.time, rows.event), transform="square")


def test_events_at_too_few_times_give_a_reason():
    """Every death at one time: the model has an estimate, its change with time has none (R: singular)."""
    x = pd.DataFrame({"x": [0.0, 1.0, 1.0, 0.0, 1.0, 0.0]})
    model = cox.fit(x, [3, 3, 3, 3, 5, 6], [1, 1, 1, 0, 0, 0])
    found = zph.zph(model)
    assert found.table["df"].tolist() == [1, 1] and found.test("x").p is None
    assert found.test().reason.startswith("not estimable")
    assert zph.smooth(found, "x").empty


def test_log_time_needs_deaths_after_zero():
    x = pd.DataFrame({"x": [0.0, 1.0, 1.0, 0.0, 1.0, 0.0]})
    censored = cox.fit(x, [0, 2, 3, 4, 5, 6], [0, 1, 1, 1, 1, 0])
    assert np.isfinite(zph.zph(censored, transform="log").table["p"]).all()
    died = cox.fit(x, [0, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 0])
    with pytest.raises(ValueError, match="time zero"):
        zph.zph(died, transform="log")
