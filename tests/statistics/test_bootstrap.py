import numpy as np
import pytest

from living_article.statistics import bootstrap


@pytest.mark.parametrize("n", [1, 94, 95, 96])
def test_fewer_replicates_are_the_first_of_more(n):
    many = bootstrap.indices(n, 300, 11)
    assert np.array_equal(bootstrap.indices(n, 40, 11), many[:40])
    assert np.array_equal(bootstrap.indices(n, 60, 11, first=200), many[200:260])
    assert many.min() >= 0 and many.max() < n


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_batches_hold_the_same_replicates(size):
    together = bootstrap.counts(bootstrap.indices(20, 100, 5))
    assert np.array_equal(np.concatenate(list(bootstrap.batches(20, 100, 5, size))), together)


def test_counts_are_how_often_each_row_was_drawn():
    assert bootstrap.counts(np.array([[0, 2, 2], [1, 1, 1]])).tolist() == [[1, 0, 2], [0, 3, 0]]


def test_seeds_differ_and_rows_are_equally_likely():
    assert not np.array_equal(bootstrap.indices(50, 10, 1), bootstrap.indices(50, 10, 2))
    drawn = np.bincount(bootstrap.indices(50, 4000, 3).ravel(), minlength=50)
    chi2 = np.sum((drawn - 4000) ** 2 / 4000)
    assert 20 < chi2 < 90  # 49 degrees of freedom: outside with probability 0.0005


def test_the_stream_of_a_seed_is_fixed():
    """The first draws of seed 2025: another version of NumPy that draws otherwise would change printed results."""
    assert bootstrap.indices(95, 2, 2025)[:, :6].tolist() == [[6, 71, 43, 0, 14, 25], [60, 79, 25, 68, 13, 17]]


@pytest.mark.parametrize(("n", "b", "first"), [(0, 1, 0), (5, -1, 0), (5, 1, -1)])
def test_impossible_requests_are_refused(n, b, first):
    with pytest.raises(ValueError, match="cannot draw"):
        bootstrap.indices(n, b, 1, first=first)
