"""Where the parts of a book project lie, and which sections it has."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from living_article.errors import InputError

STUDY = "data/study.yml"


@dataclass(frozen=True)
class Project:
    """A folder with ``_toc.yml``, ``_config.yml``, ``index.md``, ``book/``, ``notebooks/`` and ``data/``."""

    root: Path

    @property
    def build(self) -> Path:
        """Return the folder of everything generated."""
        return self.root / "_build"

    @property
    def site(self) -> Path:
        """Return the link to the site that was built last."""
        return self.build / "html"

    @property
    def study(self) -> Path:
        """Return the study file of the project."""
        return self.root / STUDY

    def toc(self) -> dict:
        """Return the table of contents; raises InputError if it cannot be read."""
        path = self.root / "_toc.yml"
        try:
            return yaml.safe_load(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError("no table of contents", file=path, remedy="run inside the project") from None
        except yaml.YAMLError as error:
            problem = f"not valid YAML: {' '.join(str(error).split())}"
            raise InputError(problem, file="_toc.yml", remedy="correct the file") from None

    def pages(self) -> list[str]:
        """Return the pages in the order of the table of contents, without file endings."""

        def walk(node: dict) -> list[str]:
            own = [node[key] for key in ("root", "file") if key in node]
            children = [*node.get("parts", ()), *node.get("chapters", ()), *node.get("sections", ())]
            return own + [page for child in children for page in walk(child)]

        return walk(self.toc())

    def sections(self) -> list[str]:
        """Return the ids of the sections that have a notebook, in the order of the article."""
        return [Path(page).name for page in self.pages() if page.startswith("notebooks/")]

    def notebook(self, section: str) -> Path:
        """Return the text notebook of a section; raises InputError if there is none."""
        path = self.root / "notebooks" / f"{section}.py"
        if section in self.sections() and path.is_file():
            return path
        known = self.sections()
        if section in known:
            raise InputError("the notebook is missing", file=f"notebooks/{section}.py")
        close = get_close_matches(section, known, n=1)
        remedy = f"did you mean {close[0]}?" if close else f"choose one of {', '.join(known)}"
        raise InputError("unknown section", value=section, remedy=remedy)


def find_project(start: Path | None = None) -> Project:
    """Return the project around ``start`` (default: the current folder), else the one of this checkout."""
    start = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[3]
    for folder in (start, *start.parents, checkout):
        if (folder / "_toc.yml").is_file() and (folder / "notebooks").is_dir():
            return Project(folder)
    raise InputError("no project here", file=start, remedy="run inside a clone of the project")
