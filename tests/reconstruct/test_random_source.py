from collections import Counter

import numpy as np
import pytest

from living_article.reconstruct import kernels
from living_article.reconstruct.random_source import RandomSource


def test_the_stream_is_that_of_the_published_algorithm():
    source = RandomSource(1234567)
    assert [source.bits() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_the_compiled_stream_is_the_same():
    source, state = RandomSource(42), np.array([42], dtype=np.uint64)
    assert [source.below(1000) for _ in range(200)] == [kernels.draw(state, 1000) for _ in range(200)]


def test_draws_are_uniform_and_normal():
    source = RandomSource(3)
    counts = Counter(source.below(5) for _ in range(10000))
    assert set(counts) == set(range(5)) and max(counts.values()) < 2200
    uniform = np.array([source.uniform(2, 4) for _ in range(5000)])
    assert uniform.min() >= 2 and uniform.max() < 4 and uniform.mean() == pytest.approx(3, abs=0.05)
    normal = np.array([source.normal(10, 2) for _ in range(5000)])
    assert normal.mean() == pytest.approx(10, abs=0.1) and normal.std() == pytest.approx(2, abs=0.1)


def test_a_shuffle_keeps_what_it_shuffles():
    items = list(range(50))
    shuffled = RandomSource(9).shuffle(list(items))
    assert shuffled != items and sorted(shuffled) == items
    assert RandomSource(9).choice(items) in items
