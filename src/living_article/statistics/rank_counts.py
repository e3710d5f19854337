"""How much weight stands before a row with a lower value: counting pairs in n·log n steps, many rows at once.

Harrell's C and the cumulative/dynamic AUC both count pairs (earlier row, this row) by which value is larger.
The values become dense ranks and are split bit by bit; each split is a stable partition whose prefix sums
tell how much weight goes left (a wavelet matrix: Claude, Navarro and Ordóñez, 2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def dense_ranks(values: Floats) -> NDArray[np.int32]:
    """Return ranks from 0, equal values sharing one, along the last axis of (B, n)."""
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    ranks = np.zeros(values.shape, dtype=np.int32)
    steps = np.cumsum(ordered[:, 1:] != ordered[:, :-1], axis=1, dtype=np.int32)
    np.put_along_axis(ranks[:, :], order[:, 1:], steps, axis=1)
    return ranks


def _prefix(values: NDArray) -> NDArray:
    """Return sums before each row: (B, n + 1)."""
    sums = np.zeros((values.shape[0], values.shape[1] + 1), dtype=values.dtype)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def weight_below(
    ranks: NDArray[np.int32], weights: Floats, rows: NDArray[np.intp], prefix: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Return, for each query, the weight of earlier rows with a lower and with the same rank.

    Parameters
    ----------
    ranks, weights
        (B, n) dense ranks and weights.
    rows, prefix
        (q,) query: compare row ``rows[i]`` with the first ``prefix[i]`` rows.

    Returns
    -------
    tuple of (B, q) arrays
        Weight lower, weight equal.
    """
    batch = np.arange(ranks.shape[0])[:, None]
    n, base = ranks.shape[1], batch * (ranks.shape[1] + 1)
    wanted = np.take(ranks, rows, axis=1)
    start = np.zeros_like(wanted, dtype=np.intp) + base  # positions in the flattened (B, n + 1) prefix sums
    stop = np.broadcast_to(prefix, wanted.shape) + base
    below = np.zeros(wanted.shape)
    for bit in reversed(range(int(ranks.max(initial=0)).bit_length())):
        left = (ranks >> bit) & 1 == 0
        zeros = _prefix(left.astype(np.intp))
        lighter = _prefix(np.where(left, weights, 0.0)).ravel()
        flat, right = zeros.ravel(), (wanted >> bit) & 1 == 1
        left_start, left_stop = flat[start], flat[stop]
        below += np.where(right, lighter[stop] - lighter[start], 0.0)
        moved = zeros[:, -1:]
        start = np.where(right, start - left_start + moved, left_start + base)
        stop = np.where(right, stop - left_stop + moved, left_stop + base)
        place = np.where(left, zeros[:, :-1], moved + np.arange(n) - zeros[:, :-1])
        ranks, weights = _move(ranks, place), _move(weights, place)
    total = _prefix(weights).ravel()
    return below, total[stop] - total[start]


def _move(values: NDArray, place: NDArray[np.intp]) -> NDArray:
    moved = np.empty_like(values)
    np.put_along_axis(moved, place, values, axis=1)
    return moved
