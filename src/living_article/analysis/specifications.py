"""Every reasonable analysis of the treatment effect: which there are, and what each of them finds."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.patients.subset import alike
from living_article.statistics import breslow, cox
from living_article.statistics.design import Design, Term, design
from living_article.statistics.estimable import estimable
from living_article.study.model import ARM, DAYS, Endpoint, Study
from living_article.study.sensitivity import (
    LOGARITHM,
    NATURAL,
    SCORE,
    Adjustment,
    Coding,
    Form,
    Option,
    Patients,
    Sensitivity,
)

ADJUSTED, WHO, TIES = "Adjusted for", "Patients", "Ties"
"""Names of the choices that every study has; codings have names of their own."""
EFRON, BRESLOW = "Efron", "Breslow"
NOTHING = "–"
"""The option of a coding in an analysis that does not adjust for what is coded."""


@dataclass(frozen=True)
class Specification:
    """One analysis: endpoint, covariates, their coding, patients and method for ties."""

    endpoint: Endpoint
    adjustment: Adjustment
    codings: tuple[tuple[Coding, Option | None], ...]
    patients: Patients
    ties: str = EFRON

    @property
    def options(self) -> dict[str, str]:
        """The option taken of every choice, by the name of the choice."""
        coded = {coding.label: option.label if option else NOTHING for coding, option in self.codings}
        return {ADJUSTED: self.adjustment.label} | coded | {WHO: self.patients.label, TIES: self.ties}

    @property
    def forms(self) -> list[Form]:
        """The covariates that enter besides the treatment, and how."""
        replace = {name: form for _, option in self.codings if option for name, form in option.replace.items()}
        return list(dict.fromkeys(replace.get(name, Form(name)) for name in self.adjustment.terms))


def specifications(
    plan: Sensitivity, endpoints: Iterable[Endpoint], ties: Iterable[str] = (EFRON, BRESLOW)
) -> list[Specification]:
    """Return every combination of options; the first for each endpoint is the default analysis.

    A coding that does not concern an adjustment is not varied there, so that no analysis is listed twice.
    """
    found = []
    for endpoint, adjustment in itertools.product(endpoints, plan.adjustments):
        offered = [c.options if c.concerns(adjustment.terms) else (None,) for c in plan.codings]
        for options, patients, method in itertools.product(itertools.product(*offered), plan.patients, ties):
            codings = tuple(zip(plan.codings, options, strict=True))
            found.append(Specification(endpoint, adjustment, codings, patients, method))
    return found


def offered(plan: Sensitivity, ties: Iterable[str] = (EFRON, BRESLOW)) -> dict[str, list[str]]:
    """Return the options of every choice, in the order in which they are shown."""
    coded = {coding.label: [option.label for option in coding.options] for coding in plan.codings}
    patients = [rule.label for rule in plan.patients]
    return {ADJUSTED: [a.label for a in plan.adjustments]} | coded | {WHO: patients, TIES: list(ties)}


@dataclass(frozen=True)
class Rows:
    """What one analysis is fitted to: complete cases of its patients, as a design with time and event."""

    design: Design
    time: pd.Series
    event: pd.Series

    @cached_property
    def tied(self) -> bool:
        """Whether two events share a time."""
        return bool(self.time[self.event == 1].duplicated().any())


def rows(cohort: Cohort, specification: Specification) -> Rows:
    """Return the rows of one analysis."""
    study, endpoint = cohort.study, specification.endpoint
    table = _patients(cohort, specification.patients)
    columns = [study.covariates[form.covariate].column for form in specification.forms]
    table = table.dropna(subset=[*columns, endpoint.time, endpoint.event])
    terms, values = [_term(study, Form(ARM))], {ARM: table[study.arms.column]}
    for form in specification.forms:
        term = _term(study, form)
        terms.append(term)
        values[term.name] = _values(study, form, table)
    time, event = table[endpoint.time], table[endpoint.event]
    if (until := specification.patients.until) is not None:
        until = _until(study, until, endpoint)
        event, time = event.where(time <= until, 0), time.clip(upper=until)
    return Rows(design(pd.DataFrame(values, index=table.index), terms), time, event)


def _patients(cohort: Cohort, rule: Patients) -> pd.DataFrame:
    """Return the patients a rule keeps; one without a value in the rule's column is not kept."""
    table, study = cohort.table, cohort.study
    keep = pd.Series(True, index=table.index)
    if rule.column:
        column = table[study.covariates[rule.column].column]
        keep &= column.notna()
        keep &= column.ge(rule.at_least) if rule.at_least is not None else True
        keep &= column.le(rule.at_most) if rule.at_most is not None else True
        keep &= column.isin(rule.among) if rule.among is not None else True
    if rule.followed:
        keep &= _followed(study, table)
    return table[keep]


def _followed(study: Study, table: pd.DataFrame) -> pd.Series:
    """Return who had the primary event or was followed to the cut-off; raises InputError if the study has none."""
    if study.dates is None or study.dates.cutoff is None:
        raise InputError("'followed' needs dates.cutoff", file=study.file, remedy="add 'dates' with a cutoff")
    last = pd.to_datetime(table[study.dates.last_contact])
    return (table[study.primary.event] == 1) | (last >= pd.Timestamp(study.dates.cutoff))


def _term(study: Study, form: Form) -> Term:
    covariate = study.term(form.covariate)
    if form.form == NATURAL:
        return Term(covariate.id, covariate.kind, tuple(covariate.levels), covariate.reference)
    return Term(f"{form.form} of {covariate.id}", "continuous")


def _values(study: Study, form: Form, table: pd.DataFrame) -> pd.Series:
    covariate = study.covariates[form.covariate]
    values = table[covariate.column]
    if form.form == SCORE:
        return values.map({level: rank for rank, level in enumerate(covariate.levels)}).astype(float)
    return np.log2(values.astype(float)) if form.form == LOGARITHM else values


def apart(plan: Sensitivity, cohort: Cohort) -> tuple[Sensitivity, list[str]]:
    """Return the plan without options on who is analysed that differ by too few real patients, and their labels.

    Two hazard ratios of nearly the same patients, and still more their standard errors, tell of the few who differ; so
    do they of the few events that lie between two ends of follow-up.
    """
    kept: list[tuple[Patients, list[set[str]]]] = []
    for rule in plan.patients:
        groups = _groups(cohort, rule)
        if not any(
            alike(one, other, cohort.provenance.limit)
            for _, earlier in kept
            for one, other in zip(groups, earlier, strict=True)
        ):
            kept.append((rule, groups))
    options = tuple(rule for rule, _ in kept)
    return replace(plan, patients=options), [rule.label for rule in plan.patients if rule not in options]


def _groups(cohort: Cohort, rule: Patients) -> list[set[str]]:
    """Return who is analysed under a rule in each arm, and who of them with an event of each endpoint."""
    study, table = cohort.study, _patients(cohort, rule)
    found = [table]
    for endpoint in study.endpoints.values():
        until = float("inf") if rule.until is None else _until(study, rule.until, endpoint)
        found.append(table[(table[endpoint.event] == 1) & (table[endpoint.time] <= until)])
    return [set(some.loc[some[study.arms.column] == arm.id, study.patient]) for some in found for arm in study.arms]


def _until(study: Study, until: float, endpoint: Endpoint) -> float:
    """Return the end of follow-up, given in the unit of the primary endpoint, in that of another."""
    return until * DAYS[study.primary.unit] / DAYS[endpoint.unit]


@dataclass(frozen=True)
class Effect:
    """Hazard ratio of the treatment with Wald limits and P; ``reason`` says why there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    patients: int = 0
    events: int = 0
    tied: bool = False
    reason: str | None = None


def effects(cohort: Cohort, wanted: Iterable[Specification], alpha: float) -> Iterator[Effect]:
    """Fit the analyses one after another; methods for ties are the same model where no events are tied."""
    before: tuple | None = None
    for specification in wanted:
        same = (specification.endpoint.id, tuple(specification.forms), specification.patients)
        if before is None or before[0] != same:
            before = (same, rows(cohort, specification), {})
        _, data, done = before
        method = specification.ties if data.tied else EFRON
        if method not in done:
            done[method] = effect(data, alpha, ties=method)
        yield done[method]


def effect(data: Rows, alpha: float, *, ties: str = EFRON) -> Effect:
    """Fit one analysis; a covariate that cannot be estimated is left out, without the treatment there is no effect."""
    counts: dict[str, Any] = {"patients": len(data.time), "events": int(data.event.sum()), "tied": data.tied}
    column = data.design.terms[0].columns[0]
    fitter = breslow if ties == BRESLOW else cox
    matrix = data.design.matrix
    try:
        try:
            model = fitter.fit(matrix, data.time, data.event)
        except cox.FitError:
            matrix = estimable(data.design, data.time, data.event).design.matrix
            if column not in matrix:
                return Effect(**counts, reason="not estimable: no finite hazard ratio of the treatment")
            model = fitter.fit(matrix, data.time, data.event)
    except (cox.FitError, ValueError) as error:
        return Effect(**counts, reason=f"not estimable: {error}")
    row = cox.coefficient_table(model, conf_level=1 - alpha).set_index("term").loc[column]
    return Effect(row.hr, row.low, row.high, row.p, **counts)
