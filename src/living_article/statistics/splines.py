"""Restricted (natural) cubic splines: linear beyond the outer knots.

Harrell's parameterisation (Regression Modeling Strategies, 2015, section 2.4.5), scaled as by ``Hmisc::rcspline.eval``
(norm = 2). SciPy's splines are interpolants; formulaic's ``cr`` would bring in the formula language.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
QUANTILES = (0.10, 0.50, 0.90)  # Harrell (2015), Table 2.3, three knots


def restricted_cubic(x: Floats, knots: Floats) -> Floats:
    """Return the basis (…, n, k − 1), x itself first, of values (…, n) with knots (…, k).

    Raises
    ------
    ValueError
        If there are fewer than three knots.
    """
    x, knots = np.asarray(x, float), np.asarray(knots, float)
    k = knots.shape[-1]
    if k < 3:
        raise ValueError("a restricted cubic spline needs three knots")
    knot = [knots[..., j, None] for j in range(k)]

    def cubed(j: int) -> Floats:
        above = np.maximum(x - knot[j], 0.0)
        return above * above * above  # NumPy raises to a power many times slower

    columns = [x]
    for j in range(k - 2):
        last = (knot[k - 2] - knot[j]) * cubed(k - 1) - (knot[k - 1] - knot[j]) * cubed(k - 2)
        columns.append((cubed(j) + last / (knot[k - 1] - knot[k - 2])) / (knot[k - 1] - knot[0]) ** 2)
    return np.stack(columns, axis=-1)


def weighted_quantiles(x: Floats, counts: Floats, levels: ArrayLike = QUANTILES) -> Floats:
    """Return quantiles (B, k) of values (B, n) repeated ``counts`` (B, n) times: R's type 7 on repeated rows."""
    order = np.argsort(x, axis=1, kind="stable")
    ordered = np.take_along_axis(x, order, axis=1)
    reached = np.cumsum(np.take_along_axis(np.broadcast_to(counts, x.shape), order, axis=1), axis=1)
    found = []
    for level in np.asarray(levels, float):
        position = (reached[:, -1:] - 1) * level
        below = np.floor(position + 1e-9)
        at = [np.sum(reached <= below + step, axis=1, keepdims=True) for step in (0, 1)]
        low, high = (np.take_along_axis(ordered, np.minimum(a, x.shape[1] - 1), axis=1) for a in at)
        found.append(low + (position - below) * (high - low))
    return np.concatenate(found, axis=1)
