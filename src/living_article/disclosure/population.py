"""Whom results are about, as far as that may be told, and which two groups of real patients are too alike.

Two results of nearly the same patients, put side by side, tell of the few who differ: one number less the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.patients.subset import alike, by_arm, subset

TOO_ALIKE = "two results of nearly the same real patients; one less the other would tell of the few who differ"
REMEDY = "compare the same patients, or parts that differ more; if these are other patients, give the study another id"


@dataclass(frozen=True)
class Population:
    """The patients of one results file: a table, the rules by which some of it are taken, and how many these are.

    ``table`` is a fingerprint of the file as a whole; ``arms`` has no number where it would be below ``limit``.
    """

    study: str
    kind: str
    limit: int
    table: str
    eligible: tuple[str, ...]
    part: tuple[str, ...]
    arms: Mapping[str, int | None]

    def content(self) -> dict[str, Any]:
        """Return the fields for ``results.json``, which names the study already."""
        return {name: value for name, value in asdict(self).items() if name != "study"}

    @property
    def cohort(self) -> tuple:
        """What tells from other tables and rules of eligibility."""
        return self.table, self.eligible

    def same(self, other: Population) -> bool:
        """Return whether these are the same patients."""
        return (self.cohort, self.part, self.arms) == (other.cohort, other.part, other.arms)

    def close_to(self, other: Population) -> bool:
        """Return whether these are real patients of one study, or of one table, whose small counts are not shown."""
        real = self.kind == other.kind == "patients" and max(self.limit, other.limit) > 0
        return real and (self.study == other.study or self.table == other.table)


def population(cohort: Cohort, part: Iterable[str] = ()) -> Population:
    """Return the population of a cohort that was taken by the rules ``part``."""
    study, limit = cohort.study, cohort.provenance.limit
    counts = {arm.id: len(cohort.of(arm)) for arm in study.arms}
    return Population(
        study.id,
        cohort.provenance.kind,
        limit,
        hashlib.sha256(study.table.read_bytes()).hexdigest()[:16],
        tuple(f"{r.column}: {r.among or (r.at_least, r.at_most)}" for r in study.eligibility),
        tuple(part),
        {arm: None if 0 < number < limit else number for arm, number in counts.items()},
    )


def read_population(path: Path) -> Population | None:
    """Return whom a results file is about, None if it does not say; raises TypeError on a field that there is not."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if (fields := content.get("population")) is None:
        return None
    lists = {name: tuple(fields[name]) for name in ("eligible", "part") if name in fields}
    return Population(content["study"], **{**fields, **lists})


def nested(first: Population, second: Population, whole: Cohort | None = None) -> bool:
    """Return whether one of two populations of a study may be a part of the other.

    ``whole`` is the cohort of both, if it is at hand; without it, only of two parts nothing is known but their sizes.
    """
    if whole is None:
        return True
    one, other = (_members(p, whole) for p in (first, second))
    return any(one[arm] < other[arm] or other[arm] < one[arm] for arm in one)


def refuse_alike(first: Population, second: Population, whole: Cohort | None = None) -> None:
    """Refuse two groups of real patients of which one is, or may be, the other and a few more in an arm.

    Without ``whole``, the cohort of both, sizes decide: they may be the same only if one is known to be a part of the
    other.

    Raises
    ------
    InputError
        If the two are too alike.
    """
    if not first.close_to(second) or first.same(second):
        return
    limit, said = max(first.limit, second.limit), "; ".join(dict.fromkeys([_said(first), _said(second)]))
    if whole is not None:
        one, other = (_members(p, whole) for p in (first, second))
        close = any(alike(one[arm], other[arm], limit) for arm in one)
    else:
        part = first.cohort == second.cohort and not (first.part and second.part)
        close = any(
            _few(first.arms.get(arm), second.arms.get(arm), limit, same=part) for arm in {*first.arms, *second.arms}
        )
    if close:
        raise InputError(TOO_ALIKE, value=said, remedy=REMEDY)


def _members(population: Population, whole: Cohort) -> dict[str, set[str]]:
    """Return who of the whole cohort is in each arm of a population."""
    return by_arm(subset(whole, population.part))


def _few(one: int | None, other: int | None, limit: int, *, same: bool) -> bool:
    """Return whether sizes are, or may be, fewer than ``limit`` apart; ``same`` says that equal sizes are no harm."""
    if one is None or other is None:
        return not (same and one is other)
    return abs(one - other) < limit and not (same and one == other)


def _said(population: Population) -> str:
    return f"{population.study}: {' and '.join(population.part) or 'all patients'}"
