"""Copy a finished book, or one executed section, to the folder a user asked for."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from living_article.errors import InputError
from living_article.run.cache import Execution
from living_article.web.page import page

MARK = ".living-article"  # in every folder delivered, so that only such a folder is ever replaced


def writable(out: Path) -> Path:
    """Return the folder, made if it is not there; raises InputError if nothing can be written into it."""
    out = out.expanduser()
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        problem = f"nothing can be written there ({error.strerror or error})"
        raise InputError(problem, file=out, remedy="name another folder") from None
    return out


def place_for_book(out: Path) -> Path:
    """Return ``out`` if a book may be put there; raises InputError if it holds something else or is not writable."""
    out = out.expanduser()
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("there is something else", file=out, remedy="name a folder that is new or empty")
    writable(out.absolute().parent)
    return out


def deliver_book(site: Path, out: Path) -> Path:
    """Copy a built site to ``out``, replacing only a book delivered before, and return its root page.

    Raises
    ------
    InputError
        If ``out`` is a file, or a folder that holds something else, or cannot be written.
    """
    out = place_for_book(out)
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
    out = writable(out)
    notebook, html, results = (
        out / name for name in (f"{execution.section}.ipynb", f"{execution.section}.html", "results.json")
    )
    shutil.copyfile(execution.notebook, notebook)
    html.write_text(page(execution.notebook, bibliography), encoding="utf-8")
    shutil.copyfile(execution.results, results)
    return [notebook, html, results]
