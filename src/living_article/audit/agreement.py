"""When a recomputed number is the printed one: rounded, truncated, or on the right side of a printed bound."""

from __future__ import annotations

from living_article.published import PrintedNumber

TOLERANCE = 1e-9
"""Binary fractions: a number this close to a rounding boundary may be rounded either way."""

ROUNDING, TRUNCATION, BOUND, EXACT = "rounding", "truncation", "bound", "exact"


def unit(printed: PrintedNumber) -> float:
    """Return one unit of the last printed decimal."""
    return 10.0**-printed.decimals


def rounded_from(printed: PrintedNumber) -> tuple[float, float]:
    """Return the interval of numbers that round to the printed one."""
    half = unit(printed) / 2
    return printed.number - half, printed.number + half


def cut_to(printed: PrintedNumber) -> tuple[float, float]:
    """Return the interval of numbers that truncate to the printed one; its end away from zero is left out."""
    step = unit(printed) - 2 * TOLERANCE
    return (printed.number, printed.number + step) if printed.number >= 0 else (printed.number - step, printed.number)


def satisfies(printed: PrintedNumber, value: float) -> bool:
    """Return whether a number keeps a printed bound such as ``<0.05``."""
    kept = {
        "<": value < printed.number,
        ">": value > printed.number,
        "≤": value <= printed.number,
        "≥": value >= printed.number,
    }
    return kept[printed.bound]


def how(printed: PrintedNumber, value: float) -> str:
    """Return how a number agrees with the printed one: ``rounding``, ``truncation``, ``bound``, or ``""`` if not."""
    if printed.bound:
        return BOUND if satisfies(printed, value) else ""
    low, high = rounded_from(printed)
    if low - TOLERANCE <= value <= high + TOLERANCE:
        return ROUNDING
    cut = abs(value) - abs(printed.number)
    same_sign = value * printed.number > 0 or printed.number == 0
    return TRUNCATION if same_sign and -TOLERANCE <= cut < unit(printed) - TOLERANCE else ""


def reached(printed: PrintedNumber, low: float, high: float) -> str:
    """Return how a range of possible numbers agrees: one of them rounds to, truncates to or keeps the printed one."""
    if printed.bound:
        return BOUND if satisfies(printed, low) or satisfies(printed, high) else ""
    lowest, highest = rounded_from(printed)
    if low <= highest + TOLERANCE and high >= lowest - TOLERANCE:
        return ROUNDING
    return how(printed, low)  # all above: only the lowest can still be cut to the printed one
