"""Audit an article: printed values and claims in, one finding a claim out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from living_article.audit.case import Case
from living_article.audit.claims import Claim, load_claims
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.reconstructed import Beside, beside
from living_article.audit.registry import CHECKS
from living_article.audit.verdicts import meaning, rule
from living_article.errors import InputError
from living_article.published import PrintedNumber, Published, load_published
from living_article.records import Results


@dataclass(frozen=True, slots=True)
class Place:
    """One printing of a number: where, what, and the printed string."""

    id: str
    location: str
    quantity: str
    printed: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one claim.

    ``detail`` names what *reproduces only with* takes or the bound that proves *impossible*; ``working`` are
    sentences, ``meaning`` what a discrepancy may mean for a reader, ``cohort`` what the reconstructed cohort
    gives, empty when its records are not at hand.
    """

    id: str
    section: str
    grain: str
    check: str
    claim: str
    printed: tuple[Place, ...]
    verdict: Verdict
    detail: str
    attempts: tuple[Attempt, ...]
    working: tuple[str, ...]
    meaning: str
    cohort: tuple[Beside, ...]

    @property
    def recomputed(self) -> str:
        """Return the result that decided the verdict: the first that agrees, else the first; "" without attempts."""
        shown = [a.shown for a in self.attempts if a.agrees] or [a.shown for a in self.attempts]
        return shown[0] if shown else ""

    @property
    def printed_text(self) -> str:
        """Return the printed strings, each once, in the order of the claim."""
        return ", ".join(dict.fromkeys(place.printed for place in self.printed))

    @property
    def verdict_text(self) -> str:
        """Return the verdict with what it takes: ``reproduces only with truncation``."""
        return f"{self.verdict} {self.detail}" if self.verdict is Verdict.ONLY_WITH else str(self.verdict)


def audit(published: Published, claims: Iterable[Claim], results: Mapping[str, Results] | None = None) -> list[Finding]:
    """Check every claim, in the order of the claims file.

    ``results`` are the records of a reconstructed cohort by section; they are shown beside the printed values
    and change no verdict.

    Raises
    ------
    InputError
        If the values of a claim do not suit its check, or nothing can be computed from them.
    """
    return [_finding(published, claim, results or {}) for claim in claims]


def audit_folder(folder: Path, results: Mapping[str, Results] | None = None) -> list[Finding]:
    """Audit the article whose printed values and claims lie in a folder; raises InputError as the readers do."""
    published = load_published(folder)
    return audit(published, load_claims(published), results)


def _finding(published: Published, claim: Claim, results: Mapping[str, Results]) -> Finding:
    case, check = Case(claim, published), CHECKS[claim.check]
    outcome = _outcome(case, check)
    ruling = rule(check, outcome)
    alpha = case.one("alpha").value if case.has("alpha") else None
    p = next((v for v in case.values if isinstance(v, PrintedNumber) and v.quantity == "P value"), None)
    notes = (*outcome.working, *filter(None, (outcome.reason or claim.note,)))
    return Finding(
        claim.id, claim.section, claim.grain, claim.check, claim.claim,
        tuple(Place(v.id, v.location, v.quantity, v.printed) for v in case.values),
        ruling.verdict, ruling.detail, outcome.attempts, notes,
        meaning(check, outcome, ruling, p, alpha), beside(published, claim.printed, results),
    )  # fmt: skip


def _outcome(case: Case, check: Check) -> Outcome:
    """Run a check; a printed P value that is none needs no check."""
    for value in case.values:
        if isinstance(value, PrintedNumber) and value.quantity == "P value" and not 0 <= value.number <= 1:
            return Outcome(bound=f"a P value lies between 0 and 1, not at {value.printed}")
    try:
        return check.run(case)
    except (ValueError, ArithmeticError) as error:  # what the statistics raise for an argument that makes no sense
        if isinstance(error, InputError):
            raise
        raise case.wrong(f"nothing can be computed from its values: {error}", "inputs") from error


def by_section(findings: Iterable[Finding]) -> dict[str, dict[Verdict, int]]:
    """Count the verdicts of each section, sections in order of appearance, verdicts in order of definition."""
    counts: dict[str, dict[Verdict, int]] = {}
    for finding in findings:
        counts.setdefault(finding.section, dict.fromkeys(Verdict, 0))[finding.verdict] += 1
    return counts
