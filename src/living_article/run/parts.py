"""Parts of real patients: executed after all of them, and not two of nearly the same patients in one book.

No count of a part then tells of the few who are left over.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from living_article.run.parameters import read_parameters

PART = "subset"
"""The parameter that chooses a part of the patients."""


def of_all(notebook: Path, parameters: dict[str, object], root: Path) -> dict[str, object] | None:
    """Return the parameters of the run on all patients, None if this is one, or if its patients need no protection.

    Raises
    ------
    InputError
        If the study file has a problem.
    """
    if not parameters.get(PART):
        return None
    from living_article.study import load_study

    study = parameters.get("study") or read_parameters(notebook)["study"].default
    if not load_study(root / str(study)).provenance.limit:
        return None
    return {name: value for name, value in parameters.items() if name != PART}


def refuse_alike_parts(study: Path, chosen: Iterable[object]) -> None:
    """Refuse a book whose sections show parts of real patients that differ by a few; ``chosen`` are the parts.

    Raises
    ------
    InputError
        If two parts lie so close, or one is of no patients of the study.
    """
    different = {repr(part): part for part in chosen if part}
    if len(different) < 2:
        return
    from living_article.patients.cohort import load_cohort
    from living_article.patients.subset import refuse_neighbours
    from living_article.study import load_study

    loaded = load_study(study)
    if loaded.provenance.limit:
        refuse_neighbours(load_cohort(loaded), different.values())
