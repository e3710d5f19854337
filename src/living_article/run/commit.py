"""Which commit of the project a book is made from."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

COMMIT = "LIVING_ARTICLE_COMMIT"
"""Environment variable that names the commit where git cannot be asked; `` modified`` may follow."""
_SOURCES = ("index.md", "_config.yml", "_toc.yml", "requirements.lock", "book", "notebooks", "data", "src")
_MODIFIED = " modified"


@dataclass(frozen=True)
class Commit:
    """A commit, blank if none is known, and whether what the book is made of has been changed since."""

    id: str = ""
    modified: bool = False

    def __str__(self) -> str:
        """Return the commit as `COMMIT` takes it."""
        return self.id + (_MODIFIED if self.modified else "")


def read_commit(root: Path) -> Commit:
    """Return the commit that the environment names, else the one that is checked out at ``root``, else a blank one."""
    given = os.environ.get(COMMIT)
    if given is not None:
        return Commit(given.removesuffix(_MODIFIED).strip(), given.endswith(_MODIFIED))
    top = _git(root, "rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != root.resolve():
        return Commit()  # a project inside another repository is not what that repository's commit describes
    return Commit(_git(root, "rev-parse", "HEAD"), bool(_git(root, "status", "--porcelain", "--", *_SOURCES)))


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, or nothing if it is not there or has nothing to say."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
