"""The foot of each page: what it was made from and with, and what can be taken away.

A Sphinx extension; `_config.yml` names it. The facts are those of `provenance`; the run time, which no two builds
share, is filled in by a script (`run_times`).
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from living_article.web import provenance
from living_article.web.display_links import notebook_address
from living_article.web.downloads import FILES
from living_article.web.functions import place, staged
from living_article.web.run_times import SCRIPT

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def foot(facts: dict, page: str, used: set[tuple[str, str]], *, status: bool) -> str:
    """Return the foot of a page as HTML.

    Parameters
    ----------
    used
        Modules and members of the package that the page's notebook imports.
    status
        Whether the book has a status page.
    """
    up, section = "../" * page.count("/"), page.rpartition("/")[2]
    made = facts["sections"].get(section, {}) if page.startswith("notebooks/") else {}
    rows = _section_rows(facts, made, section, up, used) if made else []
    rows += [("Commit", _commit(facts)), ("Data", _data(facts)), ("Software", _software(facts))]
    if status:
        rows.append(("Status", f'<a href="{up}{provenance.STATUS}.html">what was executed for this book</a>'))
    items = "".join(f"<dt>{title}</dt><dd>{content}</dd>" for title, content in rows)
    script = f'<script src="{up}{SCRIPT}"></script>' if made or page == provenance.STATUS else ""
    return (
        f'\n<details class="provenance"><summary>How this page was made</summary><dl>{items}</dl></details>\n{script}'
    )


def _section_rows(facts: dict, made: dict, section: str, up: str, used: set[tuple[str, str]]) -> list[tuple[str, str]]:
    folder = f"{up}{FILES}/"
    notebooks = (
        f'<a href="{notebook_address(facts, section, folder)}">source</a>, '
        f'<a href="{folder}{section}.py" download>download the source (.py)</a>, '
        f'<a href="{folder}{section}.ipynb" download>download as executed (.ipynb)</a>'
    )
    given = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in made["parameters"].items())
    names = sorted((member or module, place(module, member)) for module, member in used)
    functions = ", ".join(f'<a href="{up}{address}"><code>{name}</code></a>' for name, address in names)
    rows = [
        ("Notebook", notebooks),
        ("Parameters", ", ".join(f"<code>{html.escape(text)}</code>" for text in given) or "none"),
        ("Run time", f'<span data-run-time="{section}">not kept</span>'),
    ]
    return [*rows, ("Functions used", functions)] if used else rows


def _commit(facts: dict) -> str:
    if not facts["commit"]:
        return "not known"
    code = f"<code>{html.escape(facts['commit'][:12])}</code>"
    if facts["repository"]:
        code = f'<a href="{facts["repository"]}/commit/{html.escape(facts["commit"])}">{code}</a>'
    return code + (", with changes that are not committed" if facts["modified"] else "")


def _data(facts: dict) -> str:
    return "; ".join(
        f"{html.escape(entry['file'])}, SHA-256 <code>{entry['sha256'][:16]}…</code>" for entry in facts["data"]
    )


def _software(facts: dict) -> str:
    return ", ".join(f"{name} {number}" for name, number in facts["versions"].items())


def _add(app: Sphinx, page: str, _template: str, context: dict, doctree: nodes.document | None) -> None:
    facts = provenance.read(Path(app.srcdir))
    if doctree is None or app.builder.name != "html" or not facts:
        return
    used = staged(Path(app.srcdir)).get(page)
    targets = used.targets() if used else set()
    context["body"] += foot(facts, page, targets, status=provenance.STATUS in app.env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx what is done to each page."""
    app.connect("html-page-context", _add, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
