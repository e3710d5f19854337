"""Numbers in the working of a claim: one decimal more than printed, so that rounding and cutting can be seen."""

from __future__ import annotations

import math

from living_article.published import PrintedNumber

MINUS = "\N{MINUS SIGN}"


def fixed(value: float, decimals: int) -> str:
    """Return a number with this many decimals, without a negative zero."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def plain(value: float) -> str:
    """Return a number with up to four significant digits and no needless decimals."""
    return f"{value:.4g}".replace("-", MINUS) if abs(value) < 1e4 else f"{value:,.0f}".replace("-", MINUS)


def like(printed: PrintedNumber, value: float) -> str:
    """Return a recomputed number with one decimal more than the printed one; whole numbers stay whole."""
    if printed.decimals == 0 and abs(value - round(value)) < 1e-9:
        return fixed(value, 0)
    # A P value of 0.0004 beside a printed 0.05 would otherwise read 0.000.
    small = -math.floor(math.log10(abs(value))) if 0 < abs(value) < 1 else 0
    decimals = printed.decimals + 1
    return fixed(value, max(decimals, min(small, 6)) if printed.bound else decimals)


def span(printed: PrintedNumber, low: float, high: float) -> str:
    """Return ``0.67 to 2.02``, or one number if both ends read alike."""
    ends = like(printed, low), like(printed, high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 table`` or ``2,296 tables``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: list[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
