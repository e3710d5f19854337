"""Executed notebooks, kept until something they depend on changes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from living_article.plain_yaml import read_yaml
from living_article.run.fingerprint import digest, package_files
from living_article.run.reached import reached

_KEPT = 4  # executions kept per section, e.g. with other parameters
EXECUTING = {
    *("run/execute.py", "run/fixed_environment.py", "run/kernel.py", "run/parameters.py", "run/parts.py"),
    *("run/cache.py", "run/fingerprint.py", "run/study_text.py", "display/rendering.py"),
}


def study_files(study: Path) -> list[tuple[str, Path]]:
    """Return the study file and every file or folder of files that it names."""
    named: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, str) and 0 < len(node) < 200 and "\n" not in node:
            named.append(node)

    if study.is_file():
        # a broken study file is the notebook's to complain about
        with contextlib.suppress(yaml.YAMLError, UnicodeDecodeError):
            walk(read_yaml(study.read_text(encoding="utf-8")))
    files = {(study.name, study)}
    for name in named:
        path = study.parent / name
        if path.is_dir() and not name.startswith((".", "/")):
            files |= {(m.relative_to(study.parent).as_posix(), m) for m in path.rglob("*") if m.is_file()}
        elif path.is_file():
            files.add((name, path))
    return sorted(files)


def environment(root: Path) -> list[str]:
    """Return what fixes the software: the lock, Python and the platform."""
    lock = root / "requirements.lock"
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return [text, sys.version, sys.platform]


def key(notebook: Path, parameters: dict[str, object], study: Path, root: Path) -> str:
    """Return the fingerprint of all that decides what the executed notebook looks like."""
    package = dict(package_files())
    source = [(f"package/{name}", package[name]) for name in reached(notebook, package) | EXECUTING]
    data = [(f"study/{name}", path) for name, path in study_files(study)]
    given = json.dumps(parameters, sort_keys=True)
    return digest([*source, *data, (notebook.name, notebook)], given, *environment(root))


@dataclass(frozen=True)
class Execution:
    """One executed notebook in the cache: the notebook and the records it wrote."""

    section: str
    folder: Path

    @property
    def notebook(self) -> Path:
        """Return the executed notebook."""
        return self.folder / f"{self.section}.ipynb"

    @property
    def results(self) -> Path:
        """Return the records."""
        return self.folder / f"{self.section}.json"

    @property
    def model(self) -> Path:
        """Return the fitted model, of which a section may write one."""
        return self.folder / f"{self.section}.model.json"

    @property
    def files(self) -> Path:
        """Return the folder of figures and tables as files, which only executions for a book have."""
        return self.folder / "files"


class Cache:
    """Executed notebooks under one folder, one folder per section and fingerprint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, section: str, fingerprint: str) -> Execution:
        """Return where an execution is or would be."""
        return Execution(section, self.folder / section / fingerprint)

    def find(self, section: str, fingerprint: str, *, files: bool) -> Execution | None:
        """Return the execution with this fingerprint, if there is one, and one with files if these are needed."""
        found = self.place(section, fingerprint)
        if not found.notebook.is_file() or (files and not found.files.is_dir()):
            return None
        os.utime(found.folder)
        return found

    def workspace(self, section: str, fingerprint: str) -> Path:
        """Return an empty folder in which to put an execution together; drop what killed builds left."""
        for leftover in (self.folder / section).glob(".*"):
            shutil.rmtree(leftover, ignore_errors=True)
        folder = self.folder / section / f".{fingerprint}"
        folder.mkdir(parents=True)
        return folder

    def store(self, section: str, fingerprint: str, workspace: Path) -> Execution:
        """Move a finished workspace into place in one step, and drop the oldest executions of the section."""
        execution = self.place(section, fingerprint)
        shutil.rmtree(execution.folder, ignore_errors=True)
        workspace.rename(execution.folder)
        everything = [p for p in (self.folder / section).iterdir() if not p.name.startswith(".")]
        for old in sorted(everything, key=lambda p: p.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return execution
