"""What a check returns: the attempts made, and the working in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from living_article.audit.case import Case


class Verdict(StrEnum):
    """What can be said of a printed value, from the most to the least settled."""

    REPRODUCES = "reproduces"
    ONLY_WITH = "reproduces only with"
    NOT = "does not reproduce"
    INCONSISTENT = "internally inconsistent"
    IMPOSSIBLE = "impossible"
    DEFINITIONAL = "definitional"
    PATIENTS = "needs patient data"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of recomputing a printed value.

    ``method`` completes "reproduces only with …"; ``shown`` is the result in words; ``value`` the number, if it
    is one; ``how`` is ``""`` when it does not agree, else ``rounding``, ``truncation``, ``bound`` or ``exact``;
    ``named`` tells whether the article names this method, rather than this audit trying it; ``chance`` is the
    probability that an unrelated number of this kind would agree.
    """

    method: str
    shown: str
    how: str = ""
    value: float | None = None
    named: bool = True
    chance: float | None = None

    @property
    def agrees(self) -> bool:
        """Return whether the printed value comes out this way."""
        return bool(self.how)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The attempts of one check and what a reader needs in order to follow them.

    ``bound`` proves that the printed value cannot occur, ``reason`` says why there is nothing to compute, and
    ``patients`` that only patient data could settle the claim. ``condition`` is what it takes to reproduce the
    value, where that is more than the name of a method.
    """

    attempts: tuple[Attempt, ...] = ()
    working: tuple[str, ...] = ()
    bound: str = ""
    reason: str = ""
    patients: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of check, and what a claim must give it.

    ``agreements`` are the kinds of agreement it can tell (see `living_article.audit.claims.AGREEMENTS`),
    ``printed`` is the least and the greatest number of printed values; ``required`` are the inputs without which
    nothing can be computed, an entry such as ``"table|events+totals"`` naming substitutes; ``failure`` is the
    verdict when no attempt agrees, and ``meaning`` what that may mean for a reader.
    """

    run: Callable[[Case], Outcome]
    agreements: tuple[str, ...]
    printed: tuple[int, int] = (1, 1)
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    failure: Verdict = Verdict.NOT
    meaning: str = ""
