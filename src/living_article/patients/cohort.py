"""The validated cohort: a patient table that agrees with its study file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pandas as pd

from living_article.errors import InputError
from living_article.patients.cells import Cells
from living_article.patients.problems import errors
from living_article.patients.table_files import read_table
from living_article.study.model import Arm, Eligibility, LevelMap, Provenance, Study


@dataclass(frozen=True)
class Step:
    """One step of the patient flow: how many patients of each arm remain after a rule."""

    id: str
    label: str
    remaining: dict[str, int]

    @property
    def total(self) -> int:
        """Patients remaining in both arms."""
        return sum(self.remaining.values())


@dataclass(frozen=True)
class Cohort:
    """Eligible patients, one row each; derived covariates are columns named after themselves."""

    study: Study
    table: pd.DataFrame
    flow: tuple[Step, ...]
    provenance: Provenance

    def __len__(self) -> int:
        return len(self.table)

    def of(self, arm: Arm | str) -> pd.DataFrame:
        """Return the patients of one arm."""
        wanted = arm.id if isinstance(arm, Arm) else arm
        return self.table[self.table[self.study.arms.column] == wanted]


def load_cohort(study: Study) -> Cohort:
    """Read, check and derive the table of the study; raises `InputError` at the first problem found."""
    return _load(study, study.table, study.provenance, external=False)


def load_external(study: Study) -> Cohort:
    """Read the external cohort, which needs only the arm, the model's columns and its endpoint.

    Raises
    ------
    InputError
        If the study file names no external cohort or its table has a problem.
    """
    if study.external is None:
        raise InputError("no external cohort", file=study.file, remedy="add an 'external' block")
    return _load(study, study.external.table, study.external.provenance, external=True)


def _load(study: Study, file: Path, provenance: Provenance, *, external: bool) -> Cohort:
    source = read_table(file)
    for problem in chain(source.problems, errors(study, Cells(file, source, study.patient), external=external)):
        raise problem
    cohort = assemble(study, source.cells, provenance)
    for problem in uninformative(cohort, file):
        raise problem
    return cohort


def uninformative(cohort: Cohort, file: Path) -> Iterator[InputError]:
    """Yield why no survival can be told of the eligible patients: none, an arm without any, no events, one time."""
    study, table = cohort.study, cohort.table
    remedy = "correct 'eligibility' in the study file, or the table"
    for arm in study.arms:
        if not len(cohort.of(arm)):
            problem = "no patient of this arm is eligible" if len(table) else "no patient is eligible"
            column, value = (study.arms.column, arm.id) if len(table) else (None, None)
            yield InputError(problem, file=file, column=column, value=value, remedy=remedy)
            return
    for endpoint in study.endpoints.values():
        if endpoint.event in table.columns and not table[endpoint.event].any():
            yield InputError("no events of eligible patients", file=file, column=endpoint.event, remedy=remedy)
        if endpoint.time in table.columns and table[endpoint.time].nunique() < 2:
            yield InputError("every patient has the same time", file=file, column=endpoint.time, remedy=remedy)


def assemble(study: Study, cells: pd.DataFrame, provenance: Provenance) -> Cohort:
    """Return the cohort of text cells in which `problems.errors` finds nothing: typed, derived, eligible."""
    table = _typed(study, cells)
    table = _derived(study, table)
    table, flow = _eligible(study, table)
    return Cohort(study, table.reset_index(drop=True), flow, provenance)


def _typed(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Turn the checked text into numbers, dates and missing values."""
    table = table.copy()
    for name in table.columns:
        if (empty := table[name] == "").any():
            table[name] = table[name].mask(empty, pd.NA)
    numeric = [c.column for c in study.covariates.values() if c.derive is None and c.numeric]
    numeric += [e.time for e in study.endpoints.values()]
    numeric += [name for lesion in study.lesions.values() for name in (lesion.before, lesion.after)]
    numeric += [rule.column for rule in study.eligibility if rule.among is None]
    for name in dict.fromkeys(numeric):
        if name in table.columns:
            table[name] = pd.to_numeric(table[name]).astype(float)
    for endpoint in study.endpoints.values():
        if endpoint.event in table.columns:
            table[endpoint.event] = table[endpoint.event].astype(int)
    days = [study.dates.enrolled, study.dates.last_contact] if study.dates else []
    for name in days + [e.date for e in study.endpoints.values() if e.date]:
        if name in table.columns:
            table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    return table


def _derived(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Add the derived covariates whose source is present; missing stays missing."""
    for covariate in study.covariates.values():
        rule = covariate.derive
        if rule is None:
            continue
        source = study.covariates[rule.source].column
        if source not in table.columns:
            continue
        if isinstance(rule, LevelMap):
            table[covariate.column] = table[source].map(rule.map)
        else:
            values = table[source].gt(rule.above).map({True: rule.then, False: rule.otherwise})
            table[covariate.column] = values.where(table[source].notna(), pd.NA)
    return table


def passes(table: pd.DataFrame, rule: Eligibility) -> pd.Series:
    """Return which patients meet one inclusion rule; a missing value does not meet it."""
    cells = table[rule.column]
    if rule.among is not None:
        return cells.isin(rule.among)
    return cells.between(
        float("-inf") if rule.at_least is None else rule.at_least,
        float("inf") if rule.at_most is None else rule.at_most,
    ).fillna(False)


def _eligible(study: Study, table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Step, ...]]:
    """Apply the inclusion rules in order and keep count: the flow diagram is drawn from these steps."""

    def step(rule_id: str, label: str) -> Step:
        counts = table[study.arms.column].value_counts()
        return Step(rule_id, label, {arm.id: int(counts.get(arm.id, 0)) for arm in study.arms})

    flow = [step("table", "In the patient table")]
    for rule in study.eligibility:
        table = table[passes(table, rule)]
        flow.append(step(rule.id, rule.label))
    return table, tuple(flow)
