"""The main findings on one screen: for survival, response and toxicity what differs, by how much, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from living_article.disclosure.small_cells import HIDDEN
from living_article.display import words
from living_article.display.sentences import response, survival, toxicity
from living_article.display.tables.response import RATES
from living_article.display.tables.toxicity import ANY
from living_article.records import Record, Results
from living_article.study.model import Arms, Endpoint, Study, ToxicityGroup

MOST = 3
"""Rows of a finding; a study with more endpoints or organ systems shows the primary one, or any adverse event."""


@dataclass(frozen=True)
class Row:
    """One quantity in both arms (treated first) with the effect between them, its test, and all of it as a sentence."""

    label: str
    arms: tuple[Record, Record]
    effect: Record
    test: Record
    sentence: str

    @property
    def direction(self) -> float:
        """Above 0 if there is more of it in the treated arm, below 0 if less, 0 if the same or unknown."""
        if self.effect.value is None:
            return 0.0
        return 1 - self.effect.value if self.effect.unit == "hazard ratio" else self.effect.value


@dataclass(frozen=True)
class Finding:
    """What one section finds; ``more`` and ``less`` are the words for its two directions, ``alpha`` its level."""

    section: str
    quantity: str
    more: str
    less: str
    rows: tuple[Row, ...]
    alpha: float


def findings(study: Study, results: Mapping[str, Results], alphas: Mapping[str, float]) -> list[Finding]:
    """Return the findings of the sections that were run; ``results`` and ``alphas`` are by section id."""
    kinds = {
        "survival": ("median", "longer", "shorter", _survival),
        "response": ("% of patients", "more frequent", "less frequent", _response),
        "toxicity": ("% of patients", "more frequent", "less frequent", _toxicity),
    }
    found = []
    for section, (quantity, more, less, rows) in kinds.items():
        if section in results and (drawn := tuple(filter(_known, rows(study, results[section], alphas[section])))):
            found.append(Finding(section, quantity, more, less, drawn, alphas[section]))
    return found


def claim(finding: Finding, arms: Arms) -> str:
    """Say in one or two sentences what differs between the arms and what does not."""
    tested = [row for row in finding.rows if row.test.p is not None]
    sure = [row for row in tested if row.test.p is not None and row.test.p < finding.alpha and row.direction]
    told = []
    for word, rows in (
        (finding.more, [row for row in sure if row.direction > 0]),
        (finding.less, [row for row in sure if row.direction < 0]),
    ):
        if rows:
            verb = "were" if len(rows) > 1 else "was"
            told.append(f"{_names(rows)} {verb} {word} with {words.lower_first(arms.treated.label)}.")
    unsure = [row for row in tested if row not in sure]
    if len(unsure) == len(finding.rows) > 1:
        return "No difference is statistically significant."
    if unsure:
        told.append(f"{_names(unsure)} did not differ significantly.")
    if untested := [row for row in finding.rows if row not in tested]:
        told.append(f"{_names(untested)} could not be tested.")
    return " ".join(told)


def _names(rows: Iterable[Row]) -> str:
    listed = words.listed([words.lower_first(row.label) for row in rows])
    return listed[0].upper() + listed[1:]


def _known(row: Row) -> bool:
    return any(record.value is not None or record.note != HIDDEN for record in (*row.arms, row.effect))


def _pair(arms: Arms, results: Results, name: str, **where: str) -> tuple[Record, Record]:
    treated, reference = (results.one(name, group=arm.id, **where) for arm in arms)
    return treated, reference


def _survival(study: Study, results: Results, alpha: float) -> Iterable[Row]:
    endpoints: Iterable[Endpoint] = study.endpoints.values()
    if len(study.endpoints) > MOST:
        endpoints = [study.primary]
    for endpoint in endpoints:
        if not results.select("median", endpoint=endpoint.id):
            continue
        yield Row(
            endpoint.label,
            _pair(study.arms, results, "median", endpoint=endpoint.id),
            results.one("hazard_ratio", endpoint=endpoint.id),
            results.one("logrank", endpoint=endpoint.id),
            survival.medians(study.arms, endpoint, results, alpha),
        )


def _response(study: Study, results: Results, alpha: float) -> Iterable[Row]:
    if study.response is None:
        return
    for name, label in RATES.items():
        yield Row(
            label,
            _pair(study.arms, results, name),
            results.one(f"{name}_difference"),
            results.one("test", term=name),
            response.rate(name, study.arms, study.response, results, alpha),
        )


def _toxicity(study: Study, results: Results, alpha: float) -> Iterable[Row]:
    any_event = ToxicityGroup(ANY, "Any adverse event", {}, "")
    for group in study.toxicity if len(study.toxicity) <= MOST else [any_event]:
        yield Row(
            group.label,
            _pair(study.arms, results, "incidence", term=group.id),
            results.one("incidence_difference", term=group.id),
            results.one("test", term=group.id),
            toxicity.system(study.arms, group, results, alpha),
        )
