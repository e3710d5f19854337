"""One run of a sweep, for engines other than the local pool: ``python -m living_article.sweep ROOT GRID NUMBER``."""

from __future__ import annotations

import sys
from pathlib import Path

from living_article.errors import InputError
from living_article.run.failures import BuildError
from living_article.run.project import Project
from living_article.sweep.grid import read_grid
from living_article.sweep.runner import run_one


def main(root: str, grid: str, number: str) -> int:
    """Execute the run with this number; returns 0, 1 (the notebook failed) or 2 (bad input)."""
    project = Project(Path(root))
    try:
        run_one(project, read_grid(Path(grid), project).run(project, int(number)), warm=False)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
