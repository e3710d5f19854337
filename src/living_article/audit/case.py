"""A claim with its printed values looked up: what a check works on."""

from __future__ import annotations

from dataclasses import dataclass

from living_article.audit.claims import Claim
from living_article.audit.wording import MINUS
from living_article.errors import InputError
from living_article.published import PrintedNumber, PrintedValue, Published


@dataclass(frozen=True, slots=True)
class Term:
    """One input: a number, what was printed for it, and half a unit of its last printed decimal."""

    value: float
    text: str
    half: float = 0.0

    @property
    def range(self) -> tuple[float, float]:
        """Return the unrounded values that are printed like this."""
        return self.value - self.half, self.value + self.half


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, its printed values and its inputs as numbers."""

    claim: Claim
    published: Published

    @property
    def values(self) -> tuple[PrintedValue, ...]:
        """Return the printed values the claim is about, numbers or dates."""
        return tuple(self.published.get(id) for id in self.claim.printed)

    @property
    def printed(self) -> tuple[PrintedNumber, ...]:
        """Return the printed numbers the claim is about; raises InputError if one of them is a date."""
        return tuple(self.number(id, "printed") for id in self.claim.printed)

    @property
    def methods(self) -> list[tuple[str, bool]]:
        """Return the methods to try, each with whether the article names it."""
        return [(m, True) for m in self.claim.methods] + [(m, False) for m in self.claim.alternatives]

    def number(self, id: str, column: str) -> PrintedNumber:
        """Return the printed number that a column of the claim names; raises InputError for a date."""
        value = self.published.get(id)
        if not isinstance(value, PrintedNumber):
            raise self.wrong(f"{id} is a date, not a number", column)
        return value

    def has(self, name: str) -> bool:
        """Return whether the claim gives this input."""
        return name in self.claim.inputs

    def table(self, name: str) -> list[list[Term]]:
        """Return an input of several rows."""
        return [[self._sum(terms) for terms in row] for row in self.claim.inputs[name]]

    def row(self, name: str, length: int | None = None) -> list[Term]:
        """Return an input of one row; raises InputError if it has several or another length."""
        rows = self.table(name)
        if len(rows) != 1 or length not in (None, len(rows[0])):
            wanted = f"one row of {length}" if length else "one row"
            raise self.wrong(f"{name} must be {wanted}", "inputs")
        return rows[0]

    def one(self, name: str) -> Term:
        """Return a single input; raises InputError if there are several."""
        return self.row(name, 1)[0]

    def size(self, name: str) -> int:
        """Return a single input that is a number of patients; raises InputError unless it is whole and not 0."""
        value = self.one(name).value
        if value < 1 or value != int(value):
            raise self.wrong(f"{name} must be a whole number of patients, 1 or more, not {value:g}", "inputs")
        return int(value)

    def texts(self, name: str) -> str:
        """Return an input as the article prints it, such as ``31, 24; 23, 17``."""
        return "; ".join(", ".join(term.text for term in row) for row in self.table(name))

    def wrong(self, problem: str, column: str) -> InputError:
        """Return the error for a claim whose values do not suit its check."""
        claim = self.claim
        return InputError(f"claim {claim.id}: {problem}", file=self.published.folder, row=claim.row, column=column)

    def _sum(self, terms: tuple[str, ...]) -> Term:
        found = [self._term(term) for term in terms]
        text = found[0].text
        for term, part in zip(terms[1:], found[1:], strict=True):
            text += f" {MINUS if term.startswith('-') else '+'} {part.text}"
        return Term(sum(t.value for t in found), text, sum(t.half for t in found))

    def _term(self, term: str) -> Term:
        name, sign = term.lstrip("+-"), -1 if term.startswith("-") else 1
        if name not in self.published:
            return Term(sign * float(name), name)
        value = self.number(name, "inputs")
        return Term(sign * value.number, value.printed.rstrip("#*"), 0.5 * 10**-value.decimals)
