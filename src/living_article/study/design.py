"""The design of the study as text with placeholders, and the departures of this book from the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file


@dataclass(frozen=True)
class Part:
    """A titled part of the design: paragraphs of finished text."""

    title: str
    text: tuple[str, ...]


@dataclass(frozen=True)
class Departure:
    """What the article does, what is done here instead, and why."""

    article: str
    here: str
    why: str


@dataclass(frozen=True)
class Design:
    """The design parts and the departures."""

    parts: tuple[Part, ...]
    departures: tuple[Departure, ...]


def load_design(file: Path, printed: Callable[[str], str]) -> Design:
    """Read a design file and fill its placeholders with ``printed(id)``.

    Raises
    ------
    InputError
        If the file is missing or lacks a key, or a placeholder names no printed value.
    """
    try:
        raw = read_yaml_file(file)
        parts = tuple(
            Part(part["title"], tuple(_fill(file, text, printed) for text in part["text"])) for part in raw["parts"]
        )
        departures = tuple(
            Departure(**{key: _fill(file, text, printed) for key, text in departure.items()})
            for departure in raw.get("departures", ())
        )
    except InputError:
        raise
    except (KeyError, TypeError, ValueError) as error:  # the last of a brace that is not closed
        raise InputError(f"not a design file: {error!r}", file=file, remedy="give parts with title and text") from None
    return Design(parts, departures)


def _fill(file: Path, text: str, printed: Callable[[str], str]) -> str:
    filled = ""
    for literal, name, _, _ in Formatter().parse(text):
        filled += literal
        if name is not None:
            try:
                filled += printed(name)
            except LookupError:
                raise InputError("no such printed value", file=file, value=name, remedy="use a published id") from None
    return " ".join(filled.split())
