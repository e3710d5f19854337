"""Words follow from numbers, also when the numbers turn round."""

import doctest

import pytest

from living_article.display import words


def test_doctests():
    assert doctest.testmod(words).failed == 0


def test_direction_turns_with_the_sign():
    assert words.direction(1, "longer", "shorter") == "longer"
    assert words.direction(-1, "longer", "shorter") == "shorter"
    assert words.direction(0, "longer", "shorter", "as long") == "as long"


@pytest.mark.parametrize(("p", "alpha", "negated"), [(0.04, 0.05, False), (0.05, 0.05, True), (0.04, 0.01, True)])
def test_significance_is_a_comparison_with_alpha(p, alpha, negated):
    assert words.significance(p, alpha).startswith("not ") is negated


def test_a_blank_p_has_no_significance():
    with pytest.raises(ValueError, match="blank"):
        words.significance(None, 0.05)


def test_listed():
    assert words.listed([]) == "none"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_plural():
    assert words.plural(1, "patient") == "1 patient"
    assert words.plural(0, "patient") == "0 patients"
    assert words.plural(2, "axis", "axes") == "2 axes"
