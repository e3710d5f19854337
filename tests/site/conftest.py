"""The book of this checkout, built once and shared by all tests of the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from living_article.run.book import build_book
from living_article.run.project import Project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def project() -> Project:
    """The project of this checkout, whose site is up to date."""
    found = Project(ROOT)
    build_book(found)  # does next to nothing if `make book` has run; other test processes wait for it
    return found


@pytest.fixture(scope="session")
def site(project) -> Path:
    """The folder of the built site."""
    return project.site.resolve()


@pytest.fixture(scope="session")
def pages(project, site) -> dict[str, BeautifulSoup]:
    """Every page of the table of contents, parsed."""
    return {
        name: BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for name in project.pages()
    }
