"""Risk sets of right-censored data: rows sorted once, so that every risk-set sum is a cumulative sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .kaplan_meier import checked_survival


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


def risk_sets(time: ArrayLike, event: ArrayLike) -> RiskSets:
    """Sort the rows; raises ValueError as `checked_survival` does."""
    time, event = checked_survival(time, event)
    order = np.lexsort((event, -time))
    time, event = time[order], event[order]
    deaths = np.flatnonzero(event)
    death_times, first_death = np.unique(-time[deaths], return_index=True)
    death_times = -death_times
    last = np.searchsorted(-time, -death_times, side="right") - 1
    reached = np.searchsorted(-death_times, -time, side="left")
    return RiskSets(order, time, event, deaths, first_death, last, death_times, reached)
