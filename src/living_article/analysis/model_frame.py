"""From a cohort to what a Cox model is fitted to: the design matrix with time and event, complete cases only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.statistics.design import Design, Term, design
from living_article.study.model import ARM, Endpoint, Study


@dataclass(frozen=True)
class ModelFrame:
    """One row a patient: the design columns, then the endpoint's time and event columns.

    ``dropped`` counts the patients left out because a covariate is missing.
    """

    frame: pd.DataFrame
    design: Design
    endpoint: Endpoint
    dropped: int

    @property
    def x(self) -> pd.DataFrame:
        """The design matrix (n, p)."""
        return self.design.matrix

    @property
    def time(self) -> pd.Series:
        """Times, shape (n,)."""
        return self.frame[self.endpoint.time]

    @property
    def event(self) -> pd.Series:
        """Events as 0 or 1, shape (n,)."""
        return self.frame[self.endpoint.event]


def model_terms(study: Study, names: Iterable[str]) -> list[Term]:
    """Return the study's covariates as terms of a design; ``arm`` is the treatment.

    Raises
    ------
    InputError
        If a name is not a covariate of the study.
    """
    terms = []
    for name in names:
        if name != ARM and name not in study.covariates:
            remedy = f"use {ARM} or one of {', '.join(study.covariates)}"
            raise InputError("unknown term", file=study.file, value=name, remedy=remedy)
        covariate = study.term(name)
        terms.append(Term(name, covariate.kind, tuple(covariate.levels), covariate.reference))
    return terms


def chosen_model(study: Study, endpoint: str | None = None, names: Iterable[str] = ()) -> tuple[Endpoint, list[str]]:
    """Return the endpoint and terms asked for; by default those of the study's model.

    A study without a model has its primary endpoint with the treatment and the baseline covariates.

    Raises
    ------
    InputError
        If the endpoint is not one of the study.
    """
    if endpoint is not None and endpoint not in study.endpoints:
        remedy = f"use one of {', '.join(study.endpoints)}"
        raise InputError("unknown endpoint", file=study.file, value=endpoint, remedy=remedy)
    default = study.model.terms if study.model else (ARM, *study.baseline)
    by_default = study.model.endpoint if study.model else study.primary.id
    return study.endpoints[endpoint or by_default], list(dict.fromkeys(names)) or list(default)


def model_frame(cohort: Cohort, endpoint: Endpoint, names: Iterable[str]) -> ModelFrame:
    """Return the complete cases for these terms and this endpoint; raises InputError on an unknown term."""
    study, terms = cohort.study, model_terms(cohort.study, names)
    columns = {term.name: study.term(term.name).column for term in terms}
    needed = [*columns.values(), endpoint.time, endpoint.event]
    complete = cohort.table.dropna(subset=needed)
    named = pd.DataFrame({name: complete[column] for name, column in columns.items()}, index=complete.index)
    matrix = design(named, terms)
    frame = pd.concat([matrix.matrix, complete[[endpoint.time, endpoint.event]]], axis=1)
    return ModelFrame(frame, matrix, endpoint, len(cohort) - len(complete))
