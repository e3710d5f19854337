"""What a reader may take away: notebooks as written and as executed, each figure and table as files.

They lie under ``files/`` in the site; a stage holds them below `EXTRA`, which Sphinx copies as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from living_article.run.cache import Execution
from living_article.web.publish import OUTPUT_KEY, kind

if TYPE_CHECKING:
    from living_article.run.project import Project

EXTRA = "extra"  # `_config.yml` names it under html_extra_path
FILES = "files"


def write_downloads(project: Project, executions: list[Execution], stage: Path) -> Path:
    """Fill the folder of downloads in a stage, and return it."""
    import nbformat

    folder = stage / EXTRA / FILES
    folder.mkdir(parents=True)
    for execution in executions:
        shutil.copyfile(execution.notebook, folder / f"{execution.section}.ipynb")
        shutil.copyfile(project.notebook(execution.section), folder / f"{execution.section}.py")
        shutil.copytree(execution.files, folder, dirs_exist_ok=True)
        node = nbformat.read(execution.notebook, as_version=4)
        for output in (output for cell in node.cells for output in cell.get("outputs", [])):
            if kind(output) == "figure":
                drawing = folder / f"{output.metadata[OUTPUT_KEY]['name']}.svg"
                drawing.write_text(output.data["image/svg+xml"], encoding="utf-8")
    return folder


def available(stage: Path) -> set[str]:
    """Return the names of the files that a stage offers."""
    folder = stage / EXTRA / FILES
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()
