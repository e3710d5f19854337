"""The validated cohort: a patient table that agrees with its study file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from living_article.errors import InputError
from living_article.study.model import Arm, Covariate, Eligibility, Endpoint, Provenance, Study


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
    table = _read(file)
    for problem in problems(study, table, file, external=external):
        raise problem
    table = _typed(study, table)
    table = _derived(study, table)
    table, flow = _eligible(study, table)
    return Cohort(study, table.reset_index(drop=True), flow, provenance)


def _read(file: Path) -> pd.DataFrame:
    """Read a CSV as text, so that every cell can be checked and quoted as written."""
    if not file.is_file():
        raise InputError("no such patient table", file=file, remedy="correct 'table' in the study file")
    try:
        return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"not readable as UTF-8 CSV: {error}", file=file) from None


def needed(study: Study, *, external: bool) -> list[str]:
    """Return the columns the table must have; the external one only needs what the model uses."""
    model_terms = study.model.terms if study.model else ()
    covariates = [c for c in study.covariates.values() if c.derive is None]
    endpoints = list(study.endpoints.values())
    if external:
        sources = {c.derive.source if c.derive else c.id for t in model_terms for c in [study.term(t)]}
        covariates = [c for c in covariates if c.id in sources]
        endpoints = [study.endpoints[study.model.endpoint]] if study.model else [study.primary]
    columns = [study.patient, study.arms.column]
    columns += [name for e in endpoints for name in (e.time, e.event)]
    columns += [c.column for c in covariates]
    if not external:
        columns += _optional_blocks(study)
    return list(dict.fromkeys(columns))


def _optional_blocks(study: Study) -> list[str]:
    """Return the columns that dates, response, lesions and toxicity speak of."""
    columns = [study.dates.enrolled, study.dates.last_contact] if study.dates else []
    columns += [e.date for e in study.endpoints.values() if e.date]
    if study.response:
        flags = (study.response.new_lesions, study.response.counted)
        columns += [study.response.column, *(flag.column for flag in flags if flag)]
    columns += [name for lesion in study.lesions.values() for name in (lesion.before, lesion.after)]
    return columns + [event for group in study.toxicity for event in group.events]


def problems(study: Study, table: pd.DataFrame, file: Path, *, external: bool = False) -> Iterator[InputError]:
    """Yield every disagreement between the table (all text) and the study file, as one-line errors."""
    missing = [name for name in needed(study, external=external) if name not in table.columns]
    for name in missing:
        yield InputError("missing column", file=file, column=name, remedy="add it or correct the study file")
    if missing:
        return
    if table.empty:
        yield InputError("no patients", file=file, remedy="add at least one row per arm")
    yield from _identifier_problems(study, table, file)
    yield from _level_problems(file, table[study.arms.column], [arm.id for arm in study.arms], required=True)
    for arm in study.arms:
        if not (table[study.arms.column] == arm.id).any():
            yield InputError("empty arm", file=file, column=study.arms.column, value=arm.id)
    endpoints = [endpoint for endpoint in study.endpoints.values() if endpoint.time in table.columns]
    for endpoint in endpoints:
        yield from _endpoint_problems(table, endpoint, file)
    for endpoint in endpoints:
        yield from _order_problems(study, table, endpoint, file)
    if not external:
        yield from _block_problems(study, table, file)
    for covariate in study.covariates.values():
        if covariate.derive is None and covariate.column in table.columns:
            yield from _covariate_problems(file, table[covariate.column], covariate)


def _identifier_problems(study: Study, table: pd.DataFrame, file: Path) -> Iterator[InputError]:
    repeated = table[study.patient].duplicated()
    for position in repeated.to_numpy().nonzero()[0]:
        yield InputError(
            "patient id occurs twice",
            file=file,
            row=int(position) + 1,
            column=study.patient,
            remedy="give each patient one row",
        )


def _level_problems(file: Path, cells: pd.Series, levels: list[str], *, required: bool) -> Iterator[InputError]:
    for position, value in enumerate(cells, start=1):
        if value not in levels and (required or value != ""):
            remedy = f"use one of {', '.join(levels)}"
            yield InputError("unknown level", file=file, row=position, column=cells.name, value=value, remedy=remedy)


def _number_problems(
    file: Path, cells: pd.Series, low: float | None, high: float | None, *, required: bool
) -> Iterator[InputError]:
    for position, value in enumerate(cells, start=1):
        place = {"file": file, "row": position, "column": cells.name, "value": value}
        number = pd.to_numeric(value, errors="coerce")
        if value == "" and not required:
            continue
        if pd.isna(number):
            yield InputError("not a number", **place, remedy="use digits with a decimal point")
        elif (low is not None and number < low) or (high is not None and number > high):
            bounds = " to ".join("…" if bound is None else f"{bound:g}" for bound in (low, high))
            yield InputError("out of range", **place, remedy=f"the study file allows {bounds}")


def _endpoint_problems(table: pd.DataFrame, endpoint: Endpoint, file: Path) -> Iterator[InputError]:
    yield from _number_problems(file, table[endpoint.time], 0.0, None, required=True)
    yield from _level_problems(file, table[endpoint.event], ["0", "1"], required=True)
    if not (table[endpoint.event] == "1").any():
        yield InputError("no events", file=file, column=endpoint.event, remedy="code an event as 1")


def _order_problems(study: Study, table: pd.DataFrame, endpoint: Endpoint, file: Path) -> Iterator[InputError]:
    """Yield times of an endpoint that are later than those of the endpoint it lies within."""
    if endpoint.within and study.endpoints[endpoint.within].time in table.columns:
        limit = study.endpoints[endpoint.within]
        times = pd.to_numeric(table[endpoint.time], errors="coerce")
        limits = pd.to_numeric(table[limit.time], errors="coerce")
        for position in (times > limits).to_numpy().nonzero()[0]:
            problem = f"later than {limit.short} of the same patient"
            value = table[endpoint.time].iloc[position]
            yield InputError(problem, file=file, row=int(position) + 1, column=endpoint.time, value=value)


def _block_problems(study: Study, table: pd.DataFrame, file: Path) -> Iterator[InputError]:
    """Yield problems of dates, response and lesion diameters; blanks are missing values."""
    days = [study.dates.enrolled, study.dates.last_contact] if study.dates else []
    for name in days + [e.date for e in study.endpoints.values() if e.date]:
        read = pd.to_datetime(table[name], format="%Y-%m-%d", errors="coerce")
        for position in (read.isna() & (table[name] != "")).to_numpy().nonzero()[0]:
            place = {"file": file, "row": int(position) + 1, "column": name, "value": table[name].iloc[position]}
            yield InputError("not a date", **place, remedy="write year-month-day, e.g. 2022-12-31")
    if study.response:
        yield from _level_problems(file, table[study.response.column], list(study.response.levels), required=False)
    for lesion in study.lesions.values():
        for name in (lesion.before, lesion.after):
            yield from _number_problems(file, table[name], 0.0, None, required=False)


def _covariate_problems(file: Path, cells: pd.Series, covariate: Covariate) -> Iterator[InputError]:
    if covariate.numeric:
        yield from _number_problems(file, cells, covariate.minimum, covariate.maximum, required=False)
    else:
        yield from _level_problems(file, cells, list(covariate.levels), required=False)


def _typed(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Turn the checked text into numbers, dates and missing values."""
    table = table.replace("", pd.NA)
    numeric = [c.column for c in study.covariates.values() if c.derive is None and c.numeric]
    numeric += [e.time for e in study.endpoints.values()]
    numeric += [name for lesion in study.lesions.values() for name in (lesion.before, lesion.after)]
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
        if rule.map is not None:
            table[covariate.column] = table[source].map(rule.map)
        else:
            values = table[source].gt(rule.above).map({True: rule.then, False: rule.otherwise})
            table[covariate.column] = values.where(table[source].notna(), pd.NA)
    return table


def _passes(table: pd.DataFrame, rule: Eligibility) -> pd.Series:
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
        table = table[_passes(table, rule)]
        flow.append(step(rule.id, rule.label))
    return table, tuple(flow)
