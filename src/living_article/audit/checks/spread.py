"""Standard deviations and extreme values: what a mean, a standard deviation and a group size allow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from living_article.audit import agreement
from living_article.audit.checks.proportions import sums_between
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import counted, fixed, like

if TYPE_CHECKING:
    from living_article.audit.case import Case


def least_squares(total: int, n: int) -> int:
    """Return the least sum of squares of n whole numbers with this sum: all as equal as possible."""
    each, over = divmod(total, n)
    return (n - over) * each**2 + over * (each + 1) ** 2


def feasible_sums(mean: tuple[float, float], sd: tuple[float, float], n: int, minimum: float | None) -> int:
    """Count the pairs of sum and sum of squares of n whole numbers with a mean and an SD in these ranges (GRIMMER).

    The sum of squares is as odd or even as the sum (Anaya 2016), at least that of equal numbers, and with a
    minimum at most that of one number taking all that is above it.
    """
    found = 0
    for total in sums_between(*mean, n):
        low, high = ((n - 1) * max(end, 0.0) ** 2 + total**2 / n for end in sd)
        low = max(low, least_squares(total, n))
        if minimum is not None:
            least = math.ceil(minimum)
            high = min(high, (n - 1) * least**2 + (total - (n - 1) * least) ** 2) if total >= n * least else -1.0
        squares = np.arange(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
        found += int(((squares - total) % 2 == 0).sum())
    return found


def deviation(case: Case) -> Outcome:
    """Test whether whole numbers, not below ``minimum``, can have the printed mean and SD; printed: mean, SD."""
    mean, sd = case.printed
    n = case.size("n")
    minimum = case.one("minimum").value if case.has("minimum") else None
    floor = "" if minimum is None else f", none below {minimum:g}"
    steps = (f"Mean {mean.printed}, SD {sd.printed}, {n} whole numbers{floor}.",)
    for how, ends in ((agreement.ROUNDING, agreement.rounded_from), (agreement.TRUNCATION, agreement.cut_to)):
        if pairs := feasible_sums(ends(mean), ends(sd), n, minimum):
            shown = f"{counted(pairs, 'pair')} of sum and sum of squares"
            return Outcome((Attempt("whole numbers", shown, how),), steps)
    bound = f"no {n} whole numbers{floor} have mean {mean.printed} and SD {sd.printed}"
    return Outcome((Attempt("whole numbers", "0 pairs of sum and sum of squares"),), steps, bound=bound)


def furthest(mean: float, sd: float, n: int) -> tuple[float, float]:
    """Return the least and greatest value that a sample can hold: mean ± SD·(n − 1)/√n (Samuelson 1968)."""
    reach = sd * (n - 1) / math.sqrt(n)
    return mean - reach, mean + reach


def extreme(case: Case) -> Outcome:
    """Test whether any group can hold the printed value, given means, SDs and sizes of the groups."""
    printed = case.printed[0]
    rows = zip(case.row("mean"), case.row("sd"), case.row("n"), strict=True)
    reaches = []
    for mean, sd, n in rows:
        lows, highs = zip(*(furthest(m, sd.range[1], int(n.value)) for m in mean.range), strict=True)
        reaches.append((min(lows), max(highs)))
    lowest, highest = min(low for low, _ in reaches), max(high for _, high in reaches)
    inside = any(low - agreement.TOLERANCE <= printed.number <= high + agreement.TOLERANCE for low, high in reaches)
    shown = f"{fixed(lowest, 1)} to {fixed(highest, 1)}"
    steps = (
        f"Means {case.texts('mean')}, SDs {case.texts('sd')}, patients {case.texts('n')}.",
        "No value of a sample lies further from its mean than SD × (n − 1)/√n (Samuelson 1968).",
    )
    attempt = Attempt("a value within reach of a group", shown, agreement.EXACT if inside else "")
    bound = "" if inside else f"values can lie from {shown}, not at {like(printed, printed.number)}"
    return Outcome((attempt,), steps, bound=bound)


CHECKS = {
    "spread.deviation": Check(deviation, ("rounding",), printed=(2, 2), required=("n",), optional=("minimum",)),
    "spread.extreme": Check(extreme, ("inputs",), required=("mean", "sd", "n")),
}
