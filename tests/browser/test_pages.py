"""Every page in a real browser: no error, nothing from elsewhere, fits a phone, accessible in both themes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from living_article.run.project import Project

from .conftest import ROOT, THEMES

PAGES = Project(ROOT).pages()
# WCAG 2.2 AA and what it builds on, as axe-core names them; preloading would ask for style sheets again, by XHR
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False}
# The markup is the same in both themes; what a theme can spoil is colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "preload": False}
# A drawing is one image, whose name is looked at; what it is made of is not: axe would take minutes for its marks.
WITHIN_DRAWINGS = {"exclude": [[".drawing svg > g"]]}
FEW_ROWS = """() => {
  const seen = {};
  for (const row of document.querySelectorAll("tr[data-verdict]")) {
    const kind = row.dataset.verdict;
    seen[kind] = (seen[kind] || 0) + 1;
    if (seen[kind] > 6) row.remove();
  }
}"""
"""Leaves six rows of each verdict: four hundred of one make would be looked at for a minute."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(show, name):
    page = show(name, size="phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert page.locator("article h1").first.is_visible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(show, name, theme):
    page = show(name, theme=theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    page.evaluate(FEW_ROWS)
    rules = RULES if theme == "light" else COLOURS
    found = Axe().run(page, context=WITHIN_DRAWINGS, options=rules).response["violations"]
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == [], "see axe-core's rules"


def test_axe_would_see_a_violation(show):
    page = show("index")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    assert "image-alt" in {v["id"] for v in Axe().run(page, options=RULES).response["violations"]}
