"""A clean build elsewhere, by another user's settings, gives the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from living_article.run.commit import COMMIT, read_commit
from living_article.web.pdf import NAME
from living_article.web.run_times import SCRIPT

SOURCES = ("index.md", "_config.yml", "_toc.yml", "requirements.lock", "book", "notebooks", "data")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the one that holds the run times."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.as_posix().endswith(f"/{SCRIPT}"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_two_clean_builds_are_byte_identical(project, tmp_path):
    other = tmp_path / "another folder"
    other.mkdir()
    for name in SOURCES:
        source = project.root / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, other / name)
    # the copy is no clone; what git says here is told to it
    environment = os.environ | {COMMIT: str(read_commit(project.root))}
    environment |= {"PYTHONHASHSEED": "3", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "60"}
    command = [sys.executable, "-m", "living_article.cli", "build"]
    command += ["--pdf"] if (project.site / NAME).is_file() else []
    built = subprocess.run(command, cwd=other, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    first, second = contents(project.site.resolve()), contents((other / "_build" / "html").resolve())
    assert {name for name in first | second if first.get(name) != second.get(name)} == set()
    # what was executed for this site; the cache of executions may meanwhile hold runs with other parameters
    for part in ("notebooks", "results"):
        executed = contents(project.build / "stage" / part)
        assert executed
        assert executed == contents(other / "_build" / "stage" / part)
