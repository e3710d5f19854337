"""One executed notebook as one HTML file that needs no other file and no server: text, tables, drawings, references.

The book is built by Jupyter Book; this is for a single section run with other parameters. It understands the part of
MyST that the notebooks use: the roles ``cite`` and ``doc``, dollar formulas, and ``:::`` boxes.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from living_article.web.drawing import inlined
from living_article.web.publish import OUTPUT_KEY, published

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from nbformat import NotebookNode

_STYLE = """\
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; color: #1a1a1a;
  background: #fff; }
figure { margin: 1.5rem 0; } figure svg { width: 100%; height: auto; }
figcaption, caption { text-align: left; font-size: 0.9rem; }
.table { overflow-x: auto; margin: 1.5rem 0; } table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid #bbb; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
pre { background: #f5f5f5; padding: 0.6rem; white-space: pre-wrap; font-size: 0.8rem; }
summary { color: #555; font-size: 0.85rem; cursor: pointer; }
.warning { border-left: 4px solid #d55e00; background: #fff4ec; padding: 0.2rem 1rem; }
"""
_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,.*?(?=^@|\Z)", re.DOTALL | re.MULTILINE)
_BOX = re.compile(r"^:::\{(\w+)\}\n(.*?)\n:::$", re.DOTALL | re.MULTILINE)


def page(notebook: Path, bibliography: Path) -> str:
    """Return the page of an executed notebook; cited works come from the BibTeX file."""
    import nbformat

    node = published(nbformat.read(notebook, as_version=4))
    cited: dict[str, str] = {}
    reader = _reader(bibliography, cited)
    body = "\n".join(_cell(cell, reader) for cell in node.cells)
    title = next((c.source for c in node.cells if c.cell_type == "markdown"), "").partition("\n")[0].lstrip("# ")
    if cited:
        items = "".join(f'<li id="{html.escape(key)}">{text}</li>' for key, text in sorted(cited.items()))
        body += f"\n<h2>References</h2>\n<ol>{items}</ol>"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _reader(bibliography: Path, cited: dict[str, str]) -> MarkdownIt:
    """Return a reader of MyST text that fills ``cited`` with the works it meets."""
    from docutils.utils.math.latex2mathml import tex2mathml
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin

    entries = _entries(bibliography)
    reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    reader.use(myst_role_plugin)
    reader.use(
        dollarmath_plugin, renderer=lambda text, options: str(tex2mathml(text, as_block=options["display_mode"]))
    )

    def role(_renderer, tokens, index, _options, _env) -> str:
        name, content = tokens[index].meta["name"], tokens[index].content
        if name != "cite":
            return html.escape(re.sub(r"\s*<[^>]*>$", "", content).rpartition("/")[2])
        links = []
        for key in content.split(","):
            short, cited[key] = _work(key, entries[key]) if key in entries else (key, html.escape(key))
            links.append(f'<a href="#{html.escape(key)}">{html.escape(short)}</a>')
        return f"[{'; '.join(links)}]"

    reader.add_render_rule("myst_role", role)
    return reader


def _entries(bibliography: Path) -> dict[str, str]:
    """Return the text of each entry of a BibTeX file by its key, unread: reading all takes longer than the page."""
    text = bibliography.read_text(encoding="utf-8") if bibliography.is_file() else ""
    return {found[1]: found[0] for found in _ENTRY.finditer(text)}


def _work(key: str, entry: str) -> tuple[str, str]:
    """Return a work as it is cited, ``Kaplan 1958``, and as it is listed."""
    from pybtex.database.input.bibtex import Parser  # `pybtex.database` would first look through all packages

    work = Parser().parse_string(entry).entries[key]
    authors = [" ".join([*person.prelast_names, *person.last_names]) for person in work.persons.get("author", ())]
    year, title = (work.fields.get(name, "") for name in ("year", "title"))
    listed = f"{', '.join(authors)} ({year}). {title}. {work.fields.get('journal', '')}"
    others = " and others" if len(authors) > 2 else f" and {authors[1]}" if len(authors) == 2 else ""
    short = f"{authors[0] if authors else key}{others} {year}"
    cited, entered = (re.sub(r"[{}]", "", text).strip() for text in (short, html.escape(listed)))
    return cited, entered


def _cell(cell: NotebookNode, reader: MarkdownIt) -> str:
    if cell.cell_type == "markdown":
        return _text(cell.source, reader)
    tags = cell.metadata.get("tags", [])
    if ("remove-cell" in tags and "injected-parameters" not in tags) or cell.cell_type != "code":
        return ""
    code = f"<pre><code>{html.escape(cell.source)}</code></pre>"
    if "hide-input" in tags:
        what = html.escape(cell.metadata.mystnb.code_prompt_show)
        code = f"<details><summary>{what}</summary>{code}</details>"
    shown = [] if "remove-input" in tags else [code]
    return "\n".join(shown + [_output(output, reader) for output in cell.outputs])


def _text(source: str, reader: MarkdownIt) -> str:
    """Return MyST text as HTML; a link to a table or figure leads to it if it is on this page."""

    def box(match: re.Match) -> str:
        return f'\0<div class="{match[1]}">{reader.render(match[2])}</div>\0'

    parts = _BOX.sub(box, source).split("\0")
    return "".join(part if part.startswith("<div") else reader.render(part) for part in parts)


def _output(output: NotebookNode, reader: MarkdownIt) -> str:
    """Return what a cell showed: a drawing with its caption, a table, a paragraph or plain text."""
    data, facts = output.get("data", {}), output.get("metadata", {}).get(OUTPUT_KEY, {})
    name = html.escape(facts.get("name", ""))
    if "image/svg+xml" in data:
        drawing = inlined(data["image/svg+xml"], name, facts.get("alt", ""))
        caption = reader.renderInline(facts.get("caption", ""))
        return f'<figure id="{name}">{drawing}<figcaption>{caption}</figcaption></figure>'
    if "text/html" in data:
        return f'<div class="table" id="{name}">{data["text/html"]}</div>'
    if "text/markdown" in data:
        return _text(data["text/markdown"], reader)
    return f"<pre>{html.escape(output.get('text') or data.get('text/plain', ''))}</pre>"
