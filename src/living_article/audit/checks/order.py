"""Printed values that must stand in an order: an estimate inside its interval, a horizon inside the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import counted
from living_article.published import PrintedDate

if TYPE_CHECKING:
    from living_article.audit.case import Case


def rising(case: Case) -> Outcome:
    """Test whether the numbers of ``values`` do not fall."""
    terms = case.row("values")
    holds = all(a.value <= b.value + agreement.TOLERANCE for a, b in zip(terms, terms[1:], strict=False))
    shown = " ≤ ".join(term.text for term in terms) if holds else ", ".join(term.text for term in terms)
    return Outcome((Attempt("values in this order", shown, agreement.EXACT if holds else ""),))


def follow_up(case: Case) -> Outcome:
    """Test whether a time lies within the longest possible follow-up; printed: time, first enrolment, cut-off.

    ``months`` is the time in months. Dates printed as a month count as whole months, both ends included.
    """
    _, start, end = case.values
    if not isinstance(start, PrintedDate) or not isinstance(end, PrintedDate):
        raise case.wrong("enrolment and cut-off must be dates", "printed")
    longest = 12 * (end.date.year - start.date.year) + end.date.month - start.date.month + 1
    months = case.one("months").value
    how = agreement.EXACT if months <= longest else ""
    shown = f"{months:g} months of at most {longest}"
    steps = (f"From {start.printed} to {end.printed}, both months counted whole, lie {counted(longest, 'month')}.",)
    bound = "" if how else f"the longest possible follow-up is {counted(longest, 'month')}"
    return Outcome((Attempt("a time within the follow-up", shown, how, months),), steps, bound=bound)


CHECKS = {
    "order.rising": Check(
        rising,
        ("exact",),
        printed=(1, 999),
        required=("values",),
        failure=Verdict.INCONSISTENT,
        meaning="The printed values do not stand in this order.",
    ),
    "order.follow_up": Check(follow_up, ("exact",), printed=(3, 3), required=("months",)),
}
