import itertools

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.variance_shares import variance_shares

GRID = pd.DataFrame(itertools.product("abc", "xy", "pqr"), columns=["first", "second", "third"])
EFFECT = {"a": -1.0, "b": 0.0, "c": 1.0, "x": 0.0, "y": 3.0}


def test_in_a_full_grid_shares_are_those_of_the_analysis_of_variance():
    values = GRID["first"].map(EFFECT) + GRID["second"].map(EFFECT)
    shares = variance_shares(GRID, values)
    first, second = 2 / 3, 9 / 4  # variances of the effects
    assert shares["first"] == pytest.approx(first / (first + second))
    assert shares["second"] == pytest.approx(second / (first + second))
    assert shares["third"] == pytest.approx(0, abs=1e-12)


def test_choices_that_go_together_share():
    choices = pd.DataFrame({"one": list("aabbcc"), "copy": list("ppqqrr"), "constant": ["k"] * 6})
    shares = variance_shares(choices, [1.0, 1.0, 2.0, 2.0, 5.0, 5.0])
    assert shares == pytest.approx({"one": 0.5, "copy": 0.5, "constant": 0.0})


def test_acting_together_is_left_over():
    choices = pd.DataFrame(itertools.product("ab", "xy"), columns=["first", "second"])
    assert sum(variance_shares(choices, [1.0, -1.0, -1.0, 1.0]).values()) == pytest.approx(0, abs=1e-12)


def test_shares_add_up_to_the_variance_explained_in_an_unbalanced_table():
    rng = np.random.default_rng(1)
    some = GRID.sample(11, random_state=2)
    values = rng.normal(size=11)
    design = pd.get_dummies(some, drop_first=True).to_numpy(float)
    design = np.column_stack([np.ones(11), design])
    residual = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    shares = variance_shares(some, values)
    assert sum(shares.values()) == pytest.approx(1 - residual.var() / values.var())
    assert min(shares.values()) >= 0


def test_values_that_do_not_vary_have_no_shares():
    assert set(variance_shares(GRID, np.full(18, 0.7)).values()) == {0.0}


@pytest.mark.parametrize("values", [np.ones(17), np.full(18, np.nan)])
def test_a_value_is_needed_for_each_row(values):
    with pytest.raises(ValueError, match="one finite value"):
        variance_shares(GRID, values)
