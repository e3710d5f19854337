"""A page for the source of each module that a notebook imports, and links to it wherever the notebook uses it.

A Sphinx extension; `_config.yml` names it. The pages lie under ``functions/``, outside the table of contents: a reader
comes to them from a name in the code of a section. Each public function and class stands under its own anchor, its
docstring typeset above its source.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from living_article.run.fingerprint import PACKAGE
from living_article.web.docstring import typeset

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

PAGES = "functions"
_PREFIX = "living_article."
_NAME = re.compile(
    r'(?<!<span class="o">\.</span>)<span class="n">(?P<name>\w+)</span>(?!<span class="o">=</span>)'
    r'(?:<span class="o">\.</span><span class="n">(?P<part>\w+)</span>)?'
)
Definition = ast.FunctionDef | ast.ClassDef


@dataclass
class Imports:
    """What a notebook imports of the package: modules and their members, by the name it uses."""

    modules: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, str]] = field(default_factory=dict)

    def target(self, name: str, part: str | None) -> tuple[str, str] | None:
        """Return module and member (blank: the module) for ``name`` or ``name.part``, if it is one of the package."""
        if name in self.modules:
            return self.modules[name], part if part in public(self.modules[name]) else ""
        return self.members.get(name)

    def targets(self) -> set[tuple[str, str]]:
        """Return every module and member imported; the member of a module imported whole is blank."""
        return {*self.members.values(), *((module, "") for module in self.modules.values())}

    def all(self) -> set[str]:
        """Return every module imported, or imported from."""
        return {module for module, _ in self.targets()}


def source(module: str) -> Path | None:
    """Return the file of a module, named without the package; None if it is not one."""
    path = PACKAGE / module.replace(".", "/")
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def _text(module: str) -> str:
    """Return the source of a module; raises LookupError if it is none of the package."""
    if (path := source(module)) is None:
        raise LookupError(f"{_PREFIX}{module} is no module")
    return path.read_text(encoding="utf-8")


@cache
def public(module: str) -> dict[str, Definition]:
    """Return the public functions and classes of a module."""
    tree = ast.parse(_text(module))
    return {n.name: n for n in tree.body if isinstance(n, Definition) and not n.name.startswith("_")}


def imports(code: str) -> Imports:
    """Return what code imports of the package, except names to which it assigns something else as well."""
    found, tree = Imports(), ast.parse(code)
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module):
        if not f"{node.module}.".startswith(_PREFIX):
            continue
        module = f"{node.module}.".removeprefix(_PREFIX).rstrip(".")
        for alias in (alias for alias in node.names if (alias.asname or alias.name) not in stored):
            inner = f"{module}.{alias.name}".lstrip(".")
            if (path := source(inner)) is not None and path.name != "__init__.py":
                found.modules[alias.asname or alias.name] = inner
            elif module and source(module) is not None:
                member = alias.name if alias.name in public(module) else ""
                found.members[alias.asname or alias.name] = (module, member)
    return found


def notebook_code(path: Path) -> str:
    """Return the code of a notebook as one text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def page_name(module: str) -> str:
    """Return the page of a module."""
    return f"{PAGES}/{module.replace('.', '/')}"


def place(module: str, member: str) -> str:
    """Return the address of a module, or of a member on its page, from the root of the site."""
    return f"{page_name(module)}.html" + (f"#{member}" if member else "")


def linked(markup: str, found: Imports, address: str) -> str:
    """Return highlighted code in which each name of the package leads to its source; ``address`` leads to the site."""

    def link(match: re.Match) -> str:
        target = found.target(match["name"], match["part"])
        if target is None:
            return match[0]
        module, member = target
        href = address + place(module, member)
        title = html.escape(f"Source of {member or module}")
        return f'<a class="source" href="{href}" title="{title}">{match[0]}</a>'

    return _NAME.sub(link, markup)


def module_page(module: str, highlight: Callable[[str], str]) -> str:
    """Return the body of the page of a module; ``highlight`` turns Python into HTML."""
    text = _text(module)
    tree, lines = ast.parse(text), text.splitlines()
    known = public(module)
    parts = [f"<h1>{html.escape(module)}</h1>", typeset(ast.get_docstring(tree) or "")]
    if known:
        items = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in known)
        parts.append(f"<p>It defines</p><ul>{items}</ul>")
    for nodes_of, start, end in _segments(tree):
        if isinstance(nodes_of, Definition):
            name = html.escape(nodes_of.name)
            parts.append(f'<section id="{name}"><h2>{name}</h2>{typeset(ast.get_docstring(nodes_of) or "")}')
        parts.append(highlight("\n".join(lines[start:end]).strip("\n")))
        parts.append("</section>" if isinstance(nodes_of, Definition) else "")
    return "\n".join(parts)


def _segments(tree: ast.Module) -> Iterator[tuple[ast.AST | None, int, int]]:
    """Yield each public definition, and what stands between two of them, with its first and last line."""
    body = tree.body[1:] if ast.get_docstring(tree) else tree.body
    start = body[0].lineno - 1 if body else 0
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
            if first > start:
                yield None, start, first
            start = _end(node)
            yield node, first, start
    if body and _end(body[-1]) > start:
        yield None, start, _end(body[-1])


def _end(node: ast.stmt) -> int:
    """Return the last line of a statement; the parser always knows it, a statement made by hand has but its first."""
    return node.end_lineno or node.lineno


@cache
def staged(stage: Path) -> dict[str, Imports]:
    """Return what the notebooks of a stage import, by page; read once, as a process builds one stage."""
    paths = sorted((stage / "notebooks").glob("*.ipynb"))
    return {f"notebooks/{path.stem}": imports(notebook_code(path)) for path in paths}


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Yield the page of every module in use."""
    if app.builder.name != "html":
        return

    from sphinx.highlighting import PygmentsBridge

    highlighter = PygmentsBridge("html")

    def highlight(code: str) -> str:
        return f'<div class="highlight-python notranslate">{highlighter.highlight_block(code, "python")}</div>'

    for module in sorted(set().union(*(found.all() for found in staged(Path(app.srcdir)).values()))):
        yield page_name(module), {"title": module, "body": module_page(module, highlight)}, "page.html"


def _visit_code(translator: HTML5Translator, node: nodes.literal_block) -> None:
    start = len(translator.body)
    page = translator.builder.current_docname
    try:
        type(translator).visit_literal_block(translator, node)
    finally:
        found = staged(Path(translator.builder.srcdir)).get(page)
        if found is not None and translator.builder.name == "html":
            address = "../" * page.count("/")
            translator.body[start:] = [linked(part, found, address) for part in translator.body[start:]]


def _depart_code(translator: HTML5Translator, node: nodes.literal_block) -> None:
    type(translator).depart_literal_block(translator, node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register pages and links with Sphinx."""
    app.connect("html-collect-pages", _pages)
    app.add_node(nodes.literal_block, override=True, html=(_visit_code, _depart_code))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
