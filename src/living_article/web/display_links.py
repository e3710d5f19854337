"""Under each figure and table: where it comes from and what can be taken away; above code: a name one can link to.

A Sphinx extension; `_config.yml` names it. The links lead to the cell that made the figure or table, to its notebook
(at the commit on the repository if that has an address, else to the copy in the site), and to its files.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from living_article.web import provenance
from living_article.web.downloads import FILES, available

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FOLDED = re.compile(r'<details class="(?P<classes>[^"]*above-input)">\s*<summary aria-label="[^"]*">')
_SHOWN = re.compile(
    r'<figure\b[^>]*\bid="(?P<figure>figure-\w+)".*?</figure>|'
    r'<table\b[^>]*\bid="(?P<table>table-\w+)".*?</table>\s*</div>(?:\s*<div class="table-notes[^>]*>.*?</div>)?',
    re.DOTALL,
)
_KINDS = {"csv": "Data (CSV)", "svg": "SVG", "png": "PNG"}


def anchored(body: str) -> str:
    """Return a page whose folded code has ids, ``code-1`` onwards, and is named by the line that says what it does."""
    count = iter(range(1, body.count("<details") + 1))
    return _FOLDED.sub(lambda match: f'<details class="{match["classes"]}" id="code-{next(count)}"><summary>', body)


def with_links(body: str, notebook: str, folder: str, offered: set[str]) -> str:
    """Return a page with a row of links under each figure and each table with its notes.

    Parameters
    ----------
    notebook
        Address of the notebook that made the page.
    folder, offered
        Address of the folder of downloads, with a closing slash, and the names of the files in it.
    """

    def add(match: re.Match) -> str:
        name = match["figure"] or match["table"]
        before = re.findall(r' id="(code-\d+)"', body[: match.start()])
        links = [("Code", f"#{before[-1]}")] if before else []
        links.append(("Notebook", notebook))
        files = {label: f"{name}.{ending}" for ending, label in _KINDS.items()}
        links += [(label, folder + file) for label, file in files.items() if file in offered]
        return match[0] + row(name, links)

    return _SHOWN.sub(add, body)


def row(name: str, links: list[tuple[str, str]]) -> str:
    """Return the links of one figure or table; a screen reader hears which one they belong to."""
    title = name.replace("-", " ").capitalize()
    items = "".join(
        f'<li><a href="{address}"{" download" if label in _KINDS.values() else ""}>{label}'
        f'<span class="visually-hidden"> of {title}</span></a></li>'
        for label, address in links
    )
    return f'\n<ul class="display-links">{items}</ul>'


def notebook_address(facts: dict, section: str, folder: str) -> str:
    """Return where the text notebook of a section is: on the repository, at the commit, or in the site."""
    if facts.get("repository") and facts.get("commit"):
        return f"{facts['repository']}/blob/{facts['commit']}/notebooks/{section}.py"
    return f"{folder}{section}.py"


def _add(app: Sphinx, page: str, _template: str, context: dict, doctree: nodes.document | None) -> None:
    facts, section = provenance.read(Path(app.srcdir)), page.rpartition("/")[2]
    if doctree is None or app.builder.name != "html" or section not in facts.get("sections", {}):
        return
    if page != f"notebooks/{section}":
        return
    folder = "../" * page.count("/") + f"{FILES}/"
    body = anchored(context["body"])
    context["body"] = with_links(body, notebook_address(facts, section, folder), folder, available(Path(app.srcdir)))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx what is done to each page."""
    app.connect("html-page-context", _add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
