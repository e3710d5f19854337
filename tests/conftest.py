"""The small book of `mini.py`, built once for all tests that only read it."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from living_article.web.run_times import SCRIPT

# The suite tries the same examples each time; `pytest --hypothesis-profile explore` tries new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("same")

_FILE = Path(__file__).with_name("mini.py")


@pytest.fixture(scope="session")
def mini():
    """The module that writes and builds a small book."""
    spec = importlib.util.spec_from_file_location("mini", _FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mini"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(mini, tmp_path):
    """A small book that is not built yet."""
    return mini.make(tmp_path / "book")


@pytest.fixture(scope="module")
def built(mini, tmp_path_factory):
    """A small book that is built; do not change it."""
    project = mini.make(tmp_path_factory.mktemp("built") / "book")
    mini.build(project)
    return project


@pytest.fixture(scope="session")
def contents():
    """Return a function that tells the content of every file below a folder, but the one of the run times."""

    def read(folder: Path) -> dict[str, str]:
        files = (p for p in folder.rglob("*") if p.is_file() and not p.as_posix().endswith(f"/{SCRIPT}"))
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    return read
