"""Start a study of one's own: a folder with the drafted study file and the table as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from living_article.errors import InputError
from living_article.patients.table_files import read_table
from living_article.study.drafting.draft import draft


@dataclass(frozen=True)
class Started:
    """The study file written, the number of guesses marked in it, and what was done to the table."""

    study: Path
    guesses: int
    remarks: tuple[str, ...]


STUDY, TABLE = "study.yml", "cohort.csv"


def new_study(folder: Path, table: Path) -> Started:
    """Write ``study.yml`` and ``cohort.csv`` into ``folder`` and return what was drafted.

    Raises
    ------
    InputError
        If one of the files exists already, the table cannot be read, or nothing can be drafted from it.
    """
    for name in (STUDY, TABLE):
        if (folder / name).exists():
            raise InputError("exists already and is not overwritten", file=folder / name, remedy="name another folder")
    if folder.exists() and not folder.is_dir():
        raise InputError("not a folder", file=folder, remedy="name another folder")
    made = draft(read_table(table), folder.resolve().name, table)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made ({error.strerror})"
        raise InputError(problem, file=folder, remedy="name another folder") from None
    made.table.to_csv(folder / TABLE, index=False, encoding="utf-8", lineterminator="\n")
    (folder / STUDY).write_text(made.text, encoding="utf-8")
    return Started(folder / STUDY, len(made.comments), tuple(made.remarks))
