"""Model terms as rows: which rows a term has in a table, what they are called, and which records they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from living_article.display import words
from living_article.published import PrintedNumber, Published
from living_article.study.model import Covariate, Study


@dataclass(frozen=True)
class Row:
    """One row of a table of a regression: a numeric covariate, or one level of another."""

    covariate: Covariate
    level: str | None = None

    @property
    def reference(self) -> bool:
        """Whether this is the level that the others are compared with."""
        return self.level is not None and self.level == self.covariate.reference

    @property
    def column(self) -> str:
        """Name of the design column (`living_article.statistics.design.Term.columns`)."""
        return self.covariate.id if self.level is None else f"{self.covariate.id}: {self.level}"

    @property
    def term(self) -> str:
        """The ``term`` of the row's hazard ratio: the covariate, with the level if there are more than two."""
        if self.level is None or len(self.covariate.levels) == 2:
            return self.covariate.id
        return f"{self.covariate.id}:{self.level}"

    @property
    def level_term(self) -> str:
        """The ``term`` of what every level has, such as its points: ``covariate:level``."""
        return self.covariate.id if self.level is None else f"{self.covariate.id}:{self.level}"

    @property
    def label(self) -> str:
        """``Sex: Male`` or ``Age, per year``."""
        if self.level is not None:
            return f"{self.covariate.label}: {self.covariate.levels[self.level]}"
        return f"{self.covariate.label}, {per(self.covariate)}"

    @property
    def contrast(self) -> str:
        """``Male vs Female``, or ``per year`` for a numeric covariate."""
        levels, reference = self.covariate.levels, self.covariate.reference
        if self.level is None or reference is None:
            return per(self.covariate)
        return f"{levels[self.level]} vs {levels[reference]}"


def per(covariate: Covariate) -> str:
    """Return ``per year`` from the unit ``years``; ``per unit`` without one.

    >>> per(Covariate("age", "age", "Age", "continuous", unit="years"))
    'per year'
    """
    return f"per {singular(covariate.unit or 'unit')}"


def singular(unit: str) -> str:
    """Return ``month`` for ``months``; a unit without a plural s, such as ``U/L`` or ``s``, stays as it is."""
    return unit[:-1] if unit.endswith("s") and len(unit) > 2 else unit


def covariates(study: Study, names: Iterable[str]) -> list[Covariate]:
    """Return the terms as covariates."""
    return [study.term(name) for name in names]


def rows(terms: Iterable[Covariate], *, references: bool = True) -> list[Row]:
    """Return the rows of some terms, levels in the order of the study file, with or without reference levels."""
    found = []
    for covariate in terms:
        found += [Row(covariate, level) for level in covariate.levels] if not covariate.numeric else [Row(covariate)]
    return [row for row in found if references or not row.reference]


def name(covariate: Covariate, *details: str) -> str:
    """Return the label for use inside a sentence, with details in brackets.

    What follows a comma in the label goes into the brackets too, so that names can be listed.

    >>> name(Covariate("t", "t", "T stage, high", "categorical"), "P = 0.033")
    'T stage (high; P = 0.033)'
    """
    head, _, tail = words.lower_first(covariate.label).partition(", ")
    inside = "; ".join([tail] * bool(tail) + list(details))
    return f"{head} ({inside})" if inside else head


Printed = dict[str, PrintedNumber]
"""The printed numbers of one record by quantity (``hazard ratio``, ``P value``, …)."""


def printed(published: Published | None, section: str, record: str, endpoint: str) -> dict[str, Printed]:
    """Return, for each term, the numbers that the article's tables print for this record."""
    found: dict[str, Printed] = {}
    if published is None:
        return found
    for link in published.links:
        if (link.section, link.name, link.endpoint) != (section, record, endpoint) or link.term is None:
            continue
        value = published.number(link.id)
        if value.location.startswith("Table"):
            found.setdefault(link.term, {})[value.quantity] = value
    return found


def printed_level(published: Published | None, found: dict[str, Printed]) -> float | None:
    """Return the confidence level, as a proportion, printed over the intervals of the same table; None if none is."""
    if published is None:
        return None
    locations = {value.location for printed in found.values() for value in printed.values()}
    for location in sorted(locations):
        for value in published.numbers(location, quantity="confidence level"):
            return value.number / 100
    return None


def widest(printed: Printed | None) -> tuple[float, float] | None:
    """Return the widest interval that rounds to the printed one, None if no interval is printed."""
    low, high = ((printed or {}).get(f"confidence limit, {end}") for end in ("lower", "upper"))
    if low is None or high is None:
        return None
    return low.number - 0.5 * 10**-low.decimals, high.number + 0.5 * 10**-high.decimals
