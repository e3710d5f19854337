"""What README and CONTRIBUTING name is there: links, files, make targets, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from living_article.arguments import parser

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    links = [link for link in re.findall(r"\]\(([^)]+)\)", PAGES[name]) if "://" not in link]
    assert len(links) >= 1 or name == "CONTRIBUTING.md"
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_make_targets_are_explained_by_make_help(name):
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", PAGES[name], re.MULTILINE))
    assert named and named <= {*re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)}


@pytest.mark.parametrize("name", PAGES)
def test_commands_exist(name):
    (commands,) = (action.choices for action in parser()._actions if action.dest == "command")
    named = set(re.findall(r"(?:`|^)article ([a-z]+)", PAGES[name], re.MULTILINE))
    assert named <= set(commands)


def test_paths_in_the_map_exist():
    rows = re.findall(r"^\| (`.*?) \|", PAGES["README.md"], re.MULTILINE)
    paths = [path for row in rows for path in re.findall(r"`([^`]+)`", row)]
    assert len(paths) > 12
    package = ROOT / "src" / "living_article"
    assert [path for path in paths if not (ROOT / path).exists() and not (package / path).exists()] == []


def test_the_picture_is_small():
    assert (ROOT / ".github" / "book.png").stat().st_size < 150_000
