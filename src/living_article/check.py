"""Everything that is wrong with a study and its patient tables, in the order in which one would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from living_article.cohort import assemble
from living_article.doubts import doubts
from living_article.errors import InputError
from living_article.problems import STRAY, errors, needed
from living_article.study.load import load_study, study_problems
from living_article.study.model import Provenance, Study
from living_article.support import unsupported
from living_article.table_files import TableFile, read_table


def check(path: str | Path) -> list[InputError]:
    """Return what is wrong with the study file at ``path`` and with its tables; an empty list if nothing is.

    Faults of the study file are returned alone, since the tables cannot be judged before they are mended.
    """
    if faults := list(study_problems(path)):
        return faults
    study = load_study(path)
    found = _table(study, study.table, study.provenance, external=False)
    if study.external:
        found += _table(study, study.external.table, study.external.provenance, external=True)
    return found


def _table(study: Study, file: Path, provenance: Provenance, *, external: bool) -> list[InputError]:
    try:
        source = read_table(file)
    except InputError as error:
        return [error]
    found = list(errors(study, source, file, external=external))
    refused = {(error.row, error.column) for error in found}
    doubted = doubts(study, source, file, external=external)
    found += [doubt for doubt in doubted if (doubt.row, doubt.column) not in refused or doubt.problem != STRAY]
    complete = set(needed(study, external=external)) <= set(source.cells.columns)
    if not external and complete and not source.cells.empty:
        found += _support(study, source, file, provenance, found)
    return found


def _support(
    study: Study, source: TableFile, file: Path, provenance: Provenance, found: Iterable[InputError]
) -> Iterator[InputError]:
    """Yield what the patients without a faulty cell cannot tell."""
    faulty = {error.row for error in found if error.row is not None} & set(source.cells.index)
    return unsupported(assemble(study, source.cells.drop(index=list(faulty)), provenance), file)
