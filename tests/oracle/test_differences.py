"""`make oracle` tells rounding from a change."""

import importlib.util
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("differences", Path(__file__).parent / "differences.py")
differences = importlib.util.module_from_spec(spec)
spec.loader.exec_module(differences)

OLD = {"models": {"lung": {"coef": [0.5, -2.0, None], "names": ["age", "sex"]}}, "n": 3}


def changed(**models):
    return {**OLD, "models": {"lung": {**OLD["models"]["lung"], **models}}}


def test_equal_files():
    assert differences.compare(OLD, changed()) == ("all 6 values the same", True)


def test_rounding_is_shown_but_agrees():
    line, same = differences.compare(OLD, changed(coef=[0.5 * (1 + 1e-13), -2.0, None]))
    assert same and line.startswith("1 of 6 values differ, 0 by more than 1e-08; most: models.lung.coef[0]")


@pytest.mark.parametrize(
    "new",
    [
        changed(coef=[0.5, -2.0 * (1 + 1e-7), None]),
        changed(coef=[0.5, -2.0, 1.0]),
        changed(coef=[0.5, -2.0]),
        changed(names=["age", "site"]),
        {**OLD, "more": 1},
    ],
)
def test_a_change_is_a_difference(new):
    line, same = differences.compare(OLD, new)
    assert not same and "1 by more than" in line and "→" in line
