"""Claims that only patient data can settle, with what can be said without them.

What a reconstructed cohort gives is added to every finding by `living_article.audit.reconstructed`; it shows
that a printed value can occur, not that it did.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome
from living_article.audit.wording import fixed, like
from living_article.statistics.results import two_sided_p

if TYPE_CHECKING:
    from living_article.audit.case import Case


def needed(case: Case) -> Outcome:
    """Return that the printed numbers alone say nothing on this claim."""
    return Outcome(patients=True)


def exponential_p(medians: tuple[float, float], events: tuple[float, float]) -> float:
    """Return the two-sided P of log HR between exponential curves through two medians.

    The hazard ratio is the inverse ratio of the medians, its variance 1/d₁ + 1/d₂ (Cox & Oakes 1984, section 3.2).
    """
    z = math.log(medians[1] / medians[0]) / math.sqrt(1 / events[0] + 1 / events[1])
    return two_sided_p(z)


def medians(case: Case) -> Outcome:
    """Compare a printed P of two survival curves with exponential curves through the printed medians."""
    printed = case.printed[0]
    middle, sizes = ([term.value for term in case.row(name, 2)] for name in ("medians", "sizes"))
    p = exponential_p((middle[0], middle[1]), (sizes[0], sizes[1]))
    ratio = middle[1] / middle[0]
    attempt = Attempt("exponential curves, each patient with an event", like(printed, p), agreement.how(printed, p), p)
    steps = (
        f"Exponential curves through medians of {case.texts('medians')} have a hazard ratio of {fixed(ratio, 3)}; "
        f"were every one of the {case.texts('sizes')} patients followed to the event, P would be {fixed(p, 3)}, and "
        "larger with censoring. Curves of another shape can give smaller or larger P values with the same medians.",
    )
    return Outcome((attempt,), steps, patients=True)


CHECKS = {
    "patient_data.needed": Check(needed, ("none",), printed=(1, 999)),
    "patient_data.medians": Check(medians, ("none",), required=("medians", "sizes"), optional=("alpha",)),
}
