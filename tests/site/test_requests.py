"""No page asks another server for anything."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_IN_CSS = re.compile(r"""url\(\s*["']?((?:https?:)?//[^"')]+)|@import\s+["']((?:https?:)?//[^"']+)""")
# What a browser fetches without being asked, by element and attribute; links a reader may follow are not among it.
_FETCHED = [
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("embed", "src"), ("object", "data"),
    ("source", "src"), ("source", "srcset"), ("video", "src"), ("audio", "src"), ("track", "src"),
    ("input", "src"), ("image", "href"), ("use", "href"), ("form", "action"), ("base", "href"),
]  # fmt: skip
_FOLLOWED = {"canonical", "author", "license", "next", "prev", "search", "index"}


def fetched(text: str) -> list[str]:
    """Return the addresses on other servers that a page loads."""
    soup = BeautifulSoup(text, "html.parser")
    found = [e[key] for tag, key in _FETCHED for e in soup.find_all(tag) if e.has_attr(key)]
    found += [e["href"] for e in soup.find_all("link", href=True) if not set(e.get("rel", [])) & _FOLLOWED]
    styles = [e.get_text() for e in soup.find_all("style")] + [e["style"] for e in soup.find_all(style=True)]
    found += ["".join(match) for style in styles for match in _IN_CSS.findall(style)]
    found += re.findall(r"""(?:import|fetch|importScripts)\s*\(?\s*["']((?:https?:)?//[^"']+)""", _scripts(soup))
    return [address for address in found if _ELSEWHERE.match(address)]


def _scripts(soup: BeautifulSoup) -> str:
    return "\n".join(e.get_text() for e in soup.find_all("script") if not e.has_attr("src"))


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        '<img src="http://example.org/a.png">',
        "<style>@import 'https://example.org/a.css';</style>",
        '<p style="background: url(https://example.org/a.png)"></p>',
        '<script type="module">import "https://example.org/a.mjs"</script>',
    ],
)
def test_a_request_would_be_seen(markup):
    assert len(fetched(markup)) == 1


def test_no_page_loads_anything_from_another_server(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 5
    assert {str(p.relative_to(site)): found for p in pages if (found := fetched(p.read_text("utf-8")))} == {}


def test_no_style_sheet_or_drawing_does_either(site):
    for path in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        assert not _IN_CSS.findall(path.read_text(encoding="utf-8")), path
    for path in (site / "_images").glob("*.svg"):
        assert not re.search(r'href="(?:https?:)?//', path.read_text(encoding="utf-8")), path


def test_everything_a_page_loads_is_there(site):
    for path in (p for p in site.rglob("*.html") if "_static" not in p.parts):  # the theme leaves templates there
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        found = [e[key] for tag, key in _FETCHED for e in soup.find_all(tag) if tag != "form" and e.has_attr(key)]
        found += [e["href"] for e in soup.find_all("link", href=True) if "stylesheet" in e.get("rel", [])]
        for address in found:
            if not address.startswith(("data:", "#")):
                assert (path.parent / re.split("[?#]", address)[0]).exists(), (path, address)
