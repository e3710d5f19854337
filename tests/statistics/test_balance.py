import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.balance import (
    binary_difference,
    categorical_difference,
    continuous_difference,
    standardised_difference,
)

REFERENCE = json.loads((Path(__file__).parents[1] / "oracle" / "means.json").read_text())


@pytest.mark.parametrize("wanted", REFERENCE["groups"])
def test_continuous_equals_r(wanted):
    assert continuous_difference(wanted["first"], wanted["second"]).value == pytest.approx(wanted["smd"], rel=1e-8)


@pytest.mark.parametrize("wanted", REFERENCE["multilevel"])
def test_multilevel_equals_mahalanobis_in_r(wanted):
    found = categorical_difference(wanted["counts"], wanted["other"])
    assert found.value == pytest.approx(wanted["smd"], rel=1e-8)


def test_two_levels_are_the_absolute_binary_difference():
    assert categorical_difference([30, 10], [10, 30]).value == pytest.approx(abs(binary_difference(0.25, 0.75).value))
    assert binary_difference(0.25, 0.75).value == pytest.approx(-0.5 / np.sqrt(0.1875))


def test_reference_level_does_not_matter():
    assert categorical_difference([5, 9, 2], [7, 3, 8]).value == pytest.approx(
        categorical_difference([2, 5, 9], [8, 7, 3]).value
    )


def test_level_in_neither_arm_is_left_out():
    assert categorical_difference([5, 0, 9, 2], [7, 0, 3, 8]) == categorical_difference([5, 9, 2], [7, 3, 8])
    assert categorical_difference([5, 0], [7, 0]).value == 0


def test_no_spread():
    assert continuous_difference([1, 1], [1, 1]).value == 0
    assert "no variance" in continuous_difference([1, 1], [2, 2]).reason
    assert "no variance" in binary_difference(0, 1).reason
    assert "no variance" in categorical_difference([4, 0, 0], [0, 3, 3]).reason


ARM = np.array(["a", "a", "a", "b", "b", "b"])


def test_one_column_of_a_table():
    yes = pd.Series(["yes", "no", None, "yes", "yes", "no"], index=[9, 8, 7, 6, 5, 4])
    found = standardised_difference(yes, ARM, "a", "b", levels=["no", "yes"])
    assert found.value == pytest.approx(binary_difference(1 / 2, 2 / 3).value)
    age = pd.Series([30, 40, 50, 20, np.nan, 30])
    found = standardised_difference(age, ARM, "a", "b")
    assert found.value == pytest.approx((40 - 25) / np.sqrt((100 + 50) / 2))
    stage = pd.Series(["x", "y", "z", "x", "x", "y"])
    found = standardised_difference(stage, ARM, "a", "b", levels=["x", "y", "z"])
    assert found == categorical_difference([1, 1, 1], [2, 1, 0])


def test_impossible_input():
    with pytest.raises(ValueError, match="not among"):
        standardised_difference(pd.Series(list("yynqyn")), ARM, "a", "b", levels=["n", "y"])
    with pytest.raises(ValueError, match="two values"):
        continuous_difference([1], [1, 2])
    with pytest.raises(ValueError, match="proportions"):
        binary_difference(20, 30)
    with pytest.raises(ValueError, match="empty"):
        categorical_difference([0, 0], [1, 2])
