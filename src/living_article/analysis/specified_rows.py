"""What the analyses of a sensitivity section are fitted to: their patients, and the covariates as each codes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from living_article.analysis.specifications import Specification
from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.patients.subset import alike
from living_article.statistics.design import Design, Term, design
from living_article.study.model import ARM, DAYS, Endpoint, Study
from living_article.study.sensitivity import LOGARITHM, NATURAL, SCORE, Form, Patients, Sensitivity


@dataclass(frozen=True)
class Rows:
    """What one analysis is fitted to: complete cases of its patients, as a design with time and event."""

    design: Design
    time: pd.Series
    event: pd.Series

    @cached_property
    def tied(self) -> bool:
        """Whether two events share a time."""
        times = self.time.to_numpy()[self.event.to_numpy() == 1]
        return len(np.unique(times)) < len(times)


@dataclass(frozen=True)
class Complete(Rows):
    """All complete cases for an endpoint and covariates; ``known`` says which of the n patients these are."""

    known: NDArray[np.bool_]


class Coded:
    """The patients of a cohort as analyses need them; each rule and each way of coding is worked out once."""

    def __init__(self, cohort: Cohort) -> None:
        """Take a cohort of n patients."""
        self._cohort = cohort
        self._columns: dict[Form, tuple[Term, NDArray[np.float64]]] = {}
        self._kept: dict[Patients, NDArray[np.bool_]] = {}

    def whole(self, endpoint: Endpoint, forms: Iterable[Form]) -> Complete:
        """Return all complete cases for an endpoint and covariates in these forms, besides the treatment."""
        table = self._cohort.table
        coded = [self._coded(form) for form in (Form(ARM), *forms)]
        values = np.hstack([columns for _, columns in coded])
        time, event = table[endpoint.time], table[endpoint.event]
        known = time.notna().to_numpy() & event.notna().to_numpy() & ~np.isnan(values).any(axis=1)
        terms = tuple(term for term, _ in coded)
        names = [column for term in terms for column in term.columns]
        matrix = pd.DataFrame(values[known], columns=names, index=table.index[known])
        return Complete(Design(matrix, terms), time[known], event[known], known)

    def part(self, whole: Complete, endpoint: Endpoint, rule: Patients) -> Rows:
        """Return those of all complete cases whom a rule keeps, and as much of their follow-up."""
        kept = self.keeps(whole, rule)
        time, event = whole.time[kept], whole.event[kept]
        if rule.until is not None:
            until = _until(self._cohort.study, rule.until, endpoint)
            event, time = event.where(time <= until, 0), time.clip(upper=until)
        return Rows(replace(whole.design, matrix=whole.design.matrix[kept]), time, event)

    def keeps(self, whole: Complete, rule: Patients) -> NDArray[np.bool_]:
        """Return which of these rows a rule keeps."""
        if rule not in self._kept:
            self._kept[rule] = _keeps(self._cohort, rule)
        return self._kept[rule][whole.known]

    def _coded(self, form: Form) -> tuple[Term, NDArray[np.float64]]:
        """Return a term and its columns (n, k), NaN where the covariate is missing."""
        if form not in self._columns:
            study, table = self._cohort.study, self._cohort.table
            term = _term(study, form)
            values = table[study.arms.column] if form.covariate == ARM else _values(study, form, table)
            known = values.notna().to_numpy()
            columns = np.full((len(table), len(term.columns)), np.nan)
            columns[known] = design(values[known].to_frame(term.name), [term]).matrix.to_numpy(float)
            self._columns[form] = term, columns
        return self._columns[form]


def rows(cohort: Cohort, specification: Specification) -> Rows:
    """Return the rows of one analysis."""
    coded, endpoint = Coded(cohort), specification.endpoint
    return coded.part(coded.whole(endpoint, specification.forms), endpoint, specification.patients)


def _keeps(cohort: Cohort, rule: Patients) -> NDArray[np.bool_]:
    """Return whom a rule keeps (n,); a patient without a value in the rule's column is not kept."""
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
    return keep.to_numpy(bool)


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
    study, table = cohort.study, cohort.table[_keeps(cohort, rule)]
    found = [table]
    for endpoint in study.endpoints.values():
        until = float("inf") if rule.until is None else _until(study, rule.until, endpoint)
        found.append(table[(table[endpoint.event] == 1) & (table[endpoint.time] <= until)])
    return [set(some.loc[some[study.arms.column] == arm.id, study.patient]) for some in found for arm in study.arms]


def _until(study: Study, until: float, endpoint: Endpoint) -> float:
    """Return the end of follow-up, given in the unit of the primary endpoint, in that of another."""
    return until * DAYS[study.primary.unit] / DAYS[endpoint.unit]
