"""What the first page costs a reader on a slow line: everything the browser loads for it, compressed as a server would."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

LIMIT = 500_000
PACKED = {".woff2", ".png", ".jpg"}  # compressed already


def weight(path: Path) -> int:
    """Return how many bytes of a file go over the line."""
    content = path.read_bytes()
    return len(content) if path.suffix in PACKED else len(gzip.compress(content, mtime=0))


def loaded(browser, page: Path) -> list[Path]:
    """Return the page and every file the browser loads for it."""
    asked = set()
    shown = browser.new_page(viewport={"width": 1280, "height": 900})
    shown.on("request", lambda request: asked.add(urlsplit(request.url)))
    shown.goto(page.as_uri())
    shown.wait_for_load_state("networkidle")
    shown.close()
    return [Path(unquote(path)) for path in sorted({address.path for address in asked if address.scheme == "file"})]


def test_the_first_page_is_light(browser, site):
    weights = {path.name: weight(path) for path in loaded(browser, site / "index.html")}
    assert {"index.html", "article.css", "pydata-sphinx-theme.js"} <= set(weights)
    assert sum(weights.values()) < LIMIT, sorted(weights.items(), key=lambda item: -item[1])


def test_the_search_index_is_loaded_on_the_search_page_alone(browser, site):
    assert "searchindex.js" not in {path.name for path in loaded(browser, site / "index.html")}
    assert "searchindex.js" in {path.name for path in loaded(browser, site / "search.html")}
