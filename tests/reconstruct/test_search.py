import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from living_article.reconstruct import search
from living_article.reconstruct.search import Stage

SHORT = (Stage(4000, 1e4, 1e3, 3000, 0, 4), Stage(4000, 1e3, 10, 3000, 1000, 5, fine=25.0))


@pytest.fixture(scope="module")
def found(start, fixed):
    return search.search(start, fixed, 5, SHORT)


def energy(x, fixed):
    work = search.workspace(x, fixed)
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


def test_an_undone_move_leaves_no_trace(start, fixed):
    x = start.copy()
    work = search.workspace(x, fixed)
    risk, points = work.risk.copy(), work.points.copy()
    members = np.flatnonzero(x[:, 0] == 1)
    count = search.exchange(x, members[0], members[9], 11, work, 0)
    count = search.exchange(x, members[0], members[20], 11, work, count)
    search.update(x, fixed, work, count)
    assert count == 4 and not np.array_equal(x, start)
    search.undo(x, work, count)
    assert np.array_equal(x, start) and np.array_equal(work.risk, risk) and np.array_equal(work.points, points)


def test_small_exchanges_are_small(start, fixed):
    x = start.copy()
    work = search.workspace(x, fixed)
    rows, sizes = np.zeros((2, 95), dtype=np.int64), np.array([40, 55])
    for arm in (0, 1):
        rows[arm, : sizes[arm]] = np.flatnonzero(x[:, 0] == arm)
    catalogue = np.zeros((search.CATALOGUE, 2), dtype=np.int64)
    starts = np.zeros(12, dtype=np.int64)
    search.small_exchanges(x, rows, sizes, fixed, work, 25.0, catalogue, starts)
    assert 0 < starts[-1] < search.CATALOGUE and np.array_equal(x, start)
    search.judge(x, fixed, work, 1e300, 3000.0, 0.0)
    before = work.deviation.copy()
    state = np.array([1], dtype=np.uint64)
    for _ in range(60):
        a, b, column = search.draw_small(catalogue, starts, state)
        count = search.exchange(x, a, b, column, work, 0)
        search.update(x, fixed, work, count)
        search.judge(x, fixed, work, 1e300, 3000.0, 0.0)
        assert np.max(np.abs(work.deviation - before)) < 25.0
        search.undo(x, work, count)


def test_censoring_weights_are_those_of_kaplan_meier():
    time, event = np.arange(1.0, 9.0), np.array([1, 0, 1, 1, 0, 1, 0, 1])
    weights, after = search.censoring_weights(time, event, (4.5, 7.5))
    curve = KaplanMeierFitter().fit(time, 1 - event)
    assert 1 / weights == pytest.approx(curve.predict(time - 0.5).to_numpy())
    assert 1 / after == pytest.approx(curve.predict([4.5, 7.5]).to_numpy())
