"""Code beside prose: folded, one control for all, links that open it; names in it lead to their source."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import THEMES, follow
from .test_pages import RULES

SECTION, OTHER = "notebooks/survival", "notebooks/cox"
PIECES = "details.above-input"
OPEN = f"{PIECES}[open]"


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def test_all_code_is_folded_and_one_control_opens_it_for_the_whole_site(show):
    page = show(SECTION)
    pieces = page.locator(PIECES).count()
    assert pieces > 10 and page.locator(OPEN).count() == 0
    control = page.get_by_role("button", name="Show all code")
    control.focus()
    page.keyboard.press("Enter")
    assert page.locator(OPEN).count() == pieces
    assert control.get_attribute("aria-pressed") == "true"
    page.goto(page.url.replace(SECTION, OTHER))
    assert page.locator(OPEN).count() == page.locator(PIECES).count() > 0
    page.get_by_role("button", name="Show all code").click()
    page.reload()
    assert page.locator(OPEN).count() == 0


def test_each_piece_says_what_it_does_and_opens_by_keyboard(show):
    page = show(SECTION)
    piece = page.locator(PIECES).filter(has_text="logrank_test").filter(has_text="test_statistic")
    summary = piece.locator("summary")
    assert summary.inner_text().strip() == "Show code: Comparison of the arms (logrank_test)"
    summary.focus()
    page.keyboard.press("Space")
    assert piece.locator("pre").is_visible()
    assert summary.inner_text().strip().startswith("Hide code")


def test_the_link_below_a_figure_opens_its_code(show):
    page = show(SECTION)
    row = page.locator("#figure-2 + .display-links")
    row.get_by_role("link", name="Code").click()
    opened = page.locator(OPEN)
    assert opened.count() == 1 and "Figure 2" in opened.locator("summary").inner_text()


def test_without_a_place_to_remember_it_still_opens(browser, site):
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})")
    page.goto((site / f"{SECTION}.html").as_uri())
    page.get_by_role("button", name="Show all code").click()
    assert page.locator(OPEN).count() == page.locator(PIECES).count()
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_open_code_and_foot_are_accessible(show, theme):
    page = show(SECTION, theme=theme)
    page.get_by_role("button", name="Show all code").click()
    page.locator("details.provenance summary").click()
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_name_in_the_code_leads_to_its_source(show, theme):
    page = show(SECTION, theme=theme)
    page.get_by_role("button", name="Show all code").click()
    follow(page, page.locator("a.source", has_text="step_curve").first)
    assert page.url.endswith("functions/statistics/kaplan_meier.html#step_curve")
    assert page.locator("#step_curve .docstring").is_visible()
    assert "def step_curve" in page.locator("#step_curve .highlight").inner_text()
    assert violations(page) == []


def test_a_page_of_source_fits_a_phone(show):
    page = show("functions/statistics/cox", size="phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_run_times_are_filled_in(show):
    times = show("book/status").locator("[data-run-time]").all_inner_texts()
    assert len(times) == 9 and all(time.endswith(" s") for time in times)
