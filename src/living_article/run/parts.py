"""A part of real patients is executed after all of them, so that no count of it tells of the few who are left over."""

from __future__ import annotations

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
