import numpy as np
import pandas as pd
import pytest

from living_article.statistics import breslow, cox


@pytest.mark.parametrize("name", ["lung", "lung_tied", "veteran"])
def test_estimates_equal_coxph(name, case, oracle, close):
    wanted, rows = oracle("breslow")["models"][name], case(name)
    model = breslow.fit(rows.design.matrix, rows.time, rows.event)
    close(model.coef, wanted["coef"])
    close(model.se, wanted["se"])
    close(model.loglik, wanted["loglik"])
    assert model.columns == list(rows.design.matrix.columns)


def rows(times, events, x):
    return pd.DataFrame({"x": np.asarray(x, float)}), np.asarray(times, float), np.asarray(events)


def test_without_tied_deaths_it_is_efrons_model():
    rng = np.random.default_rng(3)
    x = pd.DataFrame(rng.normal(size=(80, 3)), columns=list("abc"))
    time, event = rng.permutation(80) + 1.0, rng.random(80) < 0.7
    ours, efron = breslow.fit(x, time, event), cox.fit(x, time, event)
    np.testing.assert_allclose(ours.coef, efron.coef, rtol=1e-9)
    np.testing.assert_allclose(ours.covariance, efron.covariance, rtol=1e-9)
    np.testing.assert_allclose(ours.loglik, efron.loglik, rtol=1e-12)


def test_tied_deaths_pull_the_estimate_towards_zero():
    rng = np.random.default_rng(4)
    x = pd.DataFrame({"x": rng.normal(size=200)})
    time = np.ceil(rng.exponential(np.exp(-x["x"])) * 2)
    ours, efron = breslow.fit(x, time, np.ones(200)), cox.fit(x, time, np.ones(200))
    assert 0 < ours.coef[0] < efron.coef[0] - 0.05


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (rows([1, 2, 3, 4], [0, 0, 0, 0], [0, 1, 0, 1]), "no events"),
        (rows([1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1]), "constant"),
        (rows([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0]), "infinite"),
    ],
    ids=["no events", "constant", "separated"],
)
def test_what_cannot_be_fitted_says_why(data, problem):
    with pytest.raises(cox.FitError, match=problem):
        breslow.fit(*data)
