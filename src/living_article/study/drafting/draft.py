"""Draft a study file from a patient table: what each column seems to mean, every guess with a comment."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from living_article.errors import InputError
from living_article.patients.cells import is_number, quoted
from living_article.patients.table_files import TableFile
from living_article.study.drafting import guess
from living_article.study.drafting.adverse_events import adverse_events
from living_article.study.drafting.columns import Column, columns, fit_label
from living_article.study.drafting.content import Draft, slug
from living_article.study.drafting.covariates import covariates, model
from living_article.study.drafting.endpoints import dates, endpoints
from living_article.study.drafting.pairs import pairs
from living_article.study.drafting.response import response
from living_article.study.drafting.totals import without_totals


def draft(source: TableFile, study_id: str, file: Any = None) -> Draft:
    """Return the draft for a table.

    Raises
    ------
    InputError
        If the table has no patients or several rows of one, no column named like the arm, or no time with its event.
    """
    if source.cells.empty:
        raise InputError("no patients", file=file, remedy="give one row for each patient below the column names")
    source, left_out = without_totals(source)
    found, changes = columns(source)
    made = Draft(_head(study_id), pd.DataFrame({name: column.cells for name, column in found.items()}))
    made.guessed("patients need the strictest care; else reconstructed or simulated", "provenance", "kind")
    made.asked("the name of the folder so far", "title")
    made.asked("who these patients are, in a few words", "population")
    if guess.german(found):
        made.content["language"] = "de"
        made.guessed("of the labels, which then keep their capitals inside sentences", "language")
    made.remarks += [*source.remarks, *left_out]
    private = guess.identifying(found)
    made.remarks += [f"{name}: {change}" for name, change in changes.items() if name not in private]
    made.remarks += [f"{error.column or f'row {error.row}'}: left out, {error.problem}" for error in source.problems]
    _one_row_each(found, file)
    for name in private:
        del found[name]
        made.table = made.table.drop(columns=name)
        made.remarks.append(f"{name}: not copied, it may tell who a patient is")
    _patient(made, found)
    _arms(made, found, file)
    recognised = endpoints(made, found, file)
    dates(made, found, recognised)
    response(made, found)
    adverse_events(made, found)
    covariates(made, found, file)
    model(made, recognised)
    return made


def _head(study_id: str) -> dict[str, Any]:
    title = re.sub(r"[_\W]+", " ", study_id).strip() or "Own cohort"
    return {
        "schema": 1,
        "id": slug(study_id),
        "title": title[:1].upper() + title[1:],
        "population": "patients of the cohort",
        "provenance": {"kind": "patients", "badge": "Own cohort, observed patients"},
        "table": "cohort.csv",
    }


def _one_row_each(found: dict[str, Column], file: Any) -> None:
    """Refuse a table in which no column has a value for each patient, but one named like an id has values twice."""
    if guess.patient(found) is None and (column := guess.repeated(found)) is not None:
        row = int(column.values.duplicated().idxmax())
        problem = f"the patient of an earlier row again, {len(column.levels)} values in {len(column.cells)} rows"
        remedy = "keep one row for each patient; if these are not patients, add a column patient that numbers them"
        raise InputError(problem, file=file, row=row, column=column.name, remedy=remedy)


def _patient(made: Draft, found: dict[str, Column]) -> None:
    column = guess.patient(found)
    if column is not None:
        del found[column.name]
        made.content["patient"] = column.name
        made.guessed("a different value in every row", "patient")
        return
    name = "patient" if "patient" not in found else "patient_row"
    width = len(str(len(made.table)))
    made.table.insert(0, name, [f"P{i:0{width}d}" for i in range(1, len(made.table) + 1)])
    made.content["patient"] = name
    made.guessed("no column identifies the patients, so they were numbered", "patient")


def _arms(made: Draft, found: dict[str, Column], file: Any) -> None:
    used = {column.name for pair in pairs(found) for column in (pair.time, pair.event)}
    column = guess.arm({name: c for name, c in found.items() if name not in used})
    if column is not None and len(column.levels) > 2:
        shown = ", ".join(map(quoted, column.levels))
        problem = f"{len(column.levels)} values, {shown}, and two arms are compared"
        remedy = "keep the patients of two arms, or name another column arm"
        raise InputError(problem, file=file, column=column.name, remedy=remedy)
    if column is None:
        raise InputError("no column is named like a treatment", file=file, remedy="call the one of the two arms arm")
    del found[column.name]
    labels = {level: column.level_label(level) for level in column.levels}
    reference, said = guess.reference(labels)
    unsaid = not column.codes and all(map(is_number, column.levels))
    if unsaid or guess.recoding(column):  # yes and no, or 1 and 2, say nothing without the name of the column
        labels = {level: fit_label(f"{column.label}: {label.casefold()}") for level, label in labels.items()}
    if unsaid:
        made.asked(f"what {' and '.join(column.levels)} stand for", "arms", "levels")
    levels = {level: {"label": label} for level, label in labels.items()}
    made.content["arms"] = {"column": column.name, "reference": reference, "levels": levels}
    made.guessed("named like a treatment, with two values", "arms", "column")
    made.guessed("its name says so" if said else "the first of the two; which is the control?", "arms", "reference")
