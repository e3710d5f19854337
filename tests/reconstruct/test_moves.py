import numpy as np

from living_article.reconstruct import moves, search


def test_an_undone_move_leaves_no_trace(start, fixed):
    x = start.copy()
    work = moves.workspace(x, fixed)
    risk, points = work.risk.copy(), work.points.copy()
    members = np.flatnonzero(x[:, 0] == 1)
    count = moves.exchange(x, members[0], members[9], 11, work, 0)
    count = moves.exchange(x, members[0], members[20], 11, work, count)
    moves.update(x, fixed, work, count)
    assert count == 4 and not np.array_equal(x, start)
    moves.undo(x, work, count)
    assert np.array_equal(x, start) and np.array_equal(work.risk, risk) and np.array_equal(work.points, points)


def test_small_exchanges_are_small(start, fixed):
    x = start.copy()
    work = moves.workspace(x, fixed)
    rows, sizes = np.zeros((2, 95), dtype=np.int64), np.array([40, 55])
    for arm in (0, 1):
        rows[arm, : sizes[arm]] = np.flatnonzero(x[:, 0] == arm)
    catalogue = np.zeros((search.CATALOGUE, 2), dtype=np.int64)
    starts = np.zeros(12, dtype=np.int64)
    moves.small_exchanges(x, rows, sizes, fixed, work, 25.0, catalogue, starts)
    assert 0 < starts[-1] < search.CATALOGUE and np.array_equal(x, start)
    search.judge(x, fixed, work, 1e300, 3000.0, 0.0)
    before = work.deviation.copy()
    state = np.array([1], dtype=np.uint64)
    for _ in range(60):
        a, b, column = moves.draw_small(catalogue, starts, state)
        count = moves.exchange(x, a, b, column, work, 0)
        moves.update(x, fixed, work, count)
        search.judge(x, fixed, work, 1e300, 3000.0, 0.0)
        assert np.max(np.abs(work.deviation - before)) < 25.0
        moves.undo(x, work, count)
