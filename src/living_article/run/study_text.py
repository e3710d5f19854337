"""Leave out of a notebook what does not hold for a study.

A source line of prose that ends in a mark such as ``<!-- article -->``, and a cell tagged with the same word, stay if
the word is true of the study; with ``no`` before the word, if it is not. `MARKS` has the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from living_article.plain_yaml import read_yaml

if TYPE_CHECKING:
    from nbformat import NotebookNode

ARTICLE = "article"
MARKS: dict[str, Callable[[dict], bool]] = {
    ARTICLE: lambda study: "article" in study,  # it re-tells the article that the notebooks were written for
    "response": lambda study: "response" in study,
    "classified": lambda study: "lesion" in (study.get("response") or {}),  # response computed from diameters
    "diameters": lambda study: bool(study.get("lesions")),
    "drawn": lambda study: (study.get("provenance") or {}).get("kind") != "patients",  # single patients in figures
    "listed": lambda study: "sensitivity" in study,  # the analyses of the section on sensitivity
}
"""Word → whether it is true of a study with this content of its file."""
EVERYTHING = frozenset(MARKS)
_WORDS = "|".join(MARKS)
_MARK = re.compile(rf"[ \t]*<!-- ((?:no )?(?:{_WORDS})) -->[ \t]*$")
_TAG = re.compile(rf"(?:no )?(?:{_WORDS})")


def citation(study: Path) -> str | None:
    """Return the citation key of the article that a study file re-tells, None if it re-tells none or is unreadable."""
    article = (_content(study) or {}).get("article")
    return article.get("citation") if isinstance(article, dict) else None


def holding(study: Path, *, article: bool) -> frozenset[str]:
    """Return the words of marks that are true of a study; all if its file cannot be read: the notebook says why.

    ``article`` says whether it re-tells the article of this project, which a study file may also do of another.
    """
    content = _content(study)
    words = EVERYTHING if content is None else {word for word, true_of in MARKS.items() if true_of(content)}
    return frozenset(words - {ARTICLE} | ({ARTICLE} if article else set()))


def for_study(node: NotebookNode, holds: Container[str]) -> NotebookNode:
    """Return the notebook with the marks gone, and without what is marked by a word that does not hold."""
    node.cells = [c for c in node.cells if all(_stays(tag, holds) for tag in _tags(c) if _TAG.fullmatch(tag))]
    for cell in node.cells:
        if tags := [tag for tag in _tags(cell) if not _TAG.fullmatch(tag)]:
            cell.metadata["tags"] = tags
        else:
            cell.metadata.pop("tags", None)
        if cell.cell_type == "markdown":
            lines = [(line, _MARK.search(line)) for line in cell.source.splitlines()]
            cell.source = "\n".join(_MARK.sub("", line) for line, mark in lines if not mark or _stays(mark[1], holds))
    node.cells = [cell for cell in node.cells if cell.cell_type != "markdown" or cell.source.strip()]
    return node


def _content(study: Path) -> dict | None:
    """Return what a study file says, None if that cannot be told."""
    try:
        raw = read_yaml(study.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    well_formed = isinstance(raw, dict) and all(isinstance(raw.get(k, {}), dict) for k in ("response", "provenance"))
    return raw if well_formed else None


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def _stays(mark: str, holds: Container[str]) -> bool:
    return mark[3:] not in holds if mark.startswith("no ") else mark in holds
