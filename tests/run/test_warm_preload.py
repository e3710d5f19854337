"""What a server of warm kernels has imported before it forks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from living_article.run.project import Project
from living_article.run.reached import reached

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "living_article"
LOADED = """
import sys
from living_article.run.warm_preload import preload
preload()
print(*sys.modules)
"""


def test_every_module_that_a_notebook_can_come_to_use_is_there():
    files = {file.relative_to(PACKAGE).as_posix(): file for file in PACKAGE.rglob("*.py")}
    project = Project(ROOT)
    wanted = set.union(*(reached(project.notebook(section), files) for section in project.sections()))
    modules = {
        f"living_article.{name}".removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in wanted
    }
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"lifelines", "matplotlib.pyplot", "ipykernel.zmqshell"} <= loaded
    assert len(modules) > 50
    assert modules - loaded - {"living_article.__init__"} == set()
