"""The grid file of a sweep: a section, the studies and parameter values to combine, and the record to compare.

.. code-block:: yaml

    section: survival
    studies: [../data/study.yml]      # relative to this file; left out: the project's own study
    parameters:
      interval: [log, log-log, plain]
      rmst_horizon: [12.0, 24.0]
    show: {name: rmst_difference, endpoint: os}   # left out: the first record that has an interval
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file
from living_article.run.book import Job, plan
from living_article.run.parameters import check_parameters, read_parameters
from living_article.run.project import Project

KEYS = ("section", "studies", "parameters", "show")
STUDY = "study"
_SHOWN: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "endpoint": str,
    "group": str,
    "term": str,
    "horizon": (int, float),
}


@dataclass(frozen=True)
class Run:
    """One run of a sweep: its number from 1, the study and the parameters that make it up, and the job."""

    number: int
    study: str
    parameters: dict[str, object]
    job: Job

    @property
    def name(self) -> str:
        """Return what a person calls the run: ``#3 interval=log``."""
        given = [f"{name}={text(value)}" for name, value in self.parameters.items()]
        return " ".join([f"#{self.number}", *given])


@dataclass(frozen=True)
class Grid:
    """A checked grid: every list of values in the order of the file, and which record of the results to compare."""

    file: Path
    section: str
    studies: tuple[Path | None, ...]
    parameters: dict[str, list[object]]
    show: dict[str, object]

    def __len__(self) -> int:
        return len(self.studies) * len(list(itertools.product(*self.parameters.values())))

    @property
    def choices(self) -> dict[str, list[str]]:
        """The values of every parameter as text, and the studies if there is more than one."""
        named = {name: [text(value) for value in values] for name, values in self.parameters.items()}
        return ({STUDY: [label(study) for study in self.studies]} if len(self.studies) > 1 else {}) | named

    def combinations(self) -> list[tuple[Path | None, dict[str, object]]]:
        """Return study and parameters of every run, in order."""
        names = list(self.parameters)
        values = list(itertools.product(*self.parameters.values()))
        return [(study, dict(zip(names, some, strict=True))) for study in self.studies for some in values]

    def run(self, project: Project, number: int) -> Run:
        """Return one run, its parameters checked against the notebook; numbers begin at 1."""
        study, parameters = self.combinations()[number - 1]
        return Run(number, label(study), parameters, plan(project.of(study), self.section, parameters))

    def runs(self, project: Project) -> list[Run]:
        """Return all runs."""
        return [self.run(project, number) for number in range(1, len(self) + 1)]


def text(value: object) -> str:
    """Return a parameter's value as it is shown and written to tables."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def label(study: Path | None) -> str:
    """Return the name of a study in tables: the folder and name of its file."""
    return "own" if study is None else f"{study.parent.name}/{study.stem}"


def read_grid(file: Path, project: Project) -> Grid:
    """Read and check a grid file.

    Raises
    ------
    InputError
        If the file is missing or not YAML, a key is unknown, the section or a study does not exist, or a value is
        not one that the section's parameter takes.
    """
    raw = _read(file)
    for key in raw:
        if key not in KEYS:
            raise InputError("unknown key", file=_at(file, key), remedy=_close(key, KEYS))
    if not isinstance(raw.get("section"), str):
        remedy = f"name one of {', '.join(project.sections())}"
        raise InputError("no section", file=_at(file, "section"), value=raw.get("section"), remedy=remedy)
    if raw["section"] not in project.sections():
        remedy = _close(raw["section"], project.sections())
        raise InputError("unknown section", file=_at(file, "section"), value=raw["section"], remedy=remedy)
    studies = tuple(_study(file, study) for study in _listed(file, "studies", raw.get("studies")))
    parameters = _parameters(file, raw.get("parameters"), project.notebook(raw["section"]))
    grid = Grid(file, raw["section"], studies or (None,), parameters, _show(file, raw.get("show")))
    if len(grid) < 2:
        raise InputError("only one run", file=file, remedy="give two values of a parameter, or two studies")
    return grid


def _read(file: Path) -> dict:
    if not file.is_file():
        raise InputError("no such grid file", file=file, remedy="give the path of a YAML file")
    raw = read_yaml_file(file)
    if not isinstance(raw, dict):
        raise InputError("not a list of keys with values", file=file, remedy=f"use the keys {', '.join(KEYS)}")
    return raw


def _at(file: Path, key: str) -> str:
    """Return the place of a key in the messages about a grid file."""
    return f"{file}, key {key}"


def _close(name: str, known) -> str:
    close = get_close_matches(str(name), list(known), n=1)
    return f"did you mean {close[0]}?" if close else f"use one of {', '.join(known)}"


def _listed(file: Path, key: str, values: object) -> list:
    """Return a list of different values; one value stands for a list of it."""
    values = [] if values is None else values if isinstance(values, list) else [values]
    for place, value in enumerate(values):
        if value in values[:place]:
            raise InputError("occurs twice", file=_at(file, key), value=value, remedy="give each value once")
    return values


def _study(file: Path, given: object) -> Path:
    path = (file.parent / str(given)).resolve()
    if not path.is_file():
        remedy = "give the path of a study.yml, relative to the grid file"
        raise InputError("no such study file", file=_at(file, "studies"), value=given, remedy=remedy)
    return path


def _parameters(file: Path, raw: object, notebook: Path) -> dict[str, list[object]]:
    """Return the values of every parameter in their declared types."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        remedy = "write name: [value, …] below it"
        raise InputError("not names with values", file=_at(file, "parameters"), value=raw, remedy=remedy)
    declared = read_parameters(notebook)
    found: dict[str, list[object]] = {}
    for name, values in raw.items():
        column = f"parameters.{name}"
        if name == STUDY:
            raise InputError("not a parameter of a sweep", file=_at(file, column), remedy="list them under 'studies'")
        if name not in declared:
            raise InputError("unknown parameter", file=_at(file, column), remedy=_close(name, declared))
        values = _listed(file, column, values)
        if not values:
            raise InputError("no values", file=_at(file, column), remedy="list one or more")
        found[name] = []
        for value in values:
            try:
                found[name].append(check_parameters(notebook, {name: value}, declared)[name])
            except InputError as error:
                raise InputError(error.problem, file=_at(file, column), value=value, remedy=error.remedy) from None
    return found


def _show(file: Path, raw: object) -> dict[str, object]:
    """Return the fields of the record that the runs are compared by."""
    if raw is None:
        return {}
    if not isinstance(raw, dict) or "name" not in raw:
        remedy = "write show: {name: hazard_ratio, endpoint: …}"
        raise InputError("no record named", file=_at(file, "show"), value=raw, remedy=remedy)
    for key, value in raw.items():
        if key not in _SHOWN:
            raise InputError("unknown key", file=_at(file, f"show.{key}"), remedy=_close(key, _SHOWN))
        if not isinstance(value, _SHOWN[key]):
            raise InputError("wrong type", file=_at(file, f"show.{key}"), value=value, remedy="see `results.json`")
    return raw
