"""A book of small notebooks that a sweep can run in a second or two."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
import yaml

_MINI = Path(__file__).parents[1] / "mini.py"
_STUDY = Path(__file__).parents[2] / "data" / "study.yml"
CODE = """\
# %% [markdown]
# # Small

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 7  # seed of random numbers
alpha: float = 0.05  # two-sided significance level [0 < alpha < 0.5]
shift: float = 0.0  # added to the ratio
kind: Literal["a", "b"] = "a"  # which of two
levels: list[int] = []  # a list

# %%
import json, os
from pathlib import Path

(Path(os.environ["LIVING_ARTICLE_RESULTS"]) / "started").touch()
if shift < 0:
    raise ValueError("a negative shift")

# %% tags=["remove-input"]
value = 0.5 + shift + (0.2 if kind == "b" else 0)
records = [
    {"name": "patients", "value": 10, "unit": "patients"},
    {"name": "ratio", "endpoint": "os", "value": value, "low": value / 2, "high": value * 2, "p": 0.03, "unit": "hazard ratio"},
]
content = {"section": "small", "study": "mini", "parameters": {"alpha": alpha}, "sentences": {}, "records": records}
(Path(os.environ["LIVING_ARTICLE_RESULTS"]) / "small.json").write_text(json.dumps(content))
"""


@pytest.fixture
def project(tmp_path):
    """A project with the section `small`; its study file is the shipped one, with no tables."""
    spec = importlib.util.spec_from_file_location("mini", _MINI)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mini"] = module
    spec.loader.exec_module(module)
    project = module.make(tmp_path / "book")
    (project.root / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: notebooks/alpha\n  - file: notebooks/small\n"
    )
    (project.root / "notebooks" / "small.py").write_text(CODE)
    (project.root / "data" / "study.yml").write_text(_STUDY.read_text("utf-8"))
    return project


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a grid file."""

    def call(**content) -> Path:
        content = {"section": "small"} | content
        file = tmp_path / "grid.yml"
        file.write_text(yaml.safe_dump({key: value for key, value in content.items() if value is not None}))
        return file

    return call
