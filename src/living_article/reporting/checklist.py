"""Read the checklists of reporting standards: YAML, one file a standard, checked against `schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file

REPORTED, PARTLY, NOT_REPORTED, NOT_APPLICABLE = JUDGEMENTS = ("reported", "partly", "not reported", "not applicable")


@dataclass(frozen=True)
class Item:
    """One item of a standard: what it asks, what the article has of it, and where the book has it.

    ``book`` maps the text of a link to its target: ``page``, ``page#heading`` or ``#label``.
    """

    item: str
    section: str
    asks: str
    article: str
    note: str
    where: str = ""
    book: Mapping[str, str] = field(default_factory=dict)

    @property
    def added(self) -> bool:
        """Whether the book has what the article reports in part or not at all."""
        return self.article in (PARTLY, NOT_REPORTED) and bool(self.book)


@dataclass(frozen=True)
class Checklist:
    """A reporting standard with its items, in its own order."""

    id: str
    title: str
    subject: str
    year: int
    citations: tuple[str, ...]
    reading: str
    items: tuple[Item, ...]


@cache
def schema() -> dict:
    """Return the JSON Schema of a checklist file."""
    return json.loads(resources.files("living_article.reporting").joinpath("schema.json").read_text("utf-8"))


def load_checklists(folder: Path) -> list[Checklist]:
    """Return the checklists of a folder, oldest standard first.

    Raises
    ------
    InputError
        If there is none, or a file is no YAML, does not follow the schema or has an item twice.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise InputError("no checklist", file=folder, remedy="put a file such as strobe.yml there")
    return sorted(map(load_checklist, files), key=lambda checklist: (checklist.year, checklist.id))


def load_checklist(file: Path) -> Checklist:
    """Return one checklist; raises InputError as `load_checklists` does."""
    raw: Any = read_yaml_file(file)
    if error := best_match(Draft202012Validator(schema()).iter_errors(raw)):
        raise InputError(f"{_place(raw, error)}: {error.message}", file=file, remedy="see reporting/schema.json")
    items = tuple(Item(**item) for item in raw["items"])
    for number, times in Counter(item.item for item in items).items():
        if times > 1:
            raise InputError("item given twice", file=file, value=number, remedy="give each item once")
    for item in items:
        if item.where and item.article not in (REPORTED, PARTLY):
            problem = f"item {item.item}: {item.article}, yet with a place"
            raise InputError(problem, file=file, value=item.where, remedy="take out where, or say reported or partly")
    return Checklist(**(raw | {"citations": tuple(raw["citations"]), "items": items}))


def _place(raw: Any, error: ValidationError) -> str:
    """Return where in the file the error is; an item by its number, if it has one."""
    path: list[Any] = list(error.absolute_path)
    if path[:1] == ["items"] and len(path) > 1:
        item = raw["items"][path[1]]
        number = item.get("item") if isinstance(item, dict) else None
        path[:2] = [f"item {number or f'in place {path[1] + 1}'}"]
    return ", ".join(str(part) for part in path) or "the file"
