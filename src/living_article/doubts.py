"""What looks wrong in a patient table although it can be analysed: spaces, formulas, encodings, dates, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from living_article.errors import InputError
from living_article.problems import STRAY, Cells, days, is_number, level_problems, needed, number_problems
from living_article.study.model import Endpoint, Study
from living_article.table_files import TableFile

DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
"""Days in each unit of time; a month is a twelfth of 365.25 days."""

_FORMULA = re.compile(r"[=@].|[+-](?![+-]*$)")  # +, -- or +++ alone are findings
_HTML = re.compile(r"<[/!]?[A-Za-z][^<>]*>|<[A-Za-z]+[\s/]+\w+\s*=|&(#\w+|[A-Za-z]+);|javascript:", re.IGNORECASE)
_MOJIBAKE = re.compile("[ÂÃ][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘-„†-…‰‹›€™]|â€|�")  # UTF-8 read as Western European
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def doubts(study: Study, source: TableFile, file: Path, *, external: bool = False) -> Iterator[InputError]:
    """Yield what a reader should look at before trusting the analysis, one line each."""
    cells = Cells(file, source.cells, study.patient)
    for name in source.cells.columns:
        yield from _text_doubts(cells, name)
    yield from _flag_doubts(study, cells)
    for name, covariate in study.descriptions.items():
        if covariate.numeric and name in cells:
            yield from number_problems(cells, name, covariate.minimum, covariate.maximum)
    if study.dates and all(name in cells for name in (study.dates.enrolled, study.dates.last_contact)):
        yield from _window_doubts(study, cells)
        for endpoint in study.endpoints.values():
            present = endpoint.date and all(name in cells for name in (endpoint.time, endpoint.event, endpoint.date))
            if present and endpoint.time in needed(study, external=external):
                yield from _span_doubts(study, cells, endpoint)


def _text_doubts(cells: Cells, name: str) -> Iterator[InputError]:
    """Yield stray spaces, formulas, mark-up and garbled letters in one column and its name."""
    for problem, remedy in _text_faults(name):
        yield cells.column_error(f"{problem} in the column's name", name, remedy=remedy)
    for row, value in cells[name].items():
        for problem, remedy in _text_faults(value):
            yield cells.error(problem, row, name, value, remedy)


def _text_faults(text: str) -> Iterator[tuple[str, str]]:
    plain = text.strip()
    if plain != text or _INVISIBLE.search(text):
        yield STRAY, "remove the spaces and invisible characters around the text"
    if _FORMULA.match(plain) and not is_number(plain):
        yield "text that a spreadsheet would run as a formula", "remove the sign it starts with"
    if _HTML.search(text):
        yield "text that looks like HTML", "write it without < > and &"
    if _MOJIBAKE.search(text):
        yield "letters garbled by a wrong encoding", "export the table again as 'CSV UTF-8'"


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
        values = pd.concat([cells[name] for name in names]) if names else pd.Series(dtype=object)
        others = values[(values != yes) & (values != "")].value_counts()
        for name in names:
            yield from level_problems(cells, name, [yes, *others.index[:1]], required=False)


def _window_doubts(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield enrolments outside the accrual window and dates after the cut-off."""
    dates = study.dates
    if dates.accrual:
        first, last = (pd.Timestamp(day) for day in dates.accrual)
        enrolled = days(cells[dates.enrolled])
        yield from _marked(
            cells,
            dates.enrolled,
            (enrolled < first) | (enrolled > last),
            "outside the accrual window of the study file",
        )
    if dates.cutoff:
        names = [dates.enrolled, *(e.date for e in study.endpoints.values() if e.date), dates.last_contact]
        for name in dict.fromkeys(names):
            if name in cells:
                late = days(cells[name]) > pd.Timestamp(dates.cutoff)
                yield from _marked(cells, name, late, "after the cut-off of the study file")


def _span_doubts(study: Study, cells: Cells, endpoint: Endpoint) -> Iterator[InputError]:
    """Yield times that differ from the dates, dates of events that did not happen and events without a date.

    An event of an inner endpoint without a date of its own ends at the date of the endpoint it lies within
    (progression-free survival ends at death); its censoring may come before the last contact.
    """
    happened = cells[endpoint.event] == "1"
    own, last = days(cells[endpoint.date]), days(cells[study.dates.last_contact])
    outer = study.endpoints[endpoint.within] if endpoint.within else None
    end = own.where(happened, last)
    if outer and outer.date and outer.date in cells:
        end = end.where(end.notna() | ~happened, days(cells[outer.date]))
    unneeded = ~happened & own.notna()
    yield from _marked(cells, endpoint.date, unneeded, f"a date although {endpoint.event} is not 1")
    missing = (happened & end.isna()).to_numpy().nonzero()[0]
    for row in cells.table.index[missing]:
        yield cells.error(f"no date although {endpoint.event} is 1", row, endpoint.date, remedy="add the date")
    span = (end - days(cells[study.dates.enrolled])).dt.days / DAYS[endpoint.unit]
    times = pd.to_numeric(cells[endpoint.time].where(cells[endpoint.time].map(is_number)), errors="coerce")
    difference = times - span
    if outer:  # may be censored before the last contact, not after it
        difference = difference.where(happened | (difference > 0), 0.0)
    apart = difference.abs() > _tolerance(cells[endpoint.time], span, endpoint.unit)
    problem = f"the time differs from the dates by more than rounding ({endpoint.unit})"
    yield from _marked(cells, endpoint.time, apart & (span >= 0), problem)


def _tolerance(text: pd.Series, span: pd.Series, unit: str) -> pd.Series:
    """Return what rounding explains: one unit of the last decimal, a day, and 2 % (months of 30 or 30.44 days)."""
    decimals = text.str.extract(r"\.(\d+)$")[0].str.len().max()
    return 10.0 ** -np.nan_to_num(decimals) + 1 / DAYS[unit] + 0.02 * span.abs()


def _marked(cells: Cells, column: str, wrong: pd.Series, problem: str) -> Iterator[InputError]:
    """Yield one doubt for each marked cell of a column."""
    for row, value in cells[column][wrong].items():
        yield cells.error(problem, row, column, value, "correct the cell or the study file")
