"""A cohort with its missing covariates imputed, and the Cox models of all imputed cohorts as one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from living_article.analysis.model_frame import ModelFrame, model_terms
from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.statistics import cox
from living_article.statistics.design import design
from living_article.statistics.imputation import impute
from living_article.statistics.pooling import Pooled, pool
from living_article.study.model import Endpoint


def imputed_frames(
    cohort: Cohort, endpoint: Endpoint, names: Iterable[str], *, imputations: int, seed: int
) -> list[ModelFrame]:
    """Return the model frame of every patient, as often as there are imputations; nobody is dropped.

    Raises
    ------
    InputError
        If a term is unknown or has no value at all.
    """
    terms = tuple(model_terms(cohort.study, names))
    columns = {term.name: cohort.study.term(term.name).column for term in terms}
    table = pd.DataFrame({name: cohort.table[column] for name, column in columns.items()})
    outcome = cohort.table[[endpoint.time, endpoint.event]]
    try:
        done = impute(table, terms, outcome[endpoint.time], outcome[endpoint.event], imputations=imputations, seed=seed)
    except ValueError as error:
        raise InputError(str(error), file=cohort.study.file, remedy="take the term out of the model") from None
    designs = [design(one, list(terms)) for one in done]
    return [ModelFrame(pd.concat([d.matrix, outcome], axis=1), d, endpoint, 0) for d in designs]


def pooled_cox(frames: list[ModelFrame], names: Iterable[str]) -> Pooled:
    """Fit the terms to every frame and pool by Rubin's rules.

    The complete-data degrees of freedom are events less coefficients.

    Raises
    ------
    InputError
        If an imputed data set has no estimate, for a level with too few patients perhaps.
    """
    wanted = list(names)
    try:
        fits = [cox.fit(frame.design.subset(wanted).matrix, frame.time, frame.event) for frame in frames]
    except cox.FitError as error:
        raise InputError(f"imputed data: {error}", remedy="set missing to complete, or join levels") from None
    coef, covariance = (np.array([getattr(fit, name) for fit in fits]) for name in ("coef", "covariance"))
    return pool(fits[0].columns, coef, covariance, fits[0].events - coef.shape[1])
