import numpy as np
import pytest

from living_article.statistics.splines import restricted_cubic, weighted_quantiles


def test_basis_is_linear_outside_and_smooth_inside():
    knots = np.array([-1.0, 0.5, 2.0, 3.0])
    step = 1e-3
    for start in (-9.0, 4.0):
        second = np.diff(restricted_cubic(start + step * np.arange(5), knots), n=2, axis=0)
        np.testing.assert_allclose(second, 0, atol=1e-9)
    for knot in knots:
        around = restricted_cubic(knot + 1e-5 * np.array([-1, 0, 1]), knots)
        np.testing.assert_allclose(np.diff(around, axis=0), np.diff(around, axis=0)[::-1], atol=1e-8)


def test_basis_of_three_knots_equals_harrells_formula():
    x, (a, b, c) = np.array([-2.0, 0.3, 1.4, 2.7]), (0.0, 1.0, 2.5)
    plus = lambda t: np.maximum(x - t, 0) ** 3  # noqa: E731
    wanted = (plus(a) - plus(b) * (c - a) / (c - b) + plus(c) * (b - a) / (c - b)) / (c - a) ** 2
    found = restricted_cubic(x, np.array([a, b, c]))
    np.testing.assert_allclose(found, np.column_stack([x, wanted]))


def test_each_sample_has_its_own_knots():
    x, knots = np.random.default_rng(0).normal(size=(3, 20)), np.array([[-1, 0, 1], [-2, 0.5, 1], [0, 1, 2.0]])
    together = restricted_cubic(x, knots)
    for b in range(3):
        np.testing.assert_allclose(together[b], restricted_cubic(x[b], knots[b]))


@pytest.mark.parametrize("n", [5, 20, 95])
def test_quantiles_equal_those_of_repeated_rows(n):
    draw = np.random.default_rng(n)
    x = np.round(draw.normal(size=(6, n)), 1)
    counts = draw.multinomial(n, np.full(n, 1 / n), size=6)
    found = weighted_quantiles(x, counts)
    for b in range(6):
        np.testing.assert_allclose(found[b], np.quantile(np.repeat(x[b], counts[b]), (0.1, 0.5, 0.9)), atol=1e-12)


def test_two_knots_are_refused():
    with pytest.raises(ValueError, match="three knots"):
        restricted_cubic(np.arange(4.0), np.array([0.0, 1.0]))
