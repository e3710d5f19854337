"""Drawings in a browser: legible on a phone, in the colours of the theme the reader chooses, light on paper."""

from __future__ import annotations

import re

import pytest

from living_article.display import palette
from living_article.run.project import Project

from .conftest import ROOT

PAGES = [page for page in Project(ROOT).pages() if page.startswith("notebooks/")]
LEAST = 8  # pixels a letter may be high, by its font size
# Matplotlib draws a letter as a shape in hundredths of the font size.
SIZES = """() => [...document.querySelectorAll(".drawing > svg")].flatMap((svg) => {
  const zoom = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("g[transform*=scale]")]
    .map((text) => zoom * 100 * Number(/scale\\(([\\d.]+)/.exec(text.getAttribute("transform"))[1]))
    .map((size) => [size, svg.closest("figure").id]);
})"""
PAPER = """() => {
  const paper = document.querySelector(".drawing > svg path");
  return getComputedStyle(paper).fill;
}"""


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.parametrize("name", PAGES)
def test_text_is_legible_on_a_phone(show, name):
    sizes = show(name, size="phone").evaluate(SIZES)
    assert min(sizes)[0] >= LEAST, min(sizes)


def arm(page) -> str:
    """Return the computed colour of the first element drawn in the colour of the treated arm."""
    return page.evaluate(
        """name => getComputedStyle(document.querySelector(`.drawing path[style*="stroke: var(${name}"]`)).stroke""",
        palette.variable(palette.TREATED),
    )


def test_the_theme_toggle_recolours_a_drawing_at_once(show):
    page = show("notebooks/survival")
    assert (arm(page), page.evaluate(PAPER)) == (rgb(palette.TREATED), "rgb(255, 255, 255)")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert arm(page) == rgb(palette.DARK[palette.TREATED])
    assert page.evaluate(PAPER) == page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_paper_is_white_also_from_a_dark_page(show):
    page = show("notebooks/survival", theme="dark")
    assert arm(page) == rgb(palette.DARK[palette.TREATED])
    page.emulate_media(media="print")
    assert (arm(page), page.evaluate(PAPER)) == (rgb(palette.TREATED), "rgb(255, 255, 255)")
    assert not page.locator(".reading").first.is_visible()


def test_a_wide_drawing_scrolls_in_its_box_by_keyboard(show):
    page = show("notebooks/response", size="phone")
    box = page.locator(".drawing").first
    assert box.evaluate("e => e.scrollWidth > e.clientWidth") and re.match("figure", box.get_attribute("aria-label"))
    box.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=box.element_handle())
