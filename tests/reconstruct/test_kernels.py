"""The compiled loops against the statistics of the book, at the coefficients for which the loops are written."""

import math

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from living_article.reconstruct import kernels, moves, problem
from living_article.reconstruct.targets import TERMS
from living_article.statistics import cox, ipcw
from living_article.statistics.concordance import concordance
from living_article.statistics.zph import zph


@pytest.fixture(scope="module")
def shipped(targets, cohort):
    """Covariates (n, P) of the shipped cohort by time, with times and events: the fit is at the printed ratios."""
    table = cohort.table.sort_values("os_months").reset_index(drop=True)
    columns = {
        "arm": table["arm"].eq("observation"),
        "age": table["age"] - problem.AGE_ORIGIN,
        "sex": table["sex"].eq("male"),
        "tumour_type": table["tumour_type"].eq("osteosarcoma"),
        "femur": table["primary_site"].eq("femur"),
        "lung_lesions": table["lung_lesions"],
        "heart_disease": table["heart_disease"].eq("yes"),
        "t_high": table["t_stage"].isin(["T3", "T4"]),
        "n_high": table["n_stage"].ne("N0"),
        "radiotherapy": table["radiotherapy"].eq("yes"),
        "ldh_high": table["ldh"].gt(240),
    }
    x = np.column_stack([columns[term] for term in TERMS]).astype(np.int64)
    ratios = np.array([targets.value(f"t7_{term}_hr") for term in TERMS])
    time, event = table["os_months"].to_numpy(), table["os_event"].to_numpy()
    fixed = problem.fixed_part(
        time, event, ratios, 0.0005 / ratios, (12, 36), [0.8, 0.79, 0.81, 0.12, 0.15], [0.004] * 5
    )
    return x, time, event, ratios, fixed


def test_score_and_information_are_those_of_the_partial_likelihood(shipped):
    x, time, event, ratios, fixed = shipped
    work = moves.workspace(x, fixed)
    kernels.score(x, work.risk, fixed, work.u, work.jumps)
    frame = pd.DataFrame(x, columns=list(TERMS)).assign(time=time, event=event)
    fitted = CoxPHFitter().fit(frame, "time", "event", fit_options={"precision": 1e-12})
    kernels.misfit(work.covariance, work.u, fixed, work.deviation)
    estimate = np.log(ratios) + work.deviation * fixed.half
    assert estimate == pytest.approx(fitted.params_.to_numpy(), abs=2e-6)
    assert np.sqrt(np.diag(work.covariance)) == pytest.approx(fitted.standard_errors_.to_numpy(), rel=2e-3)


def test_accuracy_is_that_of_the_model(shipped):
    x, time, event, ratios, fixed = shipped
    work = moves.workspace(x, fixed)
    kernels.score(x, work.risk, fixed, work.u, work.jumps)
    kernels.accuracy(work.points, work.risk, work.jumps, fixed, work.measures)
    assert work.points == pytest.approx(x @ np.log(ratios) * 2**30, abs=1e3)
    lp = x @ np.log(ratios)
    expected = [concordance(lp, time, event).estimate.value]
    risks = [1 - np.exp(-work.jumps[time <= h].sum() * np.exp(lp)) for h in (12, 36)]
    expected += [ipcw.auc(risk, time, event, h).value for risk, h in zip(risks, (12, 36), strict=True)]
    expected += [ipcw.brier(risk, time, event, h).value for risk, h in zip(risks, (12, 36), strict=True)]
    assert work.measures[:3] == pytest.approx(expected[:3], abs=5e-3)  # near ties count half in the search
    assert work.measures[3:] == pytest.approx(expected[3:], abs=1e-6)


def test_hazards_tests_are_those_of_r(shipped):
    x, time, event, _, fixed = shipped
    work = moves.workspace(x, fixed)
    model = cox.fit(pd.DataFrame(x, columns=list(TERMS)), time, event)
    assert work.chi2 == pytest.approx(zph(model).table["chi2"].to_numpy(), rel=2e-2, abs=2e-2)


def test_the_exponential_is_exact_enough():
    decay = np.array([math.exp(-k / 64) for k in range(64 * 40)])
    for value in (0.0, 1e-9, 0.3, 1.0, 5.4321, 39.9):
        assert kernels.exp_minus(value, decay) == pytest.approx(math.exp(-value), abs=1e-10)
    assert kernels.exp_minus(100.0, decay) == 0.0


def test_relative_hazards_lie_on_the_grid(shipped):
    x, *_, fixed = shipped
    risk = moves.workspace(x, fixed).risk
    assert np.all(risk * kernels.GRID == np.round(risk * kernels.GRID)) and np.all(risk > 0)


def test_an_inverse_is_an_inverse():
    a = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
    b = np.zeros((3, 3))
    kernels.invert(a, b)
    assert a @ b == pytest.approx(np.eye(3))


def test_penalties_start_outside_the_interval(shipped):
    *_, fixed = shipped
    assert kernels.inaccuracy(fixed.accuracy + fixed.slack * 0.99, fixed, 1.0) == 0.0
    assert kernels.inaccuracy(fixed.accuracy + fixed.slack * 2, fixed, 1.0) > 0.0
    chi2 = np.zeros(kernels.P + 1)
    assert kernels.implausibility(chi2, fixed, 1.0) == 0.0
    chi2[-1] = 40.0
    assert kernels.implausibility(chi2, fixed, 1.0) > 0.0
