"""What stops a patient table from being analysed: every cell that disagrees with the study file, one error each."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from living_article.errors import InputError
from living_article.patients.cell_rules import date_rule, encoding_rule, level_rule, number_rule
from living_article.patients.cells import Cells, not_utf8, plain_name, quoted
from living_article.study.model import DAYS, Covariate, Endpoint, Study

_LIFE = 120 * DAYS["years"]


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
    derived = {c.column for c in study.covariates.values() if c.derive}
    columns += [rule.column for rule in study.eligibility if rule.column not in derived]
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


def errors(study: Study, cells: Cells, *, external: bool = False) -> Iterator[InputError]:
    """Yield every disagreement between the cells and the study file that stops the analysis, one line each."""
    for name in cells.table.columns:
        if not_utf8(name):
            yield cells.column_error("not readable as UTF-8 CSV", name, remedy="save the whole file as 'CSV UTF-8'")
        yield from cells.judged(name, encoding_rule)
    wanted = needed(study, external=external)
    if not any(name in cells for name in wanted):
        remedy = "let the first row hold the column names, or correct 'table' in the study file"
        yield InputError(f"none of the {len(wanted)} columns of the study file", file=cells.file, remedy=remedy)
        return
    for name in wanted:
        if name not in cells:
            yield cells.column_error("missing column", name, remedy=_spelt(name, cells.table))
    if cells.table.empty:
        yield InputError("no patients", file=cells.file, remedy="add at least one row per arm")
        return
    yield from _identifier_problems(cells)
    yield from _arm_problems(study, cells)
    for endpoint in study.endpoints.values():
        yield from _endpoint_problems(cells, endpoint)
    for endpoint in study.endpoints.values():
        yield from _order_problems(study, cells, endpoint)
    yield from _block_problems(study, cells)
    for covariate in study.covariates.values():
        if covariate.derive is None and covariate.column in cells:
            yield from _covariate_problems(cells, covariate)
    yield from _eligibility_problems(study, cells)


def _spelt(name: str, table: pd.DataFrame) -> str:
    """Return the remedy for a missing column: another spelling in the table, if there is one."""
    close = [other for other in table.columns if plain_name(other) == plain_name(name)]
    return f"the table calls it {quoted(close[0])!r}; rename it" if close else "add it or correct the study file"


def _identifier_problems(cells: Cells) -> Iterator[InputError]:
    """Yield patients without an id and ids of several rows."""
    name = cells.patient
    if name not in cells:
        return
    missing = cells.mapped(name, lambda text: not text.strip(), "bool")
    yield from cells.marked(name, missing, "patient id missing", "give each patient an id")

    def first(value: str) -> str:
        return f"row {cells[name].eq(value).idxmax()} has it too; give each patient one row"

    yield from cells.marked(name, cells[name].duplicated(), "patient id occurs twice", first)


def _arm_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    name = study.arms.column
    if name not in cells:
        return
    yield from cells.judged(name, level_rule([arm.id for arm in study.arms], required=True))
    for arm in study.arms:
        if arm.id not in cells.values(name):
            yield cells.column_error("empty arm", name, arm.id, "an arm needs patients; correct table or study file")


def _endpoint_problems(cells: Cells, endpoint: Endpoint) -> Iterator[InputError]:
    if endpoint.time in cells:
        longest = round(_LIFE / DAYS[endpoint.unit])
        yield from cells.judged(endpoint.time, number_rule(0.0, longest, required=True, by=f"time in {endpoint.unit}"))
    if endpoint.event in cells:
        yield from cells.judged(endpoint.event, level_rule(["0", "1"], required=True))
        if "1" not in cells.values(endpoint.event):
            yield cells.column_error("no events", endpoint.event, remedy="code an event as 1")


def _order_problems(study: Study, cells: Cells, endpoint: Endpoint) -> Iterator[InputError]:
    """Yield times, and dates, of an endpoint that are later than those of the endpoint it lies within."""
    if endpoint.within is None:
        return
    limit, remedy = study.endpoints[endpoint.within], "correct one of the two"
    if endpoint.time in cells and limit.time in cells and endpoint.unit == limit.unit:
        late = cells.numbers(endpoint.time) > cells.numbers(limit.time)
        yield from cells.marked(endpoint.time, late, f"later than {limit.short} of the same patient", remedy)
    if endpoint.date and limit.date and endpoint.date in cells and limit.date in cells:
        late = cells.days(endpoint.date) > cells.days(limit.date)
        yield from cells.marked(endpoint.date, late, f"later than {limit.date} of the same patient", remedy)


def _block_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield problems of dates, response and lesion diameters; blanks are missing values."""
    names = [study.dates.enrolled, study.dates.last_contact] if study.dates else []
    for name in names + [e.date for e in study.endpoints.values() if e.date]:
        if name in cells:
            yield from cells.judged(name, date_rule)
    if study.dates and study.dates.enrolled in cells:
        enrolled = cells.days(study.dates.enrolled)
        for name in [e.date for e in study.endpoints.values() if e.date] + [study.dates.last_contact]:
            if name in cells:
                problem = f"earlier than {study.dates.enrolled} of the same patient"
                yield from cells.marked(name, cells.days(name) < enrolled, problem, "correct one of the two")
    if study.response and study.response.column in cells:
        yield from cells.judged(study.response.column, level_rule(list(study.response.levels), required=False))
    for lesion in study.lesions.values():
        for name in (lesion.before, lesion.after):
            if name in cells:
                yield from cells.judged(name, number_rule(0.0))


def _covariate_problems(cells: Cells, covariate: Covariate) -> Iterator[InputError]:
    if covariate.numeric:
        yield from cells.judged(covariate.column, number_rule(covariate.minimum, covariate.maximum))
    else:
        yield from cells.judged(covariate.column, level_rule(list(covariate.levels), required=False))


def _eligibility_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield text in columns that a rule compares with a number and that no covariate checks."""
    checked = {c.column for c in study.covariates.values() if c.numeric}
    for name in dict.fromkeys(rule.column for rule in study.eligibility if rule.among is None):
        if name in cells and name not in checked:
            yield from cells.judged(name, number_rule())
