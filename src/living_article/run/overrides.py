"""Parameters of a whole book: ``section.name=value`` on the command line, or a YAML file of sections."""

from __future__ import annotations

from pathlib import Path

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file
from living_article.run.parameters import split_assignments

Overrides = dict[str, dict[str, object]]


def from_pairs(pairs: list[str]) -> Overrides:
    """Turn ``["survival.alpha=0.1", …]`` into values by section; raises InputError on one of another form."""
    found: Overrides = {}
    for key, value in split_assignments(pairs).items():
        section, dot, name = key.partition(".")
        if not dot or not section or not name:
            raise InputError("not section.name=value", value=key, remedy="write for example -p survival.alpha=0.1")
        found.setdefault(section, {})[name] = value
    return found


def from_file(file: Path) -> Overrides:
    """Read a YAML (or JSON) file of sections, each with its parameters; raises InputError if it is not one."""
    if not file.is_file():
        raise InputError("no such file of parameters", file=file, remedy="give the path of a YAML file")
    content = read_yaml_file(file) or {}
    if not isinstance(content, dict) or not all(isinstance(given, dict) for given in content.values()):
        remedy = "write a section, and below it name: value"
        raise InputError("not parameters by section", file=file, remedy=remedy)
    return {str(section): dict(given) for section, given in content.items()}


def merged(file: Path | None, pairs: list[str]) -> Overrides:
    """Return the parameters of a file, if one is given, and those of the command line, which win."""
    found = from_file(file) if file else {}
    for section, given in from_pairs(pairs).items():
        found[section] = found.get(section, {}) | given
    return found
