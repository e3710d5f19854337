"""Risk sets of right-censored data: rows sorted once, so that every risk-set sum is a cumulative sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class RiskSets:
    """Rows sorted by falling time, censored before deaths at one time (n rows, K distinct death times).

    The risk set of a death time is then a prefix of the rows, and the deaths of one time stand together.
    A patient censored at a death time is at risk at it (the convention of Kaplan and Meier, 1958).
    """

    order: NDArray[np.intp]  # (n,) sorted row -> original row
    time: NDArray[np.float64]  # (n,) sorted, falling
    event: NDArray[np.bool_]  # (n,) sorted
    deaths: NDArray[np.intp]  # sorted rows that are deaths
    first_death: NDArray[np.intp]  # (K,) index into `deaths` of the first death at each death time
    last: NDArray[np.intp]  # (K,) last sorted row at risk
    death_times: NDArray[np.float64]  # (K,) falling
    reached: NDArray[np.intp]  # (n,) first k with death_times[k] <= time; K if none

    @property
    def group_of_death(self) -> NDArray[np.intp]:
        """Return, for each death, the index of its death time."""
        sizes = np.diff(np.append(self.first_death, self.deaths.size))
        return np.repeat(np.arange(self.first_death.size), sizes)

    @property
    def tied(self) -> bool:
        """Whether two deaths share a time."""
        return self.first_death.size < self.deaths.size


def check_survival(time: ArrayLike, event: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return times as floats and events as booleans.

    Raises
    ------
    ValueError
        If lengths differ, a time is negative, missing or infinite, or an event is neither 0 nor 1.
    """
    time, event = np.asarray(time, dtype=float), np.asarray(event)
    if time.ndim != 1 or time.shape != event.shape:
        raise ValueError(f"time and event must be two vectors of one length, not {time.shape} and {event.shape}")
    if not np.all(np.isfinite(time)) or np.any(time < 0):
        raise ValueError("times must be finite and not negative")
    if not np.all(np.isin(event, (0, 1))):
        raise ValueError("events must be 0 or 1")
    return time, event.astype(bool)


def risk_sets(time: ArrayLike, event: ArrayLike) -> RiskSets:
    """Sort the rows; raises ValueError as `check_survival` does."""
    time, event = check_survival(time, event)
    order = np.lexsort((event, -time))
    time, event = time[order], event[order]
    deaths = np.flatnonzero(event)
    death_times, first_death = np.unique(-time[deaths], return_index=True)
    death_times = -death_times
    last = np.searchsorted(-time, -death_times, side="right") - 1
    reached = np.searchsorted(-death_times, -time, side="left")
    return RiskSets(order, time, event, deaths, first_death, last, death_times, reached)
