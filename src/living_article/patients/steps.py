"""Show how far the work on large patient tables is; small ones are done before anyone wonders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from living_article.run.progress import Progress

LONG = 2_000_000
"""Bytes of a table from which on the work takes long enough to show how far it is."""


class Steps:
    """The steps of work on some tables, shown on ``stream`` if there is one and a table is large."""

    def __init__(self, steps: int, tables: Iterable[Path], stream: TextIO | None, *, doing: str) -> None:
        long = any(file.is_file() and file.stat().st_size > LONG for file in tables)
        self._progress = Progress(steps, stream, doing=doing) if long and stream else None

    @contextmanager
    def __call__(self, step: str, file: Path) -> Iterator[None]:
        """Say that a step with a table begins, and at its end how long it took."""
        if self._progress:
            self._progress.start(f"{file.name}: {step}")
        yield
        if self._progress:
            self._progress.finish(f"{file.name}: {step}")

    def close(self) -> None:
        """Take what is shown off the terminal."""
        if self._progress:
            self._progress.close()
