"""Percentages, sums and means of whole numbers: what counts can give, rounded or truncated.

The test of a mean of whole numbers is GRIM (Brown & Heathers 2017, Social Psychological and Personality
Science 8:363); that of a percentage is the same with 0/1 values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import counted, fixed, like, plain

if TYPE_CHECKING:
    from living_article.audit.case import Case
    from living_article.published import PrintedNumber


def percentage(case: Case) -> Outcome:
    """Recompute a percentage from its count and its group; ``other_whole`` is a second denominator to try."""
    printed, part = case.printed[0], case.one("part")
    made = []
    for name, named in case.methods:
        whole = case.one(name)
        if not whole.value:
            raise case.wrong("a group without patients", "inputs")
        value = 100 * part.value / whole.value
        label = f"{part.text} of {whole.text}" if whole.text.isdigit() else f"{part.text} of ({whole.text})"
        made.append(Attempt(label, like(printed, value), agreement.how(printed, value), value, named))
    steps = []
    if not any(a.agrees for a in made):
        steps = [_nearest(printed, int(case.one("whole").value))]
    return Outcome(tuple(made), tuple(steps))


def counts_giving(printed: PrintedNumber, whole: int) -> dict[int, str]:
    """Return the counts out of ``whole`` whose percentage is the printed one, each with how it agrees."""
    found = {k: agreement.how(printed, 100 * k / whole) for k in range(whole + 1)}
    return {k: how for k, how in found.items() if how}


def _nearest(printed: PrintedNumber, whole: int) -> str:
    giving = counts_giving(printed, whole)
    if printed.bound:
        return f"{counted(len(giving), 'count')} of {whole} patients would keep {printed.printed}%."
    if giving:
        counts = " or ".join(f"{k}, by {how}" for k, how in giving.items())
        return f"{printed.printed}% of {whole} would be a count of {counts}."
    return f"No whole number of {whole} patients gives {printed.printed}%."


def attainable(case: Case) -> Outcome:
    """Test whether any whole number of a group gives the printed percentage."""
    printed, whole = case.printed[0], case.size("whole")
    giving = counts_giving(printed, whole)
    ways = (agreement.ROUNDING, agreement.BOUND, agreement.TRUNCATION)
    how = next((how for how in ways if how in giving.values()), "")
    attempt = Attempt(f"a whole number of {whole} patients", _nearest(printed, whole).rstrip("."), how)
    bound = "" if giving else f"none of the {whole + 1} counts gives {printed.printed}%"
    return Outcome((attempt,), bound=bound)


def total(case: Case) -> Outcome:
    """Test whether the parts add up to the printed total."""
    printed, parts = case.printed[0], case.row("parts")
    value = sum(part.value for part in parts)
    text = f"{' + '.join(part.text for part in parts)} = {plain(value)}"
    how = agreement.EXACT if abs(value - printed.number) < agreement.TOLERANCE else ""
    short = printed.number - value
    steps = () if how else (f"The parts are {plain(abs(short))} too {'few' if short > 0 else 'many'}.",)
    return Outcome((Attempt("the sum of the parts", text, how, value),), steps)


def mean(case: Case) -> Outcome:
    """Test whether any whole-number sum gives the printed mean (GRIM)."""
    printed, n = case.printed[0], case.size("n")
    low, high = agreement.rounded_from(printed)
    steps = (
        f"Sums of {n} whole numbers with a mean from {fixed(low, printed.decimals + 1)} "
        f"to {fixed(high, printed.decimals + 1)}.",
    )
    for how, ends in ((agreement.ROUNDING, (low, high)), (agreement.TRUNCATION, agreement.cut_to(printed))):
        if sums := sums_between(*ends, n):
            return Outcome((Attempt("whole numbers", counted(len(sums), "sum"), how),), steps)
    bound = f"no sum of {n} whole numbers gives a mean of {printed.printed}"
    return Outcome((Attempt("whole numbers", counted(0, "sum")),), steps, bound=bound)


def sums_between(low: float, high: float, n: int) -> range:
    """Return the whole-number sums of n values whose mean lies between two numbers, both included."""
    return range(math.ceil(low * n - agreement.TOLERANCE), math.floor(high * n + agreement.TOLERANCE) + 1)


CHECKS = {
    "proportions.percentage": Check(
        percentage,
        ("rounding",),
        required=("part", "whole"),
        optional=("other_whole",),
        methods=("whole", "other_whole"),
        failure=Verdict.INCONSISTENT,
        meaning="Count and percentage do not describe the same patients.",
    ),
    "proportions.attainable": Check(attainable, ("rounding",), required=("whole",)),
    "proportions.sum": Check(
        total,
        ("exact",),
        required=("parts",),
        failure=Verdict.INCONSISTENT,
        meaning="It is open which of these numbers is to be read differently.",
    ),
    "proportions.mean": Check(mean, ("rounding",), required=("n",)),
}
