"""Everything that is wrong with a study and its patient tables, in the order in which one would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

from living_article.errors import InputError
from living_article.patients.cells import Cells
from living_article.patients.cohort import assemble
from living_article.patients.doubts import doubts
from living_article.patients.problems import errors, needed
from living_article.patients.steps import Steps
from living_article.patients.support import unsupported
from living_article.patients.table_files import read_table
from living_article.run.failures import BuildError
from living_article.study.load import load_study, study_problems
from living_article.study.model import Provenance, Study

STEPS = ("reading", "cells", "doubts", "support")


def check(path: str | Path, progress_on: TextIO | None = None) -> list[InputError]:
    """Return what is wrong with the study file at ``path`` and with its tables; an empty list if nothing is.

    Faults of the study file are returned alone, since the tables cannot be judged before they are mended.
    With large tables the steps are shown on ``progress_on``.
    """
    if faults := list(study_problems(path)):
        return faults
    study = load_study(path)
    tables = [(study.table, study.provenance)]
    if study.external:
        tables.append((study.external.table, study.external.provenance))
    found = list(_named_files(study))
    files = [file for file, _ in tables]
    with closing(Steps(len(STEPS) * len(tables), files, progress_on, doing="checking")) as steps:
        for file, provenance in tables:
            found += _table(study, file, provenance, steps, external=file is not study.table)
    return found


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Tell the first fault of the study at ``path``, if it has one, in place of the failed build that it led to."""
    try:
        yield
    except BuildError:
        for problem in check(path):
            raise problem from None
        raise


def _named_files(study: Study) -> Iterator[InputError]:
    """Yield the files and folders beside the tables that the study file names and that are not there."""
    named = {"design": study.design}
    if study.article:
        named |= {f"article.{name}": getattr(study.article, name) for name in ("published", "fidelity", "reporting")}
    for where, path in named.items():
        if path is not None and not path.exists():
            remedy = f"correct '{where}' in the study file, or remove it"
            yield InputError("no such file or folder", file=path, remedy=remedy)


def _table(study: Study, file: Path, provenance: Provenance, step: Steps, *, external: bool) -> list[InputError]:
    try:
        with step("reading", file):
            source = read_table(file)
    except InputError as error:
        return [error]
    cells = Cells(file, source, study.patient)
    with step("cells", file):
        found = [*source.problems, *errors(study, cells, external=external)]
    with step("doubts", file):
        found += doubts(study, cells, external=external)
    complete = set(needed(study, external=external)) <= set(cells.table.columns)
    with step("support", file):
        if not external and complete and not cells.table.empty:  # what the patients without a faulty cell cannot tell
            whole = cells.table[~cells.faulty] if found else cells.table
            found += unsupported(assemble(study, whole, provenance), file)
    return found
