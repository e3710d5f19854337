"""Copy a finished book, or one executed section, to the folder a user asked for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from living_article.errors import InputError
from living_article.run.cache import Execution
from living_article.run.page import page

MARK = ".living-article"  # in every folder delivered, so that only such a folder is ever replaced


def deliver_book(site: Path, out: Path) -> Path:
    """Copy a built site to ``out``, replacing only a book delivered before, and return its root page.

    Raises
    ------
    InputError
        If ``out`` is a file, or a folder that holds something else.
    """
    out = out.expanduser()
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("there is something else", file=out, remedy="name a folder that is new or empty")
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.parent / f".{out.name}-{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(site.resolve(), beside)
    (beside / MARK).touch()
    if out.exists():
        shutil.rmtree(out)
    beside.rename(out)
    return out / "index.html"


def deliver_section(execution: Execution, out: Path, bibliography: Path) -> list[Path]:
    """Write executed notebook, HTML page and ``results.json`` of one section into ``out``; return their paths."""
    out = out.expanduser()
    out.mkdir(parents=True, exist_ok=True)
    notebook, html, results = (
        out / name for name in (f"{execution.section}.ipynb", f"{execution.section}.html", "results.json")
    )
    shutil.copyfile(execution.notebook, notebook)
    html.write_text(page(execution.notebook, bibliography), encoding="utf-8")
    shutil.copyfile(execution.results, results)
    return [notebook, html, results]
