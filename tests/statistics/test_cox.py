import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from scipy import stats

from living_article.statistics import cox

NAMES = ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"]


@pytest.fixture(params=NAMES)
def fitted(request, case, oracle):
    """R's values, the rows, and the model that a notebook fits with lifelines."""
    rows = case(request.param)
    frame = rows.design.matrix.assign(time=rows.time, event=rows.event)
    fitter = CoxPHFitter().fit(frame, "time", "event", fit_options=cox.FIT_OPTIONS)
    return oracle("cox")["models"][request.param], rows, cox.from_lifelines(fitter, frame)


def test_coefficients_equal_coxph(fitted, close):
    wanted, _, model = fitted
    table = cox.coefficient_table(model)
    for column in ("coef", "se", "hr", "low", "high"):
        close(table[column], wanted[column])
    close(table["z"], wanted["z"], rtol=1e-7)  # z and P divide what may be near 0: sex has coefficient 0.0006
    close(table["p"], wanted["p"], rtol=1e-7)
    close(model.covariance, wanted["covariance"], atol=1e-10)


def test_likelihood_and_global_tests_equal_coxph(fitted, close):
    wanted, _, model = fitted
    tests = cox.global_tests(model)
    close([model.loglik_null, model.loglik], wanted["loglik"])
    close(model.aic, wanted["aic"])
    for name in ("likelihood_ratio", "score"):
        close([tests[name].statistic, tests[name].df, tests[name].p], wanted["tests"][name])
    close([tests["wald"].statistic, tests["wald"].p], [wanted["tests"]["wald"], wanted["tests"]["wald_p"]])
    assert (model.events, len(model.time)) == (wanted["events"], wanted["n"])


def test_own_fit_equals_coxph_and_lifelines(fitted, close):
    wanted, rows, model = fitted
    own = cox.fit(rows.design.matrix, rows.time, rows.event)
    close(own.coef, wanted["coef"], rtol=1e-11)
    # lifelines stops up to 1e-11 before the maximum
    np.testing.assert_allclose(own.coef, model.coef, rtol=1e-10, atol=1e-11)
    np.testing.assert_allclose(own.covariance, model.covariance, rtol=1e-9, atol=1e-11)


def test_linear_predictor_and_baseline_equal_r(fitted, close):
    wanted, _, model = fitted
    close(cox.linear_predictor(model), wanted["lp"])
    base = cox.baseline_hazard(model)
    at = np.searchsorted(base["time"], wanted["baseline"]["time"], side="right")
    close(np.append(0, base["hazard"])[at], wanted["baseline"]["hazard"])


def test_predicted_survival_equals_survfit(fitted, close):
    wanted, rows, model = fitted
    predicted, who = wanted["predicted"], rows.design.matrix.iloc[[r - 1 for r in wanted["predicted"]["rows"]]]
    table = cox.predict_survival(model, who, predicted["time"])
    for column in ("survival", "low", "high"):
        by_time = table[column].to_numpy().reshape(3, -1).T
        close(by_time, predicted[column])
    error = (table["se"] * table["survival"]).to_numpy().reshape(3, -1).T  # R: of survival; ours: of the hazard
    close(error, predicted["std_error"])
    close(cox.median_survival(model, who)["median"], predicted["median"])
    close(cox.survival_at(model, cox.linear_predictor(model, who), predicted["time"][0]), predicted["survival"][0])


def test_a_baseline_of_fewer_steps_agrees_where_it_steps(case):
    rows = case("cohort_os")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    coarse, who = cox.baseline(model).at([6, 12, 36]), rows.design.matrix.iloc[:5]
    exact = cox.predict_survival(model, who, [6, 12, 36])
    assert cox.predict_survival(model, who, [6, 12, 36], base=coarse).equals(exact)
    late = cox.predict_survival(model, who, [5.9, 35], base=coarse)
    assert late["survival"].iloc[0] == 1 and late["survival"].iloc[1] == exact["survival"].iloc[1]


def test_default_convergence_of_lifelines_is_refused(case):
    rows = case("lung_tied")
    frame = rows.design.matrix.assign(time=rows.time, event=rows.event)
    with pytest.raises(cox.FitError, match="FIT_OPTIONS"):
        cox.from_lifelines(CoxPHFitter().fit(frame, "time", "event", fit_options={"precision": 1e-2}), frame)


def test_another_table_or_a_penalty_is_refused(case):
    rows = case("veteran")
    frame = rows.design.matrix.assign(time=rows.time, event=rows.event)
    fitter = CoxPHFitter().fit(frame, "time", "event", fit_options=cox.FIT_OPTIONS)
    with pytest.raises(ValueError, match="not the one"):
        cox.from_lifelines(fitter, frame.iloc[:-1])
    with pytest.raises(ValueError, match="penalty"):
        cox.from_lifelines(CoxPHFitter(penalizer=0.1).fit(frame, "time", "event"), frame)


def test_beyond_follow_up_has_a_reason_and_no_number(case):
    rows = case("lung_tied")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    table = cox.predict_survival(model, rows.design.matrix.iloc[:1], [12, 34.5])
    assert table["reason"].tolist() == [None, "not estimable: beyond follow-up"]
    assert table.loc[1, ["survival", "low", "high", "se"]].isna().all()
    low_risk = rows.design.matrix.iloc[[int(np.argmin(cox.linear_predictor(model)))]] * [1, 20, 1, 1, 1, 1]
    median = cox.median_survival(model, low_risk)
    assert np.isnan(median.loc[median.index[0], "median"])
    assert "stays above 0.5" in median["reason"].iloc[0]


@pytest.mark.parametrize(
    ("x", "event", "words"),
    [
        ([0, 0, 0, 0], [1, 1, 0, 1], "constant"),
        ([1, 0, 0, 0], [1, 1, 0, 1], "infinite"),
        ([1, 0, 1, 0], [0, 0, 0, 0], "no events"),
    ],
)
def test_a_model_without_estimate_says_why(x, event, words):
    with pytest.raises(cox.FitError, match=words):
        cox.fit(pd.DataFrame({"x": np.array(x, float)}), [1, 2, 3, 4], event)


def test_wald_test_of_a_term_of_one_column_is_its_z_squared(case):
    rows = case("veteran")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    table = cox.coefficient_table(model).set_index("term")
    test = cox.wald_test(model, ["karno"])
    assert test.statistic == pytest.approx(table.loc["karno", "z"] ** 2, rel=1e-12)
    assert cox.wald_test(model, rows.design.columns["celltype"]).df == 3


def test_equal_patients_have_equal_linear_predictors(case):
    rows = case("cohort_os")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    twice = pd.concat([rows.design.matrix] * 3)
    lp = cox.linear_predictor(model, twice).reshape(3, -1)
    assert np.array_equal(lp[0], lp[1]) and np.array_equal(lp[0], lp[2])
    assert cox.linear_predictor(model, centred=True).mean() == pytest.approx(0, abs=1e-12)


@pytest.mark.filterwarnings("ignore")
def test_infinite_estimate_of_lifelines_is_refused():
    rows = pd.DataFrame({"x": [1.0, 1, 1, 0, 0, 0, 0, 0], "z": [0.1, 0.7, 0.3, 0.9, 0.2, 0.6, 0.4, 0.5]})
    frame = rows.assign(time=np.arange(1.0, 9.0), event=1)
    fitter = CoxPHFitter().fit(frame, "time", "event")
    with pytest.raises(cox.FitError, match="infinite estimate"):
        cox.from_lifelines(fitter, frame)


def test_parts_fitted_together_equal_each_alone(case):
    rows = case("veteran")
    x, random = rows.design.matrix, np.random.default_rng(5)
    parts = np.vstack([np.ones(len(x), bool), random.random((3, len(x))) < 0.7, x.iloc[:, 0] == x.iloc[0, 0]])
    found = cox.fit_parts(x, rows.time, rows.event, parts)
    for part, model in zip(parts[:-1], found[:-1], strict=True):
        alone = cox.fit(x[part], rows.time[part], rows.event[part])
        assert model.columns == alone.columns
        np.testing.assert_allclose(model.coef, alone.coef, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(model.se, alone.se, rtol=1e-9)
    assert found[-1] is None, "a part in which a covariate is constant has no model"


def test_wald_gives_the_numbers_of_the_table(case):
    rows = case("veteran")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    table = cox.coefficient_table(model, 0.9)
    for name, numbers in zip(("hr", "low", "high", "p"), cox.wald(model.coef, model.se, 0.9), strict=True):
        assert table[name].tolist() == numbers.tolist()
    z = table["coef"] / table["se"]
    np.testing.assert_allclose(table["p"], 2 * stats.norm.sf(abs(z)), rtol=1e-13)
    np.testing.assert_allclose(np.log(table["high"]) - table["coef"], stats.norm.ppf(0.95) * table["se"], rtol=1e-12)
