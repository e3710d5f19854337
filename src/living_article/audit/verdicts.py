"""The verdict on a claim, from what its check found. Verdicts are computed here and nowhere typed."""

from __future__ import annotations

from dataclasses import dataclass

from living_article.audit.agreement import TRUNCATION
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import counted, listed
from living_article.published import PrintedNumber


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, with what it takes (*reproduces only with*) or what proves it (*impossible*)."""

    verdict: Verdict
    detail: str = ""

    def __str__(self) -> str:
        """Return the verdict in words."""
        if self.verdict is Verdict.ONLY_WITH:
            return f"{self.verdict} {self.detail}"
        return str(self.verdict)


def rule(check: Check, outcome: Outcome) -> Ruling:
    """Return the verdict.

    A definition and a want of patient data are told by the check, a proof of impossibility comes before all
    attempts. A method the article names settles the claim; any other, or truncation, is named.
    """
    if outcome.reason:
        return Ruling(Verdict.DEFINITIONAL)
    if outcome.patients:
        return Ruling(Verdict.PATIENTS)
    if outcome.bound:
        return Ruling(Verdict.IMPOSSIBLE, outcome.bound)
    if any(a.named and a.agrees and a.how != TRUNCATION for a in outcome.attempts):
        return Ruling(Verdict.REPRODUCES)
    if conditions := [outcome.condition] if outcome.condition else _conditions(outcome.attempts):
        return Ruling(Verdict.ONLY_WITH, _either(conditions))
    return Ruling(check.failure)


def _conditions(attempts: tuple[Attempt, ...]) -> list[str]:
    """Name what makes the printed value come out; truncation on top of another method only if nothing else does."""
    cut = ["truncation"] if any(a.named and a.how == TRUNCATION for a in attempts) else []
    other = [a.method for a in attempts if not a.named and a.agrees and a.how != TRUNCATION]
    both = [f"{a.method} and truncation" for a in attempts if not a.named and a.how == TRUNCATION]
    return list(dict.fromkeys(cut + other or both))


def _either(conditions: list[str]) -> str:
    """Name one or two conditions, and of more the first."""
    if len(conditions) <= 2:
        return listed(conditions, "or")
    return f"{conditions[0]} or {len(conditions) - 1} other methods tried"


def significant(printed: PrintedNumber, alpha: float) -> bool:
    """Return whether a printed P value, or a printed bound on it, says significant at alpha."""
    return printed.number <= alpha if printed.bound == "<" else printed.bound == "" and printed.number < alpha


def meaning(check: Check, outcome: Outcome, ruling: Ruling, p: PrintedNumber | None, alpha: float | None) -> str:
    """Return what a discrepancy may mean for a reader; nothing where there is none.

    ``p`` is the printed P value of the claim, if it has one and a level ``alpha`` to hold it against.
    """
    if ruling.verdict in (Verdict.REPRODUCES, Verdict.DEFINITIONAL, Verdict.PATIENTS):
        return ""
    failed = ruling.verdict is not Verdict.ONLY_WITH
    said = [check.meaning] if failed and check.meaning else []
    values = [a.value for a in outcome.attempts if a.value is not None]
    if p is not None and alpha is not None and values:
        said.append(_conclusion(values, significant(p, alpha), alpha))
    return " ".join(said)


def _conclusion(values: list[float], printed: bool, alpha: float) -> str:
    number, below = len(values), sum(value < alpha for value in values)
    tests = counted(number, "test")
    if below == 0:
        text = (
            f"Not significant at {alpha:g} under any of the {tests} tried"
            if number > 1
            else f"P is not below {alpha:g}"
        )
    elif below == number:
        text = f"Significant at {alpha:g} under each of the {tests} tried" if number > 1 else f"P is below {alpha:g}"
    else:
        return f"Significant at {alpha:g} under {below} of the {tests} tried."
    return f"{text}, {'as' if (below > 0) == printed else 'unlike what is'} printed."
