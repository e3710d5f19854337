"""How often an unrelated number would agree: trying many tests finds some match by chance alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.stats import chi2, t

from living_article.audit.outcome import Verdict

if TYPE_CHECKING:
    from living_article.audit.run import Finding
    from living_article.published import PrintedNumber


def chance(
    printed: PrintedNumber, kind: str, df: float | None = None, reach: tuple[float, float] | None = None
) -> float | None:
    """Return the probability that a number drawn under the null hypothesis would count as the printed one.

    The drawn number is uniform for a P value (``kind="p"``), χ² or \\|t\\| with ``df`` degrees of freedom for a
    statistic. The target is what rounds or truncates to the printed decimals, 1.5 units wide; where any number of
    a range counts, ``reach``, it is that much wider. None for a printed bound, which half of all numbers may keep.
    """
    if printed.bound:
        return None
    unit = 10.0**-printed.decimals
    low, high = reach or (printed.number, printed.number)
    low, high = max(0.0, low - unit / 2), high + unit
    if kind == "p":
        return max(0.0, min(high, 1.0) - low)
    if kind == "chi2":
        return float(chi2.sf(low, df) - chi2.sf(high, df))
    return float(2 * (t.sf(low, df) - t.sf(high, df)))


def any_of(chances: Iterable[float]) -> float:
    """Return the probability that at least one of several independent attempts agrees by chance."""
    return 1 - math.prod(1 - chance for chance in chances)


@dataclass(frozen=True, slots=True)
class Multiplicity:
    """Claims on which several methods were tried, attempts made, claims matched, matches expected by chance."""

    claims: int
    attempts: int
    matched: int
    only_with: int
    expected: float


def multiplicity(findings: Iterable[Finding]) -> Multiplicity:
    """Count attempts and matches where several methods were tried, and the matches that chance alone would give.

    For each claim the chance of at least one match is taken as if its attempts were independent; tests of one
    table give similar results, so this is rather too much than too little.
    """
    several = [f for f in findings if sum(a.chance is not None for a in f.attempts) > 1]
    chances = [[a.chance for a in f.attempts if a.chance is not None] for f in several]
    return Multiplicity(
        claims=len(several),
        attempts=sum(map(len, chances)),
        matched=sum(any(a.agrees for a in f.attempts) for f in several),
        only_with=sum(f.verdict is Verdict.ONLY_WITH for f in several),
        expected=sum(map(any_of, chances)),
    )
