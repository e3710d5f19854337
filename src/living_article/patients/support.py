"""Whether the patients support the study's model: constant or collinear covariates, empty levels, few events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from living_article.analysis.model_frame import ModelFrame, chosen_model, model_frame
from living_article.errors import InputError
from living_article.patients.cohort import Cohort, uninformative
from living_article.study.model import ARM

EVENTS_PER_COEFFICIENT = 5
"""Fewer make coefficients and intervals of a Cox model unreliable (Vittinghoff and McCulloch 2007)."""

COLLINEAR = 0.99
"""Share of a covariate's variance explained by the others above which they cannot be told apart (VIF of 100)."""


def unsupported(cohort: Cohort, file: Path) -> Iterator[InputError]:
    """Yield what the eligible patients cannot tell: one line for each constant or collinear covariate, and so on."""
    if problems := list(uninformative(cohort, file)):
        yield from problems
        return
    for covariate in cohort.study.covariates.values():
        values = cohort.table[covariate.column].dropna().unique()
        if len(values) < 2:
            value = f"{values[0]:g}" if covariate.numeric and len(values) else next(iter(values), None)
            problem = "constant, every patient has this value" if len(values) else "no patient has a value"
            remedy = f"remove the covariate {covariate.id} from the study file"
            yield InputError(problem, file=file, column=covariate.column, value=value, remedy=remedy)
    yield from _horizons(cohort)
    endpoint, terms = chosen_model(cohort.study)
    fitted = model_frame(cohort, endpoint, terms)
    if fitted.x.empty:
        remedy = "leave out the covariates with many missing values"
        yield InputError("no patient has a value for every covariate of the model", file=file, remedy=remedy)
        return
    yield from _empty_levels(cohort, fitted, file)
    yield from _without_events(cohort, fitted, file)
    yield from _collinear(cohort, fitted, file)
    yield from _few_events(fitted, file)


def _horizons(cohort: Cohort) -> Iterator[InputError]:
    """Yield the study's horizons before the first event and after the last follow-up."""
    primary = cohort.study.primary
    times = cohort.table[primary.time]
    first, last = times[cohort.table[primary.event] == 1].min(), times.max()
    for horizon in cohort.study.horizons:
        if not first <= horizon <= last:
            problem = f"horizons: at {horizon:g} {primary.unit} " + (
                "no event has happened yet" if horizon < first else "no patient is followed any more"
            )
            yield InputError(problem, file=cohort.study.file, remedy="name times within the follow-up")


def _column(cohort: Cohort, term: str) -> str:
    """Return the column of the table that a term comes from."""
    covariate = cohort.study.term(term)
    return cohort.study.covariates[covariate.derive.source].column if covariate.derive else covariate.column


def _empty_levels(cohort: Cohort, fitted: ModelFrame, file: Path) -> Iterator[InputError]:
    """Yield levels of model terms that no patient has; of a term with one level only, `constant` is said already."""
    for term in fitted.design.terms:
        column = cohort.study.term(term.name).column
        present = set(cohort.table[column].dropna().unique())
        for level in term.levels:
            if level not in present and len(present) > 1:
                remedy = f"remove the level from {term.name} or join it with another"
                problem = "no eligible patient has this level of a model covariate"
                yield InputError(problem, file=file, column=_column(cohort, term.name), value=level, remedy=remedy)


def _without_events(cohort: Cohort, fitted: ModelFrame, file: Path) -> Iterator[InputError]:
    """Yield levels of model terms of which no patient has an event: their hazard ratios have no finite estimate."""
    patients = cohort.table.loc[fitted.frame.index]
    for term in fitted.design.terms:
        events = pd.to_numeric(fitted.event).groupby(patients[cohort.study.term(term.name).column]).sum()
        for level in term.levels:
            if events.get(level, 1) == 0:
                problem = "no patient with this level of the model has an event"
                remedy = f"remove {term.name} from 'model' or join the level with another"
                yield InputError(problem, file=file, column=_column(cohort, term.name), value=level, remedy=remedy)


def _collinear(cohort: Cohort, fitted: ModelFrame, file: Path) -> Iterator[InputError]:
    """Yield each term that follows from the terms before it."""
    varying = fitted.x.loc[:, fitted.x.std(ddof=0) > 0]
    shared = pd.DataFrame(np.corrcoef(varying, rowvar=False), varying.columns, varying.columns)
    owner = {column: term for term, columns in fitted.design.columns.items() for column in columns}
    before: list[str] = []
    told: set[str] = set()
    for name in varying.columns:
        earlier = [other for other in before if owner[other] != owner[name]]
        before.append(name)
        if len(earlier) >= len(varying) - 1 or owner[name] in told:
            continue
        if _explained(shared.loc[name, earlier], shared.loc[earlier, earlier]) > COLLINEAR:
            told.add(owner[name])
            closest = owner[shared.loc[name, earlier].abs().idxmax()]
            problem = f"collinear: {owner[name]} follows from the other covariates of the model, {closest} above all"
            where: dict[str, Any] = {"file": file, "column": _column(cohort, owner[name])}
            yield InputError(problem, **where, remedy=f"keep {owner[name]} or {closest}, not both")


def _explained(with_y: pd.Series, within_x: pd.DataFrame) -> float:
    """Return R² of y on x (p) from the correlations of y with x (p,) and those within x (p, p); 0 without columns."""
    y, x = with_y.to_numpy(), within_x.to_numpy()
    return float(y @ np.linalg.lstsq(x, y, rcond=1e-10)[0]) if len(y) else 0.0


def _few_events(fitted: ModelFrame, file: Path) -> Iterator[InputError]:
    """Yield one line if the model has more coefficients than its events support."""
    events = int(pd.to_numeric(fitted.event).sum())
    coefficients = int((fitted.x.std(ddof=0) > 0).sum())
    if 0 < events < EVENTS_PER_COEFFICIENT * coefficients:
        found = "1 event" if events == 1 else f"{events} events"
        problem = f"{found} for the {coefficients} coefficients of the model, more than they support"
        supported = events // EVENTS_PER_COEFFICIENT
        terms = [term.name for term in fitted.design.terms if term.name != ARM]
        remedy = f"keep at most {supported} coefficients in 'model' ({ARM}, {', '.join(terms)})"
        remedy = remedy if supported else "trust no model of so few events"
        yield InputError(problem, file=file, column=fitted.endpoint.event, remedy=remedy)
