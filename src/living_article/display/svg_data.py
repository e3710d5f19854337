"""Data inside an SVG file, in its metadata, where no viewer shows them and from where a page takes them."""

from __future__ import annotations

import html
import json
import re

_START = re.compile(r"<svg\b[^>]*>")
_ELEMENT = re.compile(r'<metadata class="data">(.*?)</metadata>', re.DOTALL)


def put(svg: str, data: dict[str, object]) -> str:
    """Return the SVG with the data as JSON in its metadata."""
    text = html.escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")), quote=False)
    return _START.sub(lambda start: f'{start[0]}\n <metadata class="data">{text}</metadata>', svg, count=1)


def taken(svg: str) -> str | None:
    """Return the JSON that `put` left in an SVG, fit for a ``script`` element, or None if there is none."""
    found = _ELEMENT.search(svg)
    return html.unescape(found[1]).replace("<", "\\u003c") if found else None
