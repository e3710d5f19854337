"""What can go wrong while a book is built, apart from bad input: a notebook that fails, a page that warns."""

from __future__ import annotations


class BuildError(RuntimeError):
    """The book could not be built; the message fits on one screen and the previous site is untouched."""


class NotebookError(BuildError):
    """A notebook failed: which one, in which cell and why."""


class SiteError(BuildError):
    """Jupyter Book failed, or warned about a page."""
