"""The arms: treated first, reference second, whatever the order in the file."""

import pytest

from living_article.study.model import Arm, Arms, Covariate

ONE, TWO = Arm("a", "A", "A", "A"), Arm("b", "B", "B", "B")


def test_iteration_gives_treated_then_reference():
    arms = Arms("arm", treated=ONE, reference=TWO)
    assert list(arms) == [ONE, TWO]
    assert arms["b"] is TWO
    with pytest.raises(KeyError):
        arms["c"]


def test_numeric_kinds():
    assert Covariate("x", "x", "X", "count").numeric
    assert not Covariate("x", "x", "X", "ordinal").numeric
