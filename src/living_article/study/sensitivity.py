"""Which analyses of the treatment effect are reasonable: what is adjusted for, how it is coded, in which patients.

The first option of every choice is the default analysis. A study without a ``sensitivity`` block gets choices that
follow from its model and the kinds of its covariates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from living_article.errors import InputError

if TYPE_CHECKING:
    from living_article.study.model import Covariate, Study

NATURAL, SCORE, LOGARITHM = "natural", "score", "logarithm"
"""How a covariate enters: levels or number as they are; rank of the level (0, 1, …); logarithm to base 2."""


@dataclass(frozen=True)
class Form:
    """A covariate and how it enters a model."""

    covariate: str
    form: str = NATURAL


@dataclass(frozen=True)
class Option:
    """One way of coding: which covariates of an adjustment are replaced, and by what."""

    label: str
    replace: dict[str, Form] = field(default_factory=dict)


@dataclass(frozen=True)
class Coding:
    """A choice among ways of coding some covariates; it arises only where one of them is adjusted for."""

    id: str
    label: str
    options: tuple[Option, ...]

    def concerns(self, terms: Iterable[str]) -> bool:
        """Return whether the choice makes a difference to an adjustment for these terms."""
        return any(name in option.replace for option in self.options for name in terms)


@dataclass(frozen=True)
class Adjustment:
    """The covariates, besides the treatment, that a model adjusts for."""

    id: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Patients:
    """Which patients and how much of their follow-up are analysed.

    ``among``, ``at_least`` and ``at_most`` are rules on ``column``, a covariate; ``followed`` leaves out patients
    last seen alive before the cut-off; ``until`` ends follow-up at a time, in the unit of the primary endpoint.
    """

    label: str
    column: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    among: tuple[str, ...] | None = None
    followed: bool = False
    until: float | None = None

    @property
    def part(self) -> bool:
        """Whether some patients are left out, so that results are exploratory; ``until`` leaves out nobody."""
        return self.column is not None or self.followed


@dataclass(frozen=True)
class Sensitivity:
    """All choices; the first of each is the default."""

    adjustments: tuple[Adjustment, ...]
    codings: tuple[Coding, ...] = ()
    patients: tuple[Patients, ...] = (Patients("All eligible"),)


def read_sensitivity(content: dict) -> Sensitivity:
    """Build the choices from checked content of a study file; an adjustment without terms is the model's."""
    raw, model = content["sensitivity"], content.get("model", {}).get("terms", ())
    covariates = tuple(name for name in model if name in content["covariates"])
    adjustments = [
        Adjustment(key, value["label"], tuple(value.get("terms", covariates)))
        for key, value in raw["adjustments"].items()
    ]
    codings = [
        Coding(key, value["label"], tuple(_option(option) for option in value["options"]))
        for key, value in raw.get("codings", {}).items()
    ]
    patients = [
        Patients(**{**rule, "among": tuple(rule["among"]) if "among" in rule else None})
        for rule in raw.get("patients", [])
    ]
    return Sensitivity(tuple(adjustments), tuple(codings), tuple(patients) or Sensitivity.patients)


def _option(raw: dict) -> Option:
    replace = {name: Form(form["covariate"], form.get("as", NATURAL)) for name, form in raw.get("replace", {}).items()}
    return Option(raw["label"], replace)


def sensitivity_problems(study: Study) -> Iterator[InputError]:
    """Yield choices that name a covariate which is not defined, or ask what the study cannot give."""
    if (plan := study.sensitivity) is None:
        return
    options = [option for coding in plan.codings for option in coding.options]
    forms = [form for option in options for form in option.replace.values()]
    named = [("adjustments", term) for adjustment in plan.adjustments for term in adjustment.terms]
    named += [("codings", name) for option in options for name in option.replace]
    named += [("codings", form.covariate) for form in forms]
    named += [("patients", rule.column) for rule in plan.patients if rule.column]
    remedy = f"use one of {', '.join(study.covariates)}"
    unknown = [(where, name) for where, name in named if name not in study.covariates]
    for where, name in unknown:
        yield InputError(f"sensitivity.{where}: {name!r} is not defined", file=study.file, remedy=remedy)
    for form in forms:
        if form.covariate in study.covariates and (problem := _form_problem(study.covariates[form.covariate], form)):
            yield InputError(f"sensitivity.codings: {problem}", file=study.file, remedy="use another form")
    if any(rule.followed for rule in plan.patients) and (study.dates is None or study.dates.cutoff is None):
        remedy = "add 'dates' with a cutoff"
        yield InputError("sensitivity.patients: 'followed' needs dates.cutoff", file=study.file, remedy=remedy)


def _form_problem(covariate: Covariate, form: Form) -> str:
    if form.form == SCORE and not covariate.levels:
        return f"{covariate.id!r} has no levels to score"
    if form.form == LOGARITHM and not (covariate.numeric and (covariate.minimum or 0) > 0):
        return f"{covariate.id!r} has no logarithm, as its minimum is not above 0"
    return ""


def choices(study: Study) -> Sensitivity:
    """Return the choices of the study file, or else those that follow from the model and its covariates.

    Raises
    ------
    InputError
        If the study has neither a ``sensitivity`` block nor a model.
    """
    if study.sensitivity is not None:
        return study.sensitivity
    if study.model is None:
        raise InputError("no model", file=study.file, remedy="add a 'model' or a 'sensitivity' block")
    covariates = [study.covariates[name] for name in study.model.terms if name in study.covariates]
    names = tuple(covariate.id for covariate in covariates)
    adjustments = [Adjustment("model", "All covariates of the model", names), Adjustment("none", "Treatment alone", ())]
    if len(names) > 1:
        adjustments += [
            Adjustment(f"without-{c.id}", f"Without {c.label}", tuple(n for n in names if n != c.id))
            for c in covariates
        ]
    positive = {c.id: Form(c.id, LOGARITHM) for c in covariates if c.numeric and (c.minimum or 0) > 0}
    ordered = {c.id: Form(c.id, SCORE) for c in covariates if c.kind == "ordinal" and len(c.levels) > 2}
    codings = []
    if positive:
        numbers = (Option("As measured"), Option("Logarithms", positive))
        codings.append(Coding("numbers", "Coding of numbers", numbers))
    if ordered:
        codings.append(Coding("levels", "Coding of ordered levels", (Option("Each level"), Option("Score", ordered))))
    return Sensitivity(tuple(adjustments), tuple(codings))
