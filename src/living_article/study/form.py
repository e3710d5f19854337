"""The form of a study file: what `schema.json` asks for, and what is said where a file has another one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from living_article.errors import InputError
from living_article.study.labels import is_label

_MARKUP = re.compile(r"[|`\n]|\]\(|\{[{%]")
MOST_LETTERS = 60
"""Letters of a label: tables and figures have room for so many."""

UNDECIDED = "?"
"""Stands in a drafted study file where only the owner of the table knows the answer."""

_LONGEST = 60  # characters of a value quoted in a message
_DICTIONARY = "see the data dictionary for the form"
_DATE = "write a date of the calendar as year-month-day, e.g. 2022-12-31"
_ID = "use letters from a to z, digits and _ + . -, first a letter or digit"


@cache
def schema() -> dict:
    """Return the JSON Schema of the study file."""
    return json.loads(resources.files("living_article.study").joinpath("schema.json").read_text("utf-8"))


def form_problems(file: Path, content: Any) -> Iterator[InputError]:
    """Yield every place where the content of a study file has not the form it should have, one line each."""
    validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    told: set[str] = set()
    for error in sorted(validator.iter_errors(content), key=lambda error: str(error.absolute_path)):
        problem = _problem(file, best_match([error]))
        if str(problem) not in told:
            told.add(str(problem))
            yield problem
    if not told:
        yield from _label_problems(file, content)


def _label_problems(file: Path, content: Any, where: str = "") -> Iterator[InputError]:
    """Yield labels too long for a figure, or with signs that make a table, code or a link where they are shown."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _label_problems(file, value, f"{where}.{key}" if where else key)
    elif isinstance(content, str) and is_label(where):
        if found := _MARKUP.search(content):
            yield InputError(f"{where}: {found[0]!r} is read as markup", file=file, remedy="write it in plain words")
        if len(content) > MOST_LETTERS:
            remedy = f"shorten it to {MOST_LETTERS}, so that tables and figures have room for it"
            yield InputError(f"{where}: {len(content)} characters", file=file, remedy=remedy)


def _problem(file: Path, error: ValidationError) -> InputError:
    where = ".".join(str(step) for step in error.absolute_path) or "top level"
    value = repr(error.instance)
    shown = value if len(value) <= _LONGEST else "what stands here"
    if error.instance == UNDECIDED and error.validator == "enum":
        return InputError(f"{where}: left to decide", file=file, remedy=_REMEDIES["enum"](error))
    form = f"{shown} has not the form asked for"
    message = form if error.validator in ("pattern", "format") else error.message.replace(value, shown)
    remedy = _REMEDIES.get(str(error.validator), lambda error: _DICTIONARY)(error)
    return InputError(f"{where}: {message[:300]}", file=file, remedy=remedy)


def _typed(error: ValidationError) -> str:
    """Return the remedy for a value of another type, such as `no`, which YAML reads as false."""
    if error.validator_value == "string" and isinstance(error.instance, (bool, int, float)):
        return "write it in quotes: YAML reads yes, no and digits as other things than text"
    if error.validator_value in ("number", "integer") and isinstance(error.instance, str):
        return "write a number without quotes, with a decimal point"
    if error.instance is None:
        return "write something after the colon, or remove the line"
    return _DICTIONARY


_REMEDIES: dict[str, Callable[[Any], str]] = {
    "type": _typed,
    "const": lambda error: f"write {error.validator_value}, the version of the form this package reads",
    "enum": lambda error: f"use one of {', '.join(map(str, error.validator_value))}",
    "pattern": lambda error: _DATE if error.schema.get("format") == "date" else _ID,
    "format": lambda error: _DATE,
    "required": lambda error: "add it",
    "additionalProperties": lambda error: "correct its spelling or remove it",
    "uniqueItems": lambda error: "name each once",
}
