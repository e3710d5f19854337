"""What the site tells other programs of itself: descriptions, the card shown where it is shared, the sitemap.

A Sphinx extension; `_config.yml` names it. Titles and descriptions are on every page; canonical links (Sphinx writes
them), card and sitemap need complete addresses and are there only if ``html_baseurl`` is set.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CARD = "_static/social-card.png"  # in the site, and in the stage
_LONGEST = 200  # characters of a description
_ASIDE = (nodes.Admonition, nodes.figure, nodes.table, nodes.footnote, nodes.sidebar)


def description(document: nodes.document) -> str:
    """Return the first paragraph of a page that is not in a box, cut after a sentence or, if need be, a word."""
    for paragraph in document.findall(nodes.paragraph):
        above, inside = paragraph.parent, False
        while above is not None and not inside:
            above, inside = above.parent, isinstance(above, _ASIDE)
        text = " ".join(paragraph.astext().split())
        if text and not inside:
            return _shortened(text)
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    sentences = re.match(rf"(.{{40,{_LONGEST - 1}}}[.!?])(?=\s)", text)
    return sentences[1] if sentences else text[: _LONGEST - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def tags(title: str, text: str, site_name: str, *, url: str = "", card: str = "", card_text: str = "") -> str:
    """Return the elements of a page's head that say what it is; ``url`` and ``card`` are complete or empty."""
    properties = {"og:type": "article", "og:site_name": site_name, "og:title": title, "og:description": text}
    names = {"description": text, "twitter:card": "summary"}
    if url:
        properties["og:url"] = url
    if card:
        properties |= {"og:image": card, "og:image:alt": card_text}
        names["twitter:card"] = "summary_large_image"
    lines = [f'<meta name="{key}" content="{html.escape(value)}" />' for key, value in names.items() if value]
    lines += [f'<meta property="{key}" content="{html.escape(value)}" />' for key, value in properties.items() if value]
    return "\n".join(["", *lines, ""])


def sitemap(addresses: list[str]) -> str:
    """Return a sitemap (sitemaps.org 0.9) of complete addresses; it has no dates, which would differ between builds."""
    lines = [f"  <url><loc>{escape(address)}</loc></url>" for address in addresses]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>"]) + "\n"


def _add_tags(app: Sphinx, page: str, _template: str, context: dict, doctree: nodes.document | None) -> None:
    if doctree is None:  # index and search, which are no pages to be found
        return
    base, name = app.config.html_baseurl, app.config.html_title
    card = f"{base}{CARD}" if base and (Path(app.srcdir) / CARD).is_file() else ""
    title = nodes.document.astext(app.env.titles[page])
    url = f"{base}{app.builder.get_target_uri(page)}" if base else ""
    context["metatags"] = context.get("metatags", "") + tags(
        title, description(doctree) or title, name, url=url, card=card, card_text=f"{name}: the main findings"
    )


def _write_sitemap(app: Sphinx, failure: Exception | None) -> None:
    base = app.config.html_baseurl
    if failure is None and base and app.builder.name == "html":
        pages = sorted(app.env.found_docs)
        text = sitemap([f"{base}{app.builder.get_target_uri(page)}" for page in pages])
        (Path(app.outdir) / "sitemap.xml").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx what is done for each page and at the end."""
    app.connect("html-page-context", _add_tags)
    app.connect("build-finished", _write_sitemap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
