"""What each analysis of a sensitivity section finds: the hazard ratio of the treatment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from living_article.analysis.specifications import BRESLOW, EFRON, Specification
from living_article.analysis.specified_rows import Coded, Rows
from living_article.patients.cohort import Cohort
from living_article.statistics import breslow, cox
from living_article.statistics.design import Design
from living_article.statistics.estimable import estimable, varied
from living_article.study.sensitivity import Patients


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
    """Fit the analyses; methods for ties are the same model where no events are tied.

    Neighbours that differ in their patients alone are fitted together.
    """
    coded = Coded(cohort)
    for (endpoint, forms), neighbours in groupby(wanted, key=lambda s: (s.endpoint, tuple(s.forms))):
        group = list(neighbours)
        whole, rules = coded.whole(endpoint, forms), dict.fromkeys(s.patients for s in group)
        rows = {rule: coded.part(whole, endpoint, rule) for rule in rules}
        models, done = _together(whole, {rule: coded.keeps(whole, rule) for rule in rules if rule.until is None}), {}
        for rule, ties in ((s.patients, s.ties if rows[s.patients].tied else EFRON) for s in group):
            if (rule, ties) not in done:
                model = models.get(rule) if ties == EFRON else None
                done[rule, ties] = effect(rows[rule], alpha, ties=ties, model=model)
            yield done[rule, ties]


def _together(whole: Rows, parts: dict[Patients, NDArray[np.bool_]]) -> dict[Patients, cox.PartModel | None]:
    """Return the models, with Efron's ties, of parts of the rows; None for one that cannot be fitted as it is."""
    if not parts or not whole.event.any():
        return {}
    fitted = cox.fit_parts(whole.design.matrix, whole.time, whole.event, np.array(list(parts.values())))
    return dict(zip(parts, fitted, strict=True))


def effect(data: Rows, alpha: float, *, ties: str = EFRON, model: cox.PartModel | None = None) -> Effect:
    """Fit one analysis, unless its model is given.

    A covariate that cannot be estimated is left out; without the treatment there is no effect.
    """
    counts: dict[str, Any] = {"patients": len(data.time), "events": int(data.event.sum()), "tied": data.tied}
    column = data.design.terms[0].columns[0]
    try:
        fitted = model or _fitted(data, column, ties)
    except (cox.FitError, ValueError) as error:
        return Effect(**counts, reason=f"not estimable: {error}")
    if fitted is None:
        return Effect(**counts, reason="not estimable: no finite hazard ratio of the treatment")
    place = fitted.columns.index(column)
    hr, low, high, p = (float(each[place]) for each in cox.wald(fitted.coef, fitted.se, 1 - alpha))
    return Effect(hr, low, high, p, **counts)


def _fitted(data: Rows, column: str, ties: str) -> cox.CoxModel | breslow.BreslowModel | None:
    """Fit one analysis, without what cannot be estimated; None if that is the treatment's column."""
    fitter, failure = breslow if ties == BRESLOW else cox, cox.FitError("no model")
    for design in _designs(data):
        if column not in design.matrix:
            return None
        try:
            return fitter.fit(design.matrix, data.time, data.event)
        except cox.FitError as error:
            failure = error
    raise failure


def _designs(data: Rows) -> Iterator[Design]:
    """Yield the design as it is, then without more and more of what cannot be estimated, the quick checks first."""
    yield data.design
    yield varied(data.design).design
    yield estimable(data.design, data.time, data.event).design
