"""The records of all runs as one table: a row a record, with the run, its study and its parameters before it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from living_article.compare.sides import read_file
from living_article.patients.cohort import Cohort
from living_article.records import read_patients, read_results, read_spoken
from living_article.run.project import Project
from living_article.sweep.grid import Run, text
from living_article.sweep.patients import guarded
from living_article.sweep.runner import result

IDENTITY = ("name", "endpoint", "group", "term", "horizon")


def collect(project: Project, runs: list[Run], cohorts: Mapping[str, Cohort] | None = None) -> pd.DataFrame:
    """Return the records of the runs that are finished: run, study, parameters, alpha, patients, record fields.

    ``cohorts`` are those of real patients, about few of whom nothing may be worked out from two runs.
    """
    rows, found = [], [(run, file) for run in runs if (file := result(project, run)).is_file()]
    guards = guarded({run.number: read_file(file) for run, file in found}, cohorts.values()) if cohorts else {}
    for run, file in found:
        _, given = read_spoken(file)
        first = {"run": run.number, "study": run.study}
        first |= {f"parameter.{name}": text(value) for name, value in run.parameters.items()}
        first |= {"level": given.get("alpha"), "patients": read_patients(file)}
        records = guards[run.number].records if run.number in guards else read_results(file)
        rows += [first | asdict(record) for record in records]
    return pd.DataFrame(rows)


def compared(table: pd.DataFrame, show: dict[str, object]) -> tuple[dict[str, object], pd.DataFrame]:
    """Return which record the runs are compared by, and its rows, one a run.

    It is the record with the fields in ``show``, by default the first that has an interval. Where several records
    have these fields, their other fields have to be empty, or are those of the first.
    """
    found = table
    for field, wanted in show.items():
        found = found[found[field] == wanted]
    if not show:
        found = found[found["value"].notna() & found["low"].notna()]
    if found.empty:
        return {}, found
    if show and not found["run"].duplicated().any():
        return show, found.reset_index(drop=True)
    exact = found[found[[field for field in IDENTITY if field not in show]].isna().all(axis=1)]
    first = (exact if len(exact) else found).iloc[0]
    identity = {field: first[field] for field in IDENTITY if pd.notna(first[field])}
    kept = pd.Series(True, index=table.index)
    for field in IDENTITY:
        kept &= table[field] == identity[field] if field in identity else table[field].isna()
    return identity, table[kept].reset_index(drop=True)


def write_table(table: pd.DataFrame, folder: Path) -> list[Path]:
    """Write ``results.csv``, and ``results.parquet`` if pyarrow is installed; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "results.csv"]
    table.to_csv(written[0], index=False)
    if importlib.util.find_spec("pyarrow"):
        written.append(folder / "results.parquet")
        numbers = dict.fromkeys(("horizon", "value", "low", "high", "p"), float)
        table.astype({name: kind for name, kind in numbers.items() if name in table}).to_parquet(written[1])
    return written
