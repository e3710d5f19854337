"""Turn an executed notebook into the page the book shows: code folded, figures with caption, label and alt text."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from living_article.web.folding import OUTPUT_KEY as OUTPUT_KEY
from living_article.web.folding import fold

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HIDDEN = "remove-input"
_TABLE = re.compile(r"(?P<table>\A:::\{table\}.*?^:::\n)\s*(?P<notes>\S.*)", re.DOTALL | re.MULTILINE)
_CONTINUED = "# shown by the cell above"  # myst-nb drops cells without source, outputs and all


def kind(output: NotebookNode) -> str | None:
    """Return what an output is: ``figure``, ``table`` or None."""
    return output.get("metadata", {}).get(OUTPUT_KEY, {}).get("kind")


def published(node: NotebookNode, foot: str = "") -> NotebookNode:
    """Return a copy for the site, in which each figure has a cell of its own that carries caption, name and alt.

    myst-nb reads caption, label and alt text from the metadata of a cell and wraps all its outputs in one figure;
    a cell that shows a figure besides something else is therefore split, and the input of the further cells is hidden.
    All code is folded, see `folding`; the notes of a table are put into a box, which stays with the table.
    A cell that shows a figure or table only ``if`` the study has something to show, and has not, is left out.
    ``foot`` is markdown that the page ends with.
    """
    from nbformat.v4 import new_markdown_cell

    page = deepcopy(node)
    shown = [cell for cell in page.cells if not _not_shown(cell)]
    fold(shown)
    cells = []
    for cell in shown:
        for output in cell.get("outputs", []):
            if kind(output) == "table":
                output.data["text/markdown"] = _noted(output.data["text/markdown"])
        if cell.cell_type != "code" or not any(kind(output) == "figure" for output in cell.outputs):
            cells.append(cell)
            continue
        groups = _groups(cell.outputs)
        for number, outputs in enumerate(groups):
            part = deepcopy(cell)
            part.outputs = outputs
            if number:
                part.id, part.source = f"{cell.id}-{number}", _CONTINUED
                part.metadata.tags = sorted({*part.metadata.get("tags", []), _HIDDEN} - {"hide-input"})
            if kind(outputs[0]) == "figure":
                _label(part, outputs[0].metadata[OUTPUT_KEY])
            cells.append(part)
    if foot:
        cells.append(new_markdown_cell(foot, id="foot"))
    page.cells = cells
    return page


def _noted(table: str) -> str:
    """Return a MyST table with the notes that follow it in a box of class ``table-notes``."""
    if (found := _TABLE.fullmatch(table)) is None:
        return table
    return f"{found['table']}\n:::{{container}} table-notes\n{found['notes'].strip()}\n:::\n"


def _not_shown(cell: NotebookNode) -> bool:
    """Return whether a cell is there to show a thing that this study does not have: only its code would be left."""
    if cell.cell_type != "code" or cell.outputs or "hide-input" not in cell.metadata.get("tags", []):
        return False
    return cell.source.startswith("if ")


def _groups(outputs: list[NotebookNode]) -> list[list[NotebookNode]]:
    """Split outputs so that every figure stands alone and its neighbours stay together."""
    groups: list[list[NotebookNode]] = []
    for output in outputs:
        alone = kind(output) == "figure" or (groups and kind(groups[-1][0]) == "figure")
        if alone or not groups:
            groups.append([output])
        else:
            groups[-1].append(output)
    return groups


def _label(cell: NotebookNode, figure: dict) -> None:
    """Copy name, caption and alt text of a figure to where myst-nb looks for them."""
    given = dict(cell.metadata.get("mystnb", {}))
    given["figure"] = {"name": figure["name"], "caption": figure["caption"], **given.get("figure", {})}
    given["image"] = {"alt": figure["alt"], **given.get("image", {})}
    cell.metadata.mystnb = given
