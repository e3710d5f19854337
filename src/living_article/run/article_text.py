"""Leave out of a notebook what speaks of the printed article, for a study that re-tells none.

Source lines of prose that end in ``<!-- article -->``, and cells tagged ``article``, are about the article.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from living_article.plain_yaml import read_yaml

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "article"
_MARK = re.compile(r"[ \t]*<!-- article -->[ \t]*$")


def citation(study: Path) -> str | None:
    """Return the citation key of the article that a study file re-tells, None if it re-tells none or is unreadable."""
    try:
        raw = read_yaml(study.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None  # the notebooks say what is wrong with it
    article = raw.get("article") if isinstance(raw, dict) else None
    return article.get("citation") if isinstance(article, dict) else None


def for_study(node: NotebookNode, *, article: bool) -> NotebookNode:
    """Return the notebook with the marks gone, and without what they mark unless ``article``."""
    node.cells = [c for c in node.cells if article or TAG not in c.metadata.get("tags", [])]
    for cell in node.cells:
        if tags := [tag for tag in cell.metadata.get("tags", []) if tag != TAG]:
            cell.metadata["tags"] = tags
        else:
            cell.metadata.pop("tags", None)
        if cell.cell_type == "markdown":
            lines = [line for line in cell.source.splitlines() if article or not _MARK.search(line)]
            cell.source = "\n".join(_MARK.sub("", line) for line in lines)
    node.cells = [cell for cell in node.cells if cell.cell_type != "markdown" or cell.source.strip()]
    return node
