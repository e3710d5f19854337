"""Seeded bootstrap resampling whose replicates depend on the seed alone.

Replicate b always reads the same stretch of one counter-based random stream (Philox: Salmon et al., 2011),
so the first 200 of 1000 replicates are the replicates of B = 200, whatever the batch or number of cores.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_BLOCK = 4  # 64-bit numbers in one step of Philox's counter


def indices(n: int, replicates: int, seed: int, *, first: int = 0) -> NDArray[np.intp]:
    """Return the rows drawn with replacement: (replicates, n) integers below n.

    Parameters
    ----------
    n
        Number of patients.
    replicates
        How many replicates to draw.
    seed
        Non-negative integer.
    first
        Number of the first replicate drawn; the others follow.

    Raises
    ------
    ValueError
        If n, ``replicates`` or ``first`` is out of range.
    """
    if n < 1 or replicates < 0 or first < 0:
        raise ValueError(f"cannot draw {replicates} replicates from number {first} of {n} patients")
    steps = -(-n // _BLOCK)
    stream = np.random.Philox(np.random.SeedSequence(seed)).advance(first * steps)
    drawn = np.random.Generator(stream).random((replicates, steps * _BLOCK))[:, :n]
    return (drawn * n).astype(np.intp)


def counts(rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return how often each patient was drawn: (B, n) from drawn rows (B, n)."""
    replicates, n = rows.shape
    flat = rows + n * np.arange(replicates)[:, None]
    return np.bincount(flat.ravel(), minlength=replicates * n).reshape(replicates, n)


def batches(n: int, replicates: int, seed: int, size: int) -> Iterator[NDArray[np.int64]]:
    """Yield the multiplicities of all replicates, at most ``size`` replicates at a time."""
    for first in range(0, replicates, size):
        yield counts(indices(n, min(size, replicates - first), seed, first=first))
