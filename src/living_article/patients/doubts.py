"""What looks wrong in a patient table although it can be analysed: spaces, formulas, encodings, dates, codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.patients.cell_rules import level_rule, number_rule, text_faults, text_rule
from living_article.patients.cells import Cells
from living_article.patients.problems import needed
from living_article.study.model import DAYS, Dates, Endpoint, Study

_REMEDY = "correct the cell or the study file"


def doubts(study: Study, cells: Cells, *, external: bool = False) -> Iterator[InputError]:
    """Yield what a reader should look at before trusting the analysis, one line each."""
    for name in cells.table.columns:
        for problem, remedy in text_faults(name):
            yield cells.column_error(f"{problem} in the column's name", name, remedy=remedy)
        yield from cells.judged(name, text_rule)
    yield from _flag_doubts(study, cells)
    for name, covariate in study.descriptions.items():
        if covariate.numeric and name in cells:
            yield from cells.judged(name, number_rule(covariate.minimum, covariate.maximum))
    if study.dates and all(name in cells for name in (study.dates.enrolled, study.dates.last_contact)):
        yield from _window_doubts(study, study.dates, cells)
        for endpoint in study.endpoints.values():
            if endpoint.date is None or endpoint.time not in needed(study, external=external):
                continue
            if all(name in cells for name in (endpoint.time, endpoint.event, endpoint.date)):
                yield from _span_doubts(study, study.dates, cells, endpoint, endpoint.date)


def _flag_doubts(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield values of yes/no columns that are neither the value that means yes nor the usual other one."""
    groups: dict[str, list[str]] = {}
    for group in study.toxicity:
        groups.setdefault(group.present, []).extend(name for name in group.events if name in cells)
    if study.response:
        for flag in (study.response.new_lesions, study.response.counted):
            if flag and flag.column in cells:
                groups.setdefault(flag.yes, []).append(flag.column)
    for yes, names in groups.items():
        counts = Counter(value for name in names for value in cells[name] if value not in (yes, ""))
        usual = [value for value, _ in counts.most_common(1)]
        for name in names:
            yield from cells.judged(name, level_rule([yes, *usual], required=False))


def _window_doubts(study: Study, dates: Dates, cells: Cells) -> Iterator[InputError]:
    """Yield enrolments outside the accrual window and dates after the cut-off."""
    if dates.accrual:
        first, last = (pd.Timestamp(day) for day in dates.accrual)
        enrolled = cells.days(dates.enrolled)
        outside = (enrolled < first) | (enrolled > last)
        yield from cells.marked(dates.enrolled, outside, "outside the accrual window of the study file", _REMEDY)
    if dates.cutoff:
        names = [dates.enrolled, *(e.date for e in study.endpoints.values() if e.date), dates.last_contact]
        for name in dict.fromkeys(names):
            if name in cells:
                late = cells.days(name) > pd.Timestamp(dates.cutoff)
                yield from cells.marked(name, late, "after the cut-off of the study file", _REMEDY)


def _span_doubts(study: Study, dates: Dates, cells: Cells, endpoint: Endpoint, column: str) -> Iterator[InputError]:
    """Yield times that differ from the dates, dates of events that did not happen and events without a date.

    ``column`` holds the dates of the events. An event of an inner endpoint without a date of its own ends at the date
    of the endpoint it lies within (progression-free survival ends at death); its censoring may come before the last
    contact.
    """
    happened = cells[endpoint.event] == "1"
    own, last = cells.days(column), cells.days(dates.last_contact)
    outer = study.endpoints[endpoint.within] if endpoint.within else None
    end = own.where(happened, last)
    if outer and outer.date and outer.date in cells:
        end = end.where(end.notna() | ~happened, cells.days(outer.date))
    unneeded = ~happened & own.notna()
    yield from cells.marked(column, unneeded, f"a date although {endpoint.event} is not 1", _REMEDY)
    missing = happened & end.isna()
    yield from cells.marked(column, missing, f"no date although {endpoint.event} is 1", "add the date")
    span = (end - cells.days(dates.enrolled)).dt.days / DAYS[endpoint.unit]
    difference = cells.numbers(endpoint.time) - span
    if outer:  # may be censored before the last contact, not after it
        difference = difference.where(happened | (difference > 0), 0.0)
    apart = difference.abs() > _tolerance(cells[endpoint.time], span, endpoint.unit)
    problem = f"the time differs from the dates by more than rounding ({endpoint.unit})"
    yield from cells.marked(endpoint.time, apart & (span >= 0), problem, _REMEDY)


def _tolerance(text: pd.Series, span: pd.Series, unit: str) -> pd.Series:
    """Return what rounding explains: one unit of the last decimal, a day, and 2 % (months of 30 or 30.44 days)."""
    decimals = text.str.extract(r"\.(\d+)$")[0].str.len().max()
    return 10.0 ** -np.nan_to_num(decimals) + 1 / DAYS[unit] + 0.02 * span.abs()
