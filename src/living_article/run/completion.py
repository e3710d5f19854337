"""What the Tab key offers after ``article``: sections, parameters with their values, files of the right kind."""

from __future__ import annotations

import argparse
from pathlib import Path

from living_article.errors import InputError
from living_article.run.parameters import Parameter, read_parameters
from living_article.run.project import Project, find_project

COMMAND = "article"
_YAML = ("yml", "yaml")
_ENDINGS = {
    "study": _YAML, "params": _YAML, "grid": _YAML,
    "table": ("csv", "tsv", "txt", "xlsx", "xlsm", "sav", "zsav", "dta", "parquet"),
    "first": ("json",), "second": ("json",), "expect": ("csv",),
    "out": (), "folder": (),  # folders only
}  # fmt: skip
_WORDS = {"first": ["published"], "second": ["published"]}

# A zsh without start-up files has not loaded the system that completions are registered with.
_ZSH = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }"


def script(shell: str) -> str:
    """Return what bash, zsh or fish has to read once to complete the command."""
    import argcomplete

    code = argcomplete.shellcode([COMMAND], shell=shell)
    head, line, rest = code.partition("\n")
    return f"{head}{line}{_ZSH}{line}{rest}" if shell == "zsh" else code


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and end the process."""
    import argcomplete

    argcomplete.autocomplete(parser, default_completer=offers)  # type: ignore[arg-type]  # it may take any names


def offers(prefix: str, action: argparse.Action, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    """Return what may follow; nothing where the project or the study cannot be read."""
    try:
        if action.dest == "section":
            return _project(parsed_args).sections()
        if action.dest == "pairs":
            return _pairs(prefix, parsed_args)
    except InputError:
        return []
    return _WORDS.get(action.dest, []) + _files(prefix, action.dest)


def _project(given: argparse.Namespace) -> Project:
    return find_project().of(getattr(given, "study", None))


def _pairs(prefix: str, given: argparse.Namespace) -> list[str]:
    """Return ``name=`` of each parameter, or ``name=value`` once the name is there; with the section for a book."""
    project = _project(given)
    if hasattr(given, "section"):
        return _assignments(prefix, project, given.section) if given.section else []
    sections = project.sections()
    return [
        f"{section}.{pair}"
        for section in sections
        for pair in _assignments(prefix.removeprefix(f"{section}."), project, section)
    ]


def _assignments(prefix: str, project: Project, section: str) -> list[str]:
    declared = read_parameters(project.notebook(section))
    name, equals, _ = prefix.partition("=")
    if equals and name in declared:
        return [f"{name}={value}" for value in _values(declared[name])]
    return [f"{name}=" for name in declared]


def _values(parameter: Parameter) -> list[str]:
    """Return the values of a parameter that has a few, else its default."""
    from typing import Literal, get_args, get_origin

    if get_origin(parameter.annotation) is Literal:
        return [str(value) for value in get_args(parameter.annotation)]
    if parameter.annotation is bool:
        return ["true", "false"]
    default = parameter.default
    return [] if default in (None, [], "") or isinstance(default, list | dict) else [str(default)]


def _files(prefix: str, about: str) -> list[str]:
    """Return folders, and files with the endings that fit what is asked for."""
    if about not in _ENDINGS:
        return []
    folder, _, _ = prefix.rpartition("/")
    place = Path(folder or ("/" if prefix.startswith("/") else ".")).expanduser()
    before = prefix[: prefix.rfind("/") + 1]
    try:
        members = sorted(place.iterdir())
    except OSError:
        return []
    fitting = [m for m in members if m.is_dir() or m.suffix.lower().lstrip(".") in _ENDINGS[about]]
    return [f"{before}{m.name}{'/' if m.is_dir() else ''}" for m in fitting if not m.name.startswith(".")]
