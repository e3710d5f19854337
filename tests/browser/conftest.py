"""A real browser on the built site, which it reads from disk as a reader without a network would.

Chromium is the machine's own; `make test` installs it where it can. Without one these tests are skipped, except in
continuous integration, where that is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from living_article.run.book import build_book
from living_article.run.project import Project
from living_article.web.chromium import SWITCHES, find_chromium

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
THEMES = ("light", "dark")
PAPER = 665  # px between the margins of A4: 210 mm less twice 17 mm


@pytest.fixture(scope="session")
def project() -> Project:
    """The project of this checkout, whose site is up to date."""
    found = Project(ROOT)
    build_book(found)
    return found


@pytest.fixture(scope="session")
def site(project) -> Path:
    """The folder of the built site."""
    return project.site.resolve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    if (found := find_chromium()) is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine: install `chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser, site) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site; its console errors and outside requests are failures."""
    contexts, problems = [], []

    def open_page(name: str, *, size: str = "desktop", theme: str = "light", fragment: str = "") -> Page:
        width, height = SIZES[size]
        # without motion: a colour read half-way through a change of theme would fail the contrast rules now and then
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: problems.append(f"{name}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(f"{name}: {error}"))
        page.on("request", lambda asked: problems.append(f"{name}: {asked.url}") if _outside(asked.url) else None)
        page.goto((site / f"{name}.html").as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def follow(page: Page, link: Locator) -> None:
    """Click a link and wait until the page it leads to is loaded, which a click alone does not."""
    with page.expect_navigation(wait_until="load"):
        link.click()


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "about:"))
