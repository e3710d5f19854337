"""A drawing as part of the page itself: sharp at any zoom, in the colours of the reader's theme, light on paper.

A Sphinx extension; `_config.yml` names it. Matplotlib's SVG is written for a file of its own: its ids would meet those
of the next drawing, its colours are fixed, and a browser shows it as an image that no theme reaches.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from living_article.display import palette, svg_data

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_LEAST = 0.9  # of its own size, below which a drawing scrolls instead: text of 9 units stays 8 pixels high
_PHONE = 340  # pixels for a drawing on a small phone
_HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_FILE_ONLY = re.compile(r"<style\b.*?</style>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_NUMBERED = re.compile(r' id="[a-zA-Z0-9]+_\d+"')  # matplotlib numbers its groups; nothing refers to them
_REFERENCE = re.compile(r"""(\bid="|href="#|url\(#)""")
_COLOUR = re.compile("|".join(palette.DARK), re.IGNORECASE)
_LONG = re.compile(r"(\d\.\d\d)\d{2,}(?=[\s\"])")


def inlined(drawing: str, name: str, alt: str) -> str:
    """Return an SVG file as an element of a page.

    Its ids begin with ``name``, so that they meet no others; its accessible name is ``alt``. Its colours stay as drawn
    unless the page says otherwise, see `palette.stylesheet`.
    """
    drawing = _FILE_ONLY.sub("", _HEAD.sub("", drawing)).replace("xlink:href=", "href=")
    drawing = re.sub(r"<defs>\s*</defs>|(?<=>)\s+(?=<)", "", _NUMBERED.sub("", drawing))
    drawing = re.sub(r' d="[^"]*"', lambda path: _LONG.sub(r"\1", path[0]).replace("\n", ""), drawing)
    drawing = _REFERENCE.sub(rf"\1{name}-", drawing)
    drawing = _COLOUR.sub(lambda c: f"var({palette.variable(c[0].lower())},{c[0].lower()})", drawing)
    start, rest = _found(r"(?s)(<svg\b[^>]*>)(.*)", drawing).groups()
    return _start(start, alt) + rest.rstrip()


def _found(pattern: str, text: str) -> re.Match[str]:
    """Return the first place of a pattern; raises ValueError if the text is not a drawing that has it."""
    if (found := re.search(pattern, text)) is None:
        raise ValueError(f"not an SVG file with a size: no {pattern} in {text[:80]!r}")
    return found


def _start(tag: str, alt: str) -> str:
    """Return the start tag without the fixed size and with the drawing's own width, name and defaults of its lines."""
    width, height = (float(_found(rf'\b{side}="([\d.]+)', tag)[1]) for side in ("width", "height"))
    ink = f"var({palette.variable(palette.INK)},{palette.INK})"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html.escape(alt)}" '
        f'style="--own-width: {width:.0f}px; fill: {ink}; stroke-linejoin: round; stroke-linecap: butt">'
    )


def boxed(drawing: str, name: str, alt: str) -> str:
    """Return the drawing in a box in which it scrolls, also by keyboard, on a screen too narrow for its text.

    Data that the file carries stand beside it, for the scripts of the page.
    """
    svg = inlined(drawing, name, alt)
    wide = float(_found(r"--own-width: (\d+)px", svg)[1]) * _LEAST > _PHONE
    reach = f' tabindex="0" role="group" aria-label="{html.escape(name.replace("-", " "))}, may be scrolled"'
    data = svg_data.taken(drawing)
    beside = f'<script type="application/json" class="drawing-data">{data}</script>' if data else ""
    return f'<div class="drawing"{reach if wide else ""}>{svg}</div>{beside}'


def _visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    uri = node["uri"]
    path = Path(translator.builder.srcdir) / uri
    if not uri.endswith(".svg") or not path.is_file():
        type(translator).visit_image(translator, node)
        return
    name = node.parent["ids"][0] if node.parent["ids"] else f"drawing-{path.stem[:8]}"
    translator.body.append(boxed(path.read_text(encoding="utf-8"), name, node.get("alt", "")))
    translator.builder.images.pop(uri, None)  # the file need not be copied


def _depart_image(translator: HTML5Translator, node: nodes.image) -> None:
    type(translator).depart_image(translator, node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register how Sphinx shows an image."""
    app.add_node(nodes.image, override=True, html=(_visit_image, _depart_image))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
