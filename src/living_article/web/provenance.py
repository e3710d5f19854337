"""Where a book comes from: commit, data, software, and what each notebook was run with and made.

`facts` collects it; it is written beside the pages of a stage as `FILE`, from where the feet of the pages
(`web/foot.py`) and the status page take it. Nothing in it differs between two builds of the same inputs.
"""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from living_article.plain_yaml import read_yaml
from living_article.run.cache import Execution, study_files
from living_article.run.commit import Commit
from living_article.web.addresses import Addresses
from living_article.web.publish import kind

if TYPE_CHECKING:
    from living_article.run.project import Project

FILE = "provenance.json"
STATUS = "book/status"  # the page on what was executed
_SHOWN = ("numpy", "pandas", "scipy", "lifelines", "matplotlib", "papermill", "jupyter-book")


def facts(project: Project, executions: list[Execution], commit: Commit, found: Addresses) -> dict:
    """Return everything that is said of where a book comes from, as JSON would hold it."""
    written = read_yaml(project.study.read_text(encoding="utf-8"))
    tables = (written.get("table"), (written.get("external") or {}).get("table"))
    files = {name: path for name, path in study_files(project.study) if name in (project.study.name, *tables)}
    return {
        "commit": commit.id,
        "modified": commit.modified,
        "repository": found.repository,
        "data": [{"file": Path(name).name, "sha256": _sha256(path)} for name, path in files.items()],
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _SHOWN},
        "sections": {execution.section: _section(execution) for execution in executions},
    }


def write(folder: Path, content: dict) -> None:
    """Write the facts into a stage."""
    (folder / FILE).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(folder: Path) -> dict:
    """Return the facts of a stage, or nothing if it has none."""
    path = folder / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _section(execution: Execution) -> dict:
    """Return what one notebook was run with and what it made."""
    import nbformat

    results = json.loads(execution.results.read_text("utf-8")) if execution.results.is_file() else {}
    node = nbformat.read(execution.notebook, as_version=4)
    outputs = [output for cell in node.cells if cell.cell_type == "code" for output in cell.outputs]
    return {
        "fingerprint": execution.folder.name,
        "parameters": results.get("parameters", {}),
        "warnings": sum(str(o.get("data", {}).get("text/markdown", "")).startswith(":::{warning}") for o in outputs),
        "figures": sum(kind(output) == "figure" for output in outputs),
        "tables": sum(kind(output) == "table" for output in outputs),
        "records": len(results.get("records", [])),
    }
