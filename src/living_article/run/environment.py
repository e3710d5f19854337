"""Write `environment.yml` for conda and Binder from the lock, so that all install the same packages."""

from __future__ import annotations

import re
from pathlib import Path

from living_article.run.project import find_project

_PINNED = re.compile(r"^(?P<pin>[a-z0-9][a-z0-9._-]*==[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$", re.MULTILINE)

_HEAD = """\
# Written by `make lock` from requirements.lock; do not edit.
name: living-article
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def pinned(lock: str) -> list[str]:
    """Return the pinned packages of a lock, with the condition under which each is needed."""
    found = _PINNED.finditer(lock)
    return [match["pin"] + (f" ; {match['marker']}" if match["marker"] else "") for match in found]


def environment(lock: str) -> str:
    """Return the text of `environment.yml`; the package itself is installed editable."""
    lines = [f'      - "{requirement}"' for requirement in pinned(lock)]
    return _HEAD + "\n".join([*lines, '      - "-e ."']) + "\n"


def write(root: Path) -> Path:
    """Write `environment.yml` beside the lock and return its path."""
    path = root / "environment.yml"
    path.write_text(environment((root / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write(find_project().root))
