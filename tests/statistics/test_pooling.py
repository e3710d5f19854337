"""Rubin's rules against R's mitools and against the formulae."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from living_article.statistics.pooling import pool

ORACLE = json.loads((Path(__file__).parents[1] / "oracle" / "pooling.json").read_text())
COEF, COVARIANCE = np.array(ORACLE["coef"]), np.array(ORACLE["covariance"])


@pytest.fixture
def pooled():
    return pool("abc", COEF, COVARIANCE, 80)


def test_estimate_variance_and_old_degrees_of_freedom_are_those_of_mitools():
    pooled = pool("abc", COEF, COVARIANCE, 1e13)
    assert np.allclose(pooled.coef, ORACLE["pooled"], rtol=1e-12)
    assert np.allclose(pooled.total, np.diag(ORACLE["variance"]), rtol=1e-12)
    assert np.allclose(pooled.df, ORACLE["df"], rtol=1e-9)


def test_degrees_of_freedom_by_the_formula_of_barnard_and_rubin(pooled):
    share = 1.25 * COEF.var(axis=0, ddof=1) / np.diag(ORACLE["variance"])
    old, observed = 3 / share**2, 81 / 83 * 80 * (1 - share)
    assert np.allclose(pooled.df, 1 / (1 / old + 1 / observed), rtol=1e-12)


def test_table_has_t_intervals_and_p_values(pooled):
    row = pooled.table(0.9).iloc[1]
    margin = stats.t.ppf(0.95, pooled.df[1]) * np.sqrt(pooled.total[1])
    assert np.allclose([np.log(row.low), np.log(row.high)], [row.coef - margin, row.coef + margin])
    assert row.p == pytest.approx(2 * stats.t.sf(abs(row.z), pooled.df[1]))


def test_a_joint_test_of_one_column_is_its_t_test(pooled):
    assert pooled.wald_test(["b"]).p == pytest.approx(pooled.table().p[1])


@pytest.mark.parametrize("imputations", [3, 40])
def test_the_joint_test_keeps_its_level(imputations):
    """Under the null, estimates that scatter as the rules assume are rejected about as often as they should be."""
    random = np.random.default_rng(11)
    within, between = np.diag([0.04, 0.09]), np.diag([0.02, 0.045])
    p = []
    for _ in range(4000):
        centre = random.multivariate_normal([0, 0], within + between)
        coef = random.multivariate_normal(centre, between, size=imputations)
        p.append(pool("ab", coef, np.tile(within, (imputations, 1, 1)), 1e9).wald_test("ab").p)
    assert 0.035 < np.mean(np.array(p) < 0.05) < 0.065


def test_nothing_missing_is_the_ordinary_wald_test():
    same = pool("ab", np.tile([0.3, 0.2], (5, 1)), np.tile(np.diag([0.01, 0.04]), (5, 1, 1)), 50)
    row = same.table().iloc[0]
    assert row.p == pytest.approx(2 * stats.norm.sf(3)) and np.isinf(same.df).all()
    assert same.wald_test("ab").p == pytest.approx(stats.chi2.sf(10, 2))


@pytest.mark.parametrize(
    ("columns", "coef", "covariance"),
    [("a", [[0.1]], [[[1.0]]]), ("ab", [[0.1], [0.2]], np.ones((2, 1, 1))), ("a", [[0.1], [0.2]], np.ones((2, 2, 2)))],
)
def test_what_does_not_belong_together_is_refused(columns, coef, covariance):
    with pytest.raises(ValueError):
        pool(columns, np.array(coef), np.array(covariance), 50)
