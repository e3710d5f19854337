"""The study as plain, frozen data: arms, endpoints, covariates, response, lesions, toxicity, external cohort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from living_article.errors import InputError

if TYPE_CHECKING:
    from living_article.study.sensitivity import Sensitivity

ARM = "arm"
"""The name by which model terms refer to the treatment."""


DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
"""Days in each unit of time; a month is a twelfth of 365.25 days."""

SMALL_CELLS = 5
"""The limit below which counts of real patients are not shown unless the study file says otherwise."""


@dataclass(frozen=True)
class Provenance:
    """Where a table of patients comes from: ``kind`` is patients, reconstructed or simulated."""

    kind: str
    badge: str
    statement: str = ""
    small_cells: int | None = None

    @property
    def patients(self) -> bool:
        """Whether these are real patients, of whom no single one may be seen."""
        return self.kind == "patients"

    @property
    def limit(self) -> int:
        """Counts of patients from 1 to one less than this are not shown; 0 if all are."""
        default = SMALL_CELLS if self.patients else 0
        return default if self.small_cells is None else self.small_cells


@dataclass(frozen=True)
class Article:
    """The printed article a study re-tells: citation key, folder of printed values, fidelity table, checklists."""

    citation: str
    published: Path
    fidelity: Path | None = None
    reporting: Path | None = None


@dataclass(frozen=True)
class Arm:
    """One treatment arm; ``printed`` is its name in the printed article, if it has another there."""

    id: str
    label: str
    short: str
    printed: str


@dataclass(frozen=True)
class Arms:
    """The two arms; iterating gives the treated arm first, then the reference."""

    column: str
    treated: Arm
    reference: Arm

    def __iter__(self) -> Iterator[Arm]:
        return iter((self.treated, self.reference))

    def __getitem__(self, arm_id: str) -> Arm:
        return {arm.id: arm for arm in self}[arm_id]


@dataclass(frozen=True)
class Endpoint:
    """A time-to-event endpoint: names of its time and event columns, unit of time and wording."""

    id: str
    label: str
    short: str
    time: str
    event: str
    unit: str
    event_label: str
    date: str | None = None
    within: str | None = None


@dataclass(frozen=True)
class LevelMap:
    """A covariate that follows from the levels of another covariate."""

    source: str
    map: dict[str, str]

    @property
    def gives(self) -> tuple[str, ...]:
        """The levels that come out."""
        return tuple(self.map.values())


@dataclass(frozen=True)
class CutOff:
    """A covariate that says whether a number lies above a cut-off."""

    source: str
    above: float
    then: str
    otherwise: str

    @property
    def gives(self) -> tuple[str, ...]:
        """The levels that come out."""
        return self.then, self.otherwise


@dataclass(frozen=True)
class Covariate:
    """A covariate; ``kind`` is continuous, count, categorical or ordinal; levels are in display order."""

    id: str
    column: str
    label: str
    kind: str
    unit: str | None = None
    levels: dict[str, str] = field(default_factory=dict)
    reference: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    derive: LevelMap | CutOff | None = None

    @property
    def numeric(self) -> bool:
        """Whether the covariate enters a model as a number."""
        return self.kind in ("continuous", "count")


@dataclass(frozen=True)
class Eligibility:
    """One inclusion rule, applied in the order of the study file."""

    id: str
    label: str
    column: str
    at_least: float | None = None
    at_most: float | None = None
    among: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Flag:
    """A column and the value in it that means yes."""

    column: str
    yes: str


@dataclass(frozen=True)
class Response:
    """Best response: its column and levels, which of them count, and how diameters define it."""

    column: str
    levels: dict[str, str]
    objective: tuple[str, ...]
    controlled: tuple[str, ...]
    lesion: str | None = None
    new_lesions: Flag | None = None
    criteria: str = "recist"
    counted: Flag | None = None


@dataclass(frozen=True)
class Lesion:
    """Maximum diameters of one kind of lesion, before and after treatment."""

    id: str
    label: str
    before: str
    after: str
    unit: str


@dataclass(frozen=True)
class ToxicityGroup:
    """An organ system and its events: column → label; ``present`` is the value that means the event occurred."""

    id: str
    label: str
    events: dict[str, str]
    present: str


@dataclass(frozen=True)
class Dates:
    """Columns of dates, the accrual window and the cut-off."""

    enrolled: str
    last_contact: str
    accrual: tuple[date, date] | None = None
    cutoff: date | None = None


@dataclass(frozen=True)
class Model:
    """The prognostic model: endpoint and terms (covariate ids, or ``arm`` for the treatment)."""

    endpoint: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class External:
    """A second table with the same columns, for external validation."""

    table: Path
    label: str
    provenance: Provenance


@dataclass(frozen=True)
class Study:
    """All that the book knows about the meaning of a patient table."""

    file: Path
    id: str
    title: str
    population: str
    provenance: Provenance
    table: Path
    patient: str
    arms: Arms
    endpoints: dict[str, Endpoint]
    primary: Endpoint
    horizons: tuple[float, ...]
    covariates: dict[str, Covariate]
    baseline: tuple[str, ...]
    extra_baseline: tuple[str, ...] = ()
    model: Model | None = None
    eligibility: tuple[Eligibility, ...] = ()
    dates: Dates | None = None
    response: Response | None = None
    lesions: dict[str, Lesion] = field(default_factory=dict)
    toxicity: tuple[ToxicityGroup, ...] = ()
    external: External | None = None
    article: Article | None = None
    design: Path | None = None
    sensitivity: Sensitivity | None = None
    descriptions: dict[str, Covariate] = field(default_factory=dict)

    def retold(self, remedy: str | None = None) -> Article:
        """Return the article that the study re-tells; raises InputError if there is none."""
        if self.article is None:
            raise InputError("the study re-tells no article", file=self.file, remedy=remedy)
        return self.article

    def term(self, term: str) -> Covariate:
        """Return a model term as a covariate; ``arm`` gives the treatment with the reference arm as reference."""
        if term != ARM:
            return self.covariates[term]
        levels = {arm.id: arm.label for arm in self.arms}
        return Covariate(ARM, self.arms.column, "Treatment", "categorical", None, levels, self.arms.reference.id)
