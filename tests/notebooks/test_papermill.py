"""The documented one-liner for those who use papermill alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]


def documented(page):
    (line,) = [line for line in (ROOT / page).read_text("utf-8").splitlines() if line.startswith("jupytext --to ipynb")]
    return line


def test_the_one_liner_executes_a_notebook_with_a_parameter(tmp_path):
    line = documented("README.md")
    assert line == documented("book/rerun.md")
    assert "survival.ipynb" in line and "-p alpha 0.1" in line
    line = line.replace("survival.ipynb", str(tmp_path / "survival.ipynb"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "LIVING_ARTICLE_RESULTS": str(tmp_path)}
    done = subprocess.run(line, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "survival.json").read_text("utf-8"))["parameters"]["alpha"] == 0.1
    cells = nbformat.read(tmp_path / "survival.ipynb", as_version=4).cells
    assert any("alpha = 0.1" in cell.source for cell in cells)
