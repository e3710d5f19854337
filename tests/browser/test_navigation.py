"""Finding one's way through the book: navigation, next and previous, search, keyboard, the choice of light or dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import SIZES, THEMES, follow
from .test_code import violations
from .test_pages import PAGES

SEARCHES = {"proportional hazards": "notebooks/survival", "renal toxicity": "notebooks/toxicity"}


def address(page) -> str:
    """Return the name of the page shown."""
    return re.search(r"/html/(.*)\.html|/sites/[^/]+/(.*)\.html", page.url)[2]


def test_next_leads_through_the_whole_book_and_previous_back(show):
    page = show(PAGES[0])
    for name in PAGES[1:]:
        follow(page, page.locator("a.right-next"))
        assert address(page) == name
    assert page.locator("a.right-next").count() == 0
    follow(page, page.locator("a.left-prev"))
    assert address(page) == PAGES[-2]


def test_the_root_page_has_a_short_name(show):
    page = show(PAGES[1])
    assert page.locator(".bd-sidenav__home-link a").inner_text().strip() == "Abstract"
    assert page.locator("a.left-prev .prev-next-title").inner_text() == "Abstract"


@pytest.mark.parametrize("words", SEARCHES)
def test_a_search_finds_the_page(show, words):
    page = show("notebooks/cox")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results .search li a")
    assert address(page) == "search"
    found = page.eval_on_selector_all("#search-results li a", "links => links.map(link => link.href)")
    assert any(f"{SEARCHES[words]}.html" in link for link in found)


def test_the_search_button_of_a_phone_opens_the_search(show):
    page = show("notebooks/cox", size="phone")
    page.locator(".search-button:visible").click()
    assert page.locator("#pst-search-dialog input").is_visible()


def theme(page) -> str:
    return page.evaluate("document.documentElement.dataset.theme")


@pytest.mark.parametrize("size", SIZES)
def test_the_choice_of_a_theme_works_and_is_remembered(show, size):
    page = show("index", size=size)
    assert theme(page) == "light"
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    for _ in range(3):
        if theme(page) == "dark":
            break
        page.locator(".theme-switch-button:visible").click()
    assert theme(page) == "dark"
    assert page.evaluate(background) != light
    page.goto(page.url.replace("index.html", "notebooks/cox.html"))
    assert theme(page) == "dark"


def test_the_keyboard_reaches_the_text_first(show):
    page = show("notebooks/cox")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to main content" and focused.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_goes_from_navigation_to_text_to_next_page(show):
    page = show("book/conclusion")
    places = []
    for _ in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "['.skip-link', '.bd-sidebar-primary', '.bd-header-article', 'article', '.prev-next-footer']"
            ".find(area => document.activeElement.closest(area))"
        )
        if place and place not in places:
            places.append(place)
        if place == ".prev-next-footer":
            break
    assert places[0] == ".skip-link" and places[-1] == ".prev-next-footer"
    assert places == sorted(
        places, key=[".skip-link", ".bd-sidebar-primary", ".bd-header-article", "article", ".prev-next-footer"].index
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["notebooks/survival", "book/calculator", "search"])
def test_what_has_the_focus_is_marked(show, name, theme):
    page = show(name, theme=theme)
    for _ in range(60):
        page.keyboard.press("Tab")
        place, outlined, shadow = page.evaluate(
            "[document.activeElement].map(e => [e.outerHTML.slice(0, 80), getComputedStyle(e)])"
            ".map(([place, style]) => [place, style.outlineStyle, style.boxShadow])[0]"
        )
        if place.startswith("<body"):
            break
        assert outlined != "none" or shadow != "none", place


@pytest.mark.parametrize("shade", THEMES)
def test_the_button_back_to_the_top_is_legible_and_works(show, shade):
    page = show("notebooks/cox", size="phone", theme=shade)
    button = page.locator("#pst-back-to-top")
    page.evaluate("scrollTo(0, 4000)")
    page.wait_for_function("scrollY > 3000")
    page.evaluate("scrollBy(0, -200)")
    expect(button).to_be_visible()
    assert violations(page) == []
    button.click()
    page.wait_for_function("scrollY === 0")
