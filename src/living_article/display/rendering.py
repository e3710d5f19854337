"""Render figures beside a warm kernel: each in a process of its own, while the cells after it are executed.

Layout and export of a figure of many panels take longer than most of what is computed for it. The kernel shows a
placeholder; whoever executes the notebook puts the figure in its place (`filled`), so that what is kept is the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

ASIDE = "LIVING_ARTICLE_ASIDE"
"""Environment variable: the folder in which figures rendered beside the kernel are awaited; blank: none are."""
_PLACEHOLDER = re.compile(r'<svg data-rendered="([\w-]+)"/>')
_LONGEST = 300.0  # seconds for one figure

_begun: list[tuple[BaseProcess, Path]] = []


def rendered(name: str, render: Callable[[], str]) -> str:
    """Return a figure, or a placeholder for it if it is rendered aside; `finish` then has to be called later."""
    folder = os.environ.get(ASIDE)
    if not folder:
        return render()
    file = Path(folder, f"{name}.svg")
    process = multiprocessing.get_context("fork").Process(target=_write, args=(file, render))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork with threads; rendering waits for none of them
        process.start()
    _begun.append((process, file))
    return f'<svg data-rendered="{name}"/>'


def _write(file: Path, render: Callable[[], str]) -> None:
    """Render in a fork and write the figure, its warnings and what went wrong; does not return."""
    gc.disable()  # a collection would touch, and so copy, all memory shared with the kernel
    try:
        with warnings.catch_warnings(record=True) as caught:
            file.write_text(render(), encoding="utf-8")
        file.with_suffix(".warnings").write_text("\n".join(str(warning.message) for warning in caught))
    except BaseException:
        file.with_suffix(".error").write_text(traceback.format_exc())
    finally:
        os._exit(0)  # the kernel's buffers and threads are not this process's to clean up


def finish() -> None:
    """Wait for all figures; raises RuntimeError if one failed, and shows its warnings, as the kernel would have."""
    while _begun:
        process, file = _begun.pop(0)
        process.join(_LONGEST)
        told = file.with_suffix(".warnings")
        if not told.is_file():
            process.kill()
            error = file.with_suffix(".error")
            reason = error.read_text() if error.is_file() else f"no figure within {_LONGEST:g} seconds"
            raise RuntimeError(f"{file.stem} could not be drawn: {reason}")
        for message in filter(None, told.read_text().splitlines()):
            warnings.warn(f"{file.stem}: {message}", stacklevel=2)


def filled(svg: str, folder: Path) -> str:
    """Return what stands in the folder if this is a placeholder; FileNotFoundError if the figure was not finished."""
    found = _PLACEHOLDER.fullmatch(svg)
    return Path(folder, f"{found[1]}.svg").read_text(encoding="utf-8") if found else svg
