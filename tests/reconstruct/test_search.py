import numpy as np
import pytest

from living_article.reconstruct import moves, search
from living_article.reconstruct.search import Stage

SHORT = (Stage(4000, 1e4, 1e3, 3000, 0, 4), Stage(4000, 1e3, 10, 3000, 1000, 5, fine=25.0))


@pytest.fixture(scope="module")
def found(start, fixed):
    return search.search(start, fixed, 5, SHORT)


def energy(x, fixed):
    work = moves.workspace(x, fixed)
    return sum(search.judge(x, fixed, work, 1e300, 3000.0, 1000.0))


def test_every_count_of_an_arm_survives(start, found):
    for arm in (0, 1):
        before, after = start[start[:, 0] == arm], found.x[found.x[:, 0] == arm]
        assert np.array_equal(start[:, 0], found.x[:, 0])
        assert np.array_equal(np.sort(before, axis=0), np.sort(after, axis=0))


def test_the_search_comes_closer(start, fixed, found):
    assert energy(found.x, fixed) < energy(start, fixed) / 10
    assert found.moves == sum(stage.moves for stage in SHORT) and not found.fits


def test_the_same_seed_gives_the_same_cohort(start, fixed, found):
    again = search.search(start, fixed, 5, SHORT)
    other = search.search(start, fixed, 6, SHORT)
    assert np.array_equal(again.x, found.x) and not np.array_equal(other.x, found.x)


def test_progress_is_reported(start, fixed):
    seen = []
    search.search(start, fixed, 5, SHORT, report=seen.append)
    assert seen == [0.5, 1.0]
