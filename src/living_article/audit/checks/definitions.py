"""Definitions: wording that decides what a number means, with nothing to recompute; the claim's note says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from living_article.audit.outcome import Check, Outcome

if TYPE_CHECKING:
    from living_article.audit.case import Case


def stated(case: Case) -> Outcome:
    """Return the reason that the claims file gives."""
    return Outcome(reason=case.claim.note)


CHECKS = {"definitions.stated": Check(stated, ("none",), printed=(1, 999))}
