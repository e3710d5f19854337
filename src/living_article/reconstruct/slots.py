"""Survival slots: how long, and with what end, one patient of each arm is followed; who that is comes later."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from living_article.reconstruct import assumptions
from living_article.reconstruct.assumptions import Curve
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS, Targets

DIED, LOST, ALIVE = "died", "lost", "alive"
FIRST = 0.9
"""No event before this time (months): the first treatment cycle is over."""


@dataclass(frozen=True)
class Slot:
    """Follow-up of one patient: arm, months with one decimal, how it ends, and whether progression comes before."""

    arm: str
    months: float
    end: str
    progresses: bool

    @property
    def event(self) -> int:
        """1 for a death."""
        return int(self.end == DIED)


def overall_slots(targets: Targets, random: RandomSource) -> list[Slot]:
    """Return one slot for each patient, sorted by time; no two times are equal."""
    taken = {months for arm in ARMS for months in assumptions.LOST[arm]}
    taken |= {targets.value(f"res_median_{endpoint}_{arm}") for endpoint in ("pfs", "os") for arm in ARMS}
    slots = []
    for arm in ARMS:
        n = targets.count(f"t1_n_{arm}")
        curve, lost = assumptions.DEATHS[arm], assumptions.LOST[arm]
        deaths = event_times(curve, n, targets.value(f"res_median_os_{arm}"), lost, taken, random)
        taken.update(deaths)
        alive = censored_times(n - curve.events - len(lost), assumptions.FOLLOW_UP_ALIVE, taken, random)
        taken.update(alive)
        early = assumptions.DIED_WITHOUT_PROGRESSION[arm]
        slots += [Slot(arm, t, DIED, rank not in early) for rank, t in enumerate(deaths, start=1)]
        slots += [Slot(arm, t, LOST, t not in assumptions.LOST_WITHOUT_PROGRESSION[arm]) for t in lost]
        spared = n - assumptions.PROGRESSIONS[arm].events - len(assumptions.LOST_WITHOUT_PROGRESSION[arm])
        free = set(random.shuffle(list(alive))[:spared])
        slots += [Slot(arm, t, ALIVE, t not in free) for t in alive]
    return sorted(slots, key=lambda slot: slot.months)


def progression_times(targets: Targets, slots: list[Slot], random: RandomSource) -> dict[str, list[float]]:
    """Return, for each arm, the times of the progressions that precede death or censoring, sorted.

    Together with the deaths without progression they lie on the assumed curve through the printed median, and no
    two times of progression-free survival are equal, be they events or not.
    """
    settled = [slot for slot in slots if not slot.progresses]
    taken = {slot.months for slot in settled} | {targets.value(f"res_median_pfs_{arm}") for arm in ARMS}
    times = {}
    for arm in ARMS:
        n, median = targets.count(f"t1_n_{arm}"), targets.value(f"res_median_pfs_{arm}")
        censored = [s.months for s in settled if s.arm == arm and not s.event]
        curve = event_times(assumptions.PROGRESSIONS[arm], n, median, censored, taken, random)
        for slot in settled:
            if slot.arm == arm and slot.event:  # this death takes the place of the nearest time of the curve
                curve.remove(min((t for t in curve if t != median), key=lambda t: (abs(t - slot.months), t)))
        if not falls_below_half(curve + [s.months for s in settled if s.arm == arm and s.event], censored, n, median):
            raise ValueError(f"deaths without progression move the median of the {arm} group")
        taken.update(curve)
        times[arm] = curve
    return times


def quantile(curve: Curve, median: float, middle: float, probability: float) -> float:
    """Return the time by which a proportion has had the event, if the proportion ``middle`` has by the median."""
    odds, odds_at_median = (p / (1.0 - curve.plateau - p) for p in (probability, middle))
    return median * (odds / odds_at_median) ** (1.0 / curve.shape)


def event_times(curve: Curve, n: int, median: float, censored, taken, random: RandomSource) -> list[float]:
    """Return event times of one arm in tenths of a month, distinct, not in ``taken``, with exactly this median.

    The Kaplan–Meier curve passes from above to below one half at the median, so that no rule for a curve that
    stays on one half applies. Raises ValueError if that is impossible.
    """
    moves = [random.uniform(-assumptions.JITTER, assumptions.JITTER) for _ in range(curve.events)]
    for rank in [r for r in (n // 2, n // 2 + 1) if r <= curve.events]:
        middle = (rank - 0.5) / n
        marks = [quantile(curve, median, middle, (k + 0.5 + move) / n) for k, move in enumerate(moves)]
        times = _spread([round(mark, 1) for mark in marks], rank - 1, median, taken)
        if falls_below_half(times, censored, n, median):
            return times
    raise ValueError(f"no event is the {median}-month median of {n} patients")


def _spread(times: list[float], middle: int, median: float, taken) -> list[float]:
    """Move times by tenths until they are distinct and free, increasing, and the middle one is the median."""
    spread = list(times)
    spread[middle] = median
    for k in range(middle - 1, -1, -1):
        while spread[k] >= spread[k + 1] or spread[k] in taken:
            spread[k] = round(spread[k] - 0.1, 1)
    for k in range(middle + 1, len(spread)):
        while spread[k] <= spread[k - 1] or spread[k] in taken:
            spread[k] = round(spread[k] + 0.1, 1)
    for k in range(middle):
        earlier = spread[k - 1] if k else round(FIRST - 0.1, 1)
        while spread[k] <= earlier or spread[k] in taken:
            spread[k] = round(spread[k] + 0.1, 1)
    return spread


def falls_below_half(events, censored, n: int, median: float) -> bool:
    """Whether the Kaplan–Meier curve of n patients falls from above to below one half exactly at ``median``."""
    survival, before = Fraction(1), Fraction(1)
    at_risk = n
    for time, event in sorted([(t, 1) for t in events] + [(t, 0) for t in censored]):
        if time > median:
            break
        before = survival
        if event:
            survival *= 1 - Fraction(1, at_risk)
        at_risk -= 1
    return survival < Fraction(1, 2) < before


def censored_times(count: int, limits: tuple[float, float], taken, random: RandomSource) -> list[float]:
    """Return distinct times of patients without an event, one in each equal part of the range between the limits."""
    low, high = limits
    times: list[float] = []
    for k in range(count):
        time = round(low + (high - low) * (k + random.uniform()) / count, 1)
        while time in taken or time in times:
            time = round(time + 0.1, 1)
        times.append(time)
    return times
