"""How much of the variation of a result goes with each choice made in getting it.

R² of a linear model with one indicator a level, divided among the choices by averaging what a choice adds over all
orders of entry (Lindeman, Merenda and Gold, 1980, p. 119; "LMG" in Grömping, 2007, Am Stat 61:139). Shares are not
negative, add up to R², and do not depend on an order; choices that go together share what they explain.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

_MOST = 12  # choices: 4096 regressions


def variance_shares(choices: pd.DataFrame, values: ArrayLike) -> dict[str, float]:
    """Return the share of the variance of ``values`` (n,) that goes with each column of ``choices`` (n, k).

    All shares are 0 if the values do not vary; what is missing to 1 is due to choices acting together.

    Raises
    ------
    ValueError
        If a value is not finite, lengths differ, or there are more than 12 choices.
    """
    values = np.asarray(values, float)
    if values.shape != (len(choices),) or not np.isfinite(values).all():
        raise ValueError("one finite value for each row of choices is needed")
    if choices.shape[1] > _MOST:
        raise ValueError(f"at most {_MOST} choices")
    names = [name for name in choices if choices[name].nunique() > 1]
    shares = dict.fromkeys(choices.columns, 0.0)
    if np.ptp(values) <= 1e-12 * max(1.0, np.abs(values).max()):
        return shares
    columns = {name: pd.get_dummies(choices[name], drop_first=True).to_numpy(float) for name in names}
    explained = {
        frozenset(some): _r_squared([columns[name] for name in some], values)
        for size in range(len(names) + 1)
        for some in combinations(names, size)
    }
    k = len(names)
    for name in names:
        for before, r_squared in explained.items():
            if name not in before:
                weight = factorial(len(before)) * factorial(k - len(before) - 1) / factorial(k)
                shares[name] += weight * (explained[before | {name}] - r_squared)
    return {name: max(0.0, share) for name, share in shares.items()}


def _r_squared(columns: list[np.ndarray], values: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(values)), *columns])
    fitted = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return 1 - float(np.sum((values - fitted) ** 2) / np.sum((values - values.mean()) ** 2))
