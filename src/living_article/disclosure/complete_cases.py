"""What the complete cases of a model are a part of: the same counts of all patients, which other sections show."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from living_article.disclosure.count_sums import MISSING
from living_article.patients.cohort import Cohort
from living_article.study.model import Endpoint


def counts_of_all(cohort: Cohort, endpoint: Endpoint, names: Iterable[str]) -> dict[tuple, int]:
    """Return counts of the whole cohort, as `living_article.records.Results.part_of` takes them.

    They are patients and events, both also by level of each model term, as the records of the regression name them,
    and how many patients lack a value of each term.
    """
    event = cohort.table[endpoint.event]
    found = _both("", event, endpoint)
    for name in names:
        covariate = cohort.study.term(name)
        values = cohort.table[covariate.column]
        found[MISSING, None, None, name, None] = int(values.isna().sum())
        if covariate.numeric:
            found |= _both("level_", event[values.notna()], endpoint, name)
        for level in covariate.levels:
            found |= _both("level_", event[values == level], endpoint, f"{name}:{level}")
    return found


def _both(prefix: str, event: pd.Series, endpoint: Endpoint, term: str | None = None) -> dict[tuple, int]:
    where = (endpoint.id, None, term, None)
    return {(f"{prefix}patients", *where): len(event), (f"{prefix}events", *where): int(event.sum())}
