"""Start a study of one's own: a folder with the drafted study file and the table as CSV."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from living_article.errors import InputError
from living_article.patients.steps import Steps
from living_article.patients.table_files import TableFile, read_table
from living_article.study.drafting.content import Draft
from living_article.study.drafting.draft import draft


@dataclass(frozen=True)
class Started:
    """The study file written, the numbers of guesses and questions in it, and what was done to the table."""

    study: Path
    guesses: int
    questions: int
    remarks: tuple[str, ...]


STUDY, TABLE = "study.yml", "cohort.csv"
STEPS = ("reading", "drafting", "writing")


def new_study(folder: Path, table: Path, progress_on: TextIO | None = None) -> Started:
    """Write ``study.yml`` and ``cohort.csv`` into ``folder`` and return what was drafted.

    With a large table the steps are shown on ``progress_on``.

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
    with closing(Steps(len(STEPS), [table], progress_on, doing="drafting")) as step:
        with step("reading", table):
            source = read_table(table)
        with step("drafting", table):
            made = _drafted(source, folder, table)
        with step("writing", table):
            _write(made, folder)
    guesses = sum(comment.startswith("guessed: ") for comment in made.comments.values())
    return Started(folder / STUDY, guesses, len(made.comments) - guesses, tuple(made.remarks))


def _drafted(source: TableFile, folder: Path, table: Path) -> Draft:
    try:
        return draft(source, folder.resolve().name, table)
    except InputError as error:
        raise error.also("; ".join(source.remarks)) if source.remarks else error from None


def _write(made: Draft, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made ({error.strerror})"
        raise InputError(problem, file=folder, remedy="name another folder") from None
    made.table.to_csv(folder / TABLE, index=False, encoding="utf-8", lineterminator="\n")
    (folder / STUDY).write_text(made.text, encoding="utf-8")
