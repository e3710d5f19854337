"""Repairs of the generated HTML that accessibility rules (WCAG 2.2) ask for.

A Sphinx extension; `_config.yml` names it. The theme puts each table into a box that scrolls, but gives the keyboard
no way to it (axe-core: scrollable-region-focusable); docutils marks bibliography entries with a role that DPUB-ARIA 1.1
has withdrawn (axe-core: aria-deprecated-role).
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

BOX = '<div class="pst-scrollable-table-container">'


def reachable(markup: str, name: str) -> str:
    """Return the markup of a table's start in which the box around it takes the focus and has a name."""
    named = f'tabindex="0" role="region" aria-label="{html.escape(name)}"'
    return markup.replace(BOX, BOX.replace(">", f" {named}>"))


def listed(markup: str) -> str:
    """Return the markup of a bibliography entry's start with the role its list expects."""
    return markup.replace('role="doc-biblioentry"', 'role="listitem"')


def _visit_table(translator: HTML5Translator, node: nodes.table) -> None:
    start = len(translator.body)
    type(translator).visit_table(translator, node)
    title = node.next_node(nodes.title)
    name = title.astext() if title else "Table"
    translator.body[start:] = [reachable(part, name) for part in translator.body[start:]]


def _depart_table(translator: HTML5Translator, node: nodes.table) -> None:
    type(translator).depart_table(translator, node)


def _visit_citation(translator: HTML5Translator, node: nodes.citation) -> None:
    start = len(translator.body)
    type(translator).visit_citation(translator, node)
    translator.body[start:] = [listed(part) for part in translator.body[start:]]


def _depart_citation(translator: HTML5Translator, node: nodes.citation) -> None:
    type(translator).depart_citation(translator, node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the repaired elements with Sphinx."""
    app.add_node(nodes.table, override=True, html=(_visit_table, _depart_table))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, _depart_citation))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
