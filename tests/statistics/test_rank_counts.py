import numpy as np
import pytest

from living_article.statistics.rank_counts import dense_ranks, weight_below


def test_dense_ranks_share_ties():
    assert dense_ranks(np.array([[3.0, 1.0, 3.0, 2.0], [0.0, 0.0, 0.0, 0.0]])).tolist() == [[2, 0, 2, 1], [0, 0, 0, 0]]


@pytest.mark.parametrize(("n", "distinct"), [(1, 1), (2, 2), (17, 4), (64, 64), (100, 33)])
def test_counts_equal_comparing_every_pair(n, distinct):
    draw = np.random.default_rng(n)
    values = draw.integers(0, distinct, size=(5, n)).astype(float)
    weights = draw.integers(0, 4, size=(5, n)).astype(float)
    rows = draw.integers(0, n, size=3 * n)
    prefix = draw.integers(0, n + 1, size=3 * n)
    below, equal = weight_below(dense_ranks(values), weights, rows, prefix)
    for b in range(5):
        for q, (row, stop) in enumerate(zip(rows, prefix, strict=True)):
            assert below[b, q] == weights[b, :stop][values[b, :stop] < values[b, row]].sum()
            assert equal[b, q] == weights[b, :stop][values[b, :stop] == values[b, row]].sum()
