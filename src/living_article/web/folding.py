"""Code of a page folded under a line that says what it does, so that a reviewer finds the call he came for."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

OUTPUT_KEY = "living_article"  # metadata that `display.emit` leaves on an output
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"\*\*((?:Figure|Table) \w+)\.\*\*")
# Not what a cell is about.
_UNSAID = ("living_article.display", "living_article.section", "itertools", "pathlib", "typing")
_DOTTED = re.compile(r"\w+(\.\w+)*")
_MOST = 3  # calls named


def fold(cells: list[NotebookNode]) -> None:
    """Fold the code of every cell that shows it, under ``Show code:`` and what the code does."""
    called = _analysis(cells)
    heading = ""
    for cell in cells:
        if cell.cell_type == "markdown":
            heading = (_HEADING.findall(cell.source) or [heading])[-1]
        if cell.cell_type != "code" or {"remove-input", "remove-cell"} & set(cell.metadata.get("tags", [])):
            continue
        cell.metadata.tags = sorted({*cell.metadata.get("tags", []), "hide-input"})
        what = purpose(cell, heading, called)
        prompts = {f"code_prompt_{word.lower()}": f"{word} code: {what}" for word in ("Show", "Hide")}
        cell.metadata.mystnb = {**prompts, **cell.metadata.get("mystnb", {})}


def purpose(cell: NotebookNode, heading: str, called: set[str]) -> str:
    """Return what a cell does: what it shows, else the heading above it with the functions of the analysis it calls."""
    shown = [output.get("metadata", {}).get(OUTPUT_KEY, {}).get("caption", "") for output in cell.outputs]
    if numbers := [match[1] for caption in shown if (match := _NUMBER.match(caption))]:
        return ", ".join(numbers)
    if "parameters" in cell.metadata.get("tags", []):
        return "parameters"
    if re.search(r"^(from|import) ", cell.source, re.MULTILINE):
        alone = all(isinstance(line, ast.Import | ast.ImportFrom) for line in ast.parse(cell.source).body)
        return "imports" if alone else "imports and patients"
    calls = [node.func for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    said = (name for call in calls if _DOTTED.fullmatch(name := ast.unparse(call)))  # not calls of what calls return
    names = dict.fromkeys(name for name in said if name.partition(".")[0] in called)
    functions = ", ".join(list(names)[:_MOST])
    return f"{heading} ({functions})" if functions else heading


def _analysis(cells: list[NotebookNode]) -> set[str]:
    """Return the names under which a notebook imports what it computes with."""
    names = set()
    for cell in cells:
        if cell.cell_type == "code" and re.search(r"^(from|import) ", cell.source, re.MULTILINE):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(_UNSAID):
                    names |= {alias.asname or alias.name for alias in node.names}
    return names
