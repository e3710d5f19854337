"""Preview: serve the site on this machine only, and build it again when a source changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from living_article.run.project import Project

_WATCHED = ("index.md", "_config.yml", "_toc.yml", "book", "notebooks", "data", "src")


def rebuild(project: Project) -> int:
    """Build the book in a fresh process, so that a change in the package counts; returns its exit code."""
    command = [sys.executable, "-m", "living_article.cli", "build"]
    return subprocess.run(command, cwd=project.root, check=False).returncode


def watched(project: Project) -> list[Path]:
    """Return the files and folders whose change rebuilds the book."""
    return [project.root / name for name in _WATCHED if (project.root / name).exists()]


def serve(project: Project, port: int = 8000) -> None:
    """Build, then serve until interrupted; a build that fails leaves the last good site on show."""
    from livereload import Server

    rebuild(project)
    server = Server()
    for path in watched(project):
        server.watch(str(path), lambda: rebuild(project))
    server.serve(root=str(project.site), host="127.0.0.1", port=port, open_url_delay=None)
