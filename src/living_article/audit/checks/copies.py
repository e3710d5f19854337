"""One number printed in several places: abstract, text and table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import listed
from living_article.published import PrintedDate, PrintedNumber

if TYPE_CHECKING:
    from living_article.audit.case import Case
    from living_article.published import PrintedValue


def agree(one: PrintedValue, other: PrintedValue) -> bool:
    """Return whether two printings tell the same: equal, rounded to fewer decimals, or within a printed bound."""
    if isinstance(one, PrintedNumber) and isinstance(other, PrintedNumber):
        return _numbers_agree(one, other)
    return isinstance(one, PrintedDate) and isinstance(other, PrintedDate) and one.date == other.date


def _numbers_agree(one: PrintedNumber, other: PrintedNumber) -> bool:
    if one.bound and other.bound:
        return (one.bound, one.number) == (other.bound, other.number)
    if one.bound or other.bound:
        bound, number = (one, other) if one.bound else (other, one)
        return agreement.satisfies(bound, number.number)
    coarse, fine = sorted((one, other), key=lambda value: value.decimals)
    # A whole number such as 10 beside 10.00 says the same; 10.4 beside 10 is a rounding.
    return agreement.how(coarse, fine.number) == agreement.ROUNDING


def equal(case: Case) -> Outcome:
    """Test whether all printings of one number agree with the first."""
    first, *others = case.values
    attempts = []
    for other in others:
        how = agreement.EXACT if agree(first, other) else ""
        attempts.append(Attempt(f"the value in {other.location}", other.printed.rstrip("#*"), how))
    places = listed([f"{value.printed} ({value.location})" for value in case.values])
    if not all(attempt.agrees for attempt in attempts):
        # one that differs is enough, so that those that agree do not hide it
        attempts = [attempt for attempt in attempts if not attempt.agrees]
    return Outcome(tuple(attempts), (f"Printed: {places}.",))


CHECKS = {
    "copies.equal": Check(
        equal,
        ("exact",),
        printed=(2, 999),
        failure=Verdict.INCONSISTENT,
        meaning="The article alone does not tell which of the printed values holds.",
    )
}
