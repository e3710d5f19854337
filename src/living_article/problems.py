"""What stops a patient table from being analysed: every cell that disagrees with the study file, one error each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from living_article.errors import InputError
from living_article.study.model import Covariate, Endpoint, Study
from living_article.table_files import TableFile

MISSING = frozenset({"na", "n/a", "n.a.", "nan", "null", "none", "missing", "unknown", "?", ".", "-", "#n/a"})
"""What people write (case aside) where a value is missing; the table leaves such cells empty."""

STRAY = "stray space"

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # surrogates that stand for no byte
_LONGEST = 40


@dataclass(frozen=True)
class Cells:
    """The text cells of a table in its file, and how a cell is pointed at: patient ids are never quoted."""

    file: Path
    table: pd.DataFrame
    patient: str

    def __contains__(self, column: str) -> bool:
        return column in self.table.columns

    def __getitem__(self, column: str) -> pd.Series:
        return self.table[column]

    def error(self, problem: str, row: int, column: str, value: str | None = None, remedy: str | None = None):
        """Return an error at this cell, its value shortened, and left out if it is a patient id."""
        shown = None if value is None or column == self.patient else quoted(value)
        return InputError(problem, file=self.file, row=int(row), column=quoted(column), value=shown, remedy=remedy)

    def column_error(self, problem: str, column: str, value: str | None = None, remedy: str | None = None):
        """Return an error about a whole column."""
        return InputError(problem, file=self.file, column=quoted(column), value=value, remedy=remedy)


def quoted(text: str) -> str:
    """Return text fit to be shown on one line: bytes that are not UTF-8 as Western European, shortened."""
    text = _LONE.sub("�", text)
    text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if not_utf8(text) else text
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def not_utf8(text: str) -> bool:
    """Whether the text holds bytes that were not UTF-8, which `read_table` keeps as surrogates."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def is_number(text: str) -> bool:
    """Whether the cell is a finite number written with digits and a decimal point, without spaces."""
    return _NUMBER.fullmatch(text) is not None and abs(float(text)) < float("inf")


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


def errors(study: Study, source: TableFile, file: Path, *, external: bool = False) -> Iterator[InputError]:
    """Yield every disagreement between the table and the study file that stops the analysis, one line each."""
    yield from source.problems
    cells = Cells(file, source.cells, study.patient)
    yield from _encoding_problems(cells)
    for name in needed(study, external=external):
        if name not in cells:
            yield cells.column_error("missing column", name, remedy=_spelt(name, source.cells))
    if source.cells.empty:
        yield InputError("no patients", file=file, remedy="add at least one row per arm")
        return
    if study.patient in cells:
        yield from _identifier_problems(cells)
    if study.arms.column in cells:
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
    plain = re.sub(r"\W|_", "", name).casefold()
    close = [other for other in table.columns if re.sub(r"\W|_", "", other).casefold() == plain]
    return f"the table calls it {quoted(close[0])!r}; rename it" if close else "add it or correct the study file"


def _encoding_problems(cells: Cells) -> Iterator[InputError]:
    remedy = "save the whole file as 'CSV UTF-8'"
    for name in cells.table.columns:
        if not_utf8(name):
            yield cells.column_error("not readable as UTF-8 CSV", name, remedy=remedy)
        for row, value in cells[name].items():
            if not_utf8(value):
                yield cells.error("not readable as UTF-8 CSV", row, name, value, remedy)


def _identifier_problems(cells: Cells) -> Iterator[InputError]:
    first: dict[str, int] = {}
    for row, value in cells[cells.patient].items():
        if not value.strip():
            yield cells.error("patient id missing", row, cells.patient, remedy="give each patient an id")
        elif value in first:
            remedy = f"row {first[value]} has it too; give each patient one row"
            yield cells.error("patient id occurs twice", row, cells.patient, remedy=remedy)
        else:
            first[value] = int(row)


def _arm_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    name = study.arms.column
    yield from level_problems(cells, name, [arm.id for arm in study.arms], required=True)
    for arm in study.arms:
        if not (cells[name] == arm.id).any():
            yield cells.column_error("empty arm", name, arm.id, "an arm needs patients; correct table or study file")


def level_problems(cells: Cells, column: str, levels: list[str], *, required: bool) -> Iterator[InputError]:
    """Yield the cells of a column that are not one of the levels; empty ones only if a value is required."""
    for row, value in cells[column].items():
        if value in levels or (value == "" and not required):
            continue
        plain = value.strip()
        same = [level for level in levels if level.casefold() == plain.casefold()]
        if plain in levels:
            yield cells.error(STRAY, row, column, value, f"write {plain}")
        elif same:
            yield cells.error("unknown level", row, column, value, f"write {same[0]}")
        elif plain.casefold() in MISSING and not required:
            yield cells.error("unknown level", row, column, value, "leave the cell empty if the value is missing")
        else:
            yield cells.error("unknown level", row, column, value, f"use one of {', '.join(levels)}")


def number_problems(
    cells: Cells, column: str, low: float | None = None, high: float | None = None, *, required: bool = False
) -> Iterator[InputError]:
    """Yield the cells of a column that are no number or out of bounds; empty ones only if a value is required."""
    for row, value in cells[column].items():
        plain = value.strip()
        if value == "" and not required:
            continue
        if is_number(value):
            number = float(value)
            if (low is not None and number < low) or (high is not None and number > high):
                bounds = " to ".join("…" if bound is None else f"{bound:g}" for bound in (low, high))
                yield cells.error("out of range", row, column, value, f"the study file allows {bounds}")
        elif is_number(plain):
            yield cells.error(STRAY, row, column, value, f"write {plain}")
        elif _COMMA.fullmatch(plain):
            remedy = f"write a decimal point, {plain.replace(',', '.')}"
            yield cells.error("not a number, decimal comma", row, column, value, remedy)
        elif required and (plain == "" or plain.casefold() in MISSING):
            yield cells.error("not a number, value missing", row, column, value, "complete it or leave the patient out")
        elif plain.casefold() in MISSING:
            yield cells.error("not a number", row, column, value, "leave the cell empty if the value is missing")
        else:
            yield cells.error("not a number", row, column, value, "use digits with a decimal point")


def _endpoint_problems(cells: Cells, endpoint: Endpoint) -> Iterator[InputError]:
    if endpoint.time in cells:
        yield from number_problems(cells, endpoint.time, 0.0, required=True)
    if endpoint.event in cells:
        yield from level_problems(cells, endpoint.event, ["0", "1"], required=True)
        if not (cells[endpoint.event] == "1").any():
            yield cells.column_error("no events", endpoint.event, remedy="code an event as 1")


def _order_problems(study: Study, cells: Cells, endpoint: Endpoint) -> Iterator[InputError]:
    """Yield times, and dates, of an endpoint that are later than those of the endpoint it lies within."""
    if endpoint.within is None:
        return
    limit = study.endpoints[endpoint.within]
    if endpoint.time in cells and limit.time in cells and endpoint.unit == limit.unit:
        late = _numbers(cells[endpoint.time]) > _numbers(cells[limit.time])
        yield from _marked(cells, endpoint.time, late, f"later than {limit.short} of the same patient")
    if endpoint.date and limit.date and endpoint.date in cells and limit.date in cells:
        late = days(cells[endpoint.date]) > days(cells[limit.date])
        yield from _marked(cells, endpoint.date, late, f"later than {limit.date} of the same patient")


def _marked(cells: Cells, column: str, wrong: pd.Series, problem: str) -> Iterator[InputError]:
    """Yield one error for each marked cell of a column."""
    for row, value in cells[column][wrong].items():
        yield cells.error(problem, row, column, value, "correct one of the two")


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column.where(column.map(is_number)), errors="coerce")


def days(column: pd.Series) -> pd.Series:
    """Return the dates of a column of text, NaT where there is none."""
    return pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")


def _block_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield problems of dates, response and lesion diameters; blanks are missing values."""
    names = [study.dates.enrolled, study.dates.last_contact] if study.dates else []
    for name in names + [e.date for e in study.endpoints.values() if e.date]:
        if name in cells:
            wrong = days(cells[name]).isna() & (cells[name] != "")
            for row, value in cells[name][wrong].items():
                yield cells.error("not a date", row, name, value, "write year-month-day, e.g. 2022-12-31")
    if study.dates and study.dates.enrolled in cells:
        enrolled = days(cells[study.dates.enrolled])
        for name in [e.date for e in study.endpoints.values() if e.date] + [study.dates.last_contact]:
            if name in cells:
                problem = f"earlier than {study.dates.enrolled} of the same patient"
                yield from _marked(cells, name, days(cells[name]) < enrolled, problem)
    if study.response and study.response.column in cells:
        yield from level_problems(cells, study.response.column, list(study.response.levels), required=False)
    for lesion in study.lesions.values():
        for name in (lesion.before, lesion.after):
            if name in cells:
                yield from number_problems(cells, name, 0.0)


def _covariate_problems(cells: Cells, covariate: Covariate) -> Iterator[InputError]:
    if covariate.numeric:
        yield from number_problems(cells, covariate.column, covariate.minimum, covariate.maximum)
    else:
        yield from level_problems(cells, covariate.column, list(covariate.levels), required=False)


def _eligibility_problems(study: Study, cells: Cells) -> Iterator[InputError]:
    """Yield text in columns that a rule compares with a number and that no covariate checks."""
    checked = {c.column for c in study.covariates.values() if c.numeric}
    for name in dict.fromkeys(rule.column for rule in study.eligibility if rule.among is None):
        if name in cells and name not in checked:
            yield from number_problems(cells, name)
