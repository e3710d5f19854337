"""Where the parts of a book project lie, and which sections it has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file
from living_article.run.study_text import citation

STUDY = "data/study.yml"


@dataclass(frozen=True)
class Project:
    """A folder with ``_toc.yml``, ``_config.yml``, ``index.md``, ``book/``, ``notebooks/`` and ``data/``.

    ``other`` is the study file of another study, whose book is made with the same notebooks.
    """

    root: Path
    other: Path | None = None

    @property
    def build(self) -> Path:
        """Return the folder of everything generated; another study has one of its own."""
        if self.other is None:
            return self.root / "_build"
        place = hashlib.sha256(str(self.other).encode()).hexdigest()[:8]
        return self.root / "_build" / "studies" / f"{self.other.parent.name}-{self.other.stem}-{place}"

    @property
    def site(self) -> Path:
        """Return the link to the site that was built last."""
        return self.build / "html"

    @property
    def study(self) -> Path:
        """Return the study file."""
        return self.other or self.root / STUDY

    @property
    def retells(self) -> bool:
        """Whether the study re-tells the article about which the project's pages are written."""
        theirs = citation(self.study)
        return theirs is not None and theirs == citation(self.root / STUDY)

    @property
    def bibliography(self) -> Path:
        """Return the BibTeX file of everything cited."""
        return self.root / "book" / "references.bib"

    def of(self, study: Path | None) -> Project:
        """Return the project with another study file, if one is given; raises InputError if there is none there."""
        if study is None:
            return self
        file = study.expanduser().resolve()
        if not file.is_file():
            raise InputError("no such study file", file=study, remedy="give the path of a study.yml")
        return Project(self.root) if file == (self.root / STUDY).resolve() else Project(self.root, file)

    def toc(self) -> dict:
        """Return the table of contents: that of the project if the study re-tells its article, else one made for it.

        Raises
        ------
        InputError
            If the project's table of contents or the other study file cannot be read.
        """
        written = self._written_toc()
        if self.retells:
            return written
        from living_article.run.outline import contents
        from living_article.study.load import load_study

        known = [Path(page).name for page in _walk(written) if page.startswith("notebooks/")]
        return contents(known, load_study(self.study))

    def _written_toc(self) -> dict:
        path = self.root / "_toc.yml"
        if not path.is_file():
            raise InputError("no table of contents", file=path, remedy="run inside the project")
        return read_yaml_file(path)

    def pages(self) -> list[str]:
        """Return the pages in the order of the table of contents, without file endings."""
        return _walk(self.toc())

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
        problem = "the study has no data for this section" if path.is_file() else "unknown section"
        raise InputError(problem, value=section, remedy=remedy)


def _walk(node: dict) -> list[str]:
    """Return the pages of a part of a table of contents, in order."""
    own = [node[key] for key in ("root", "file") if key in node]
    children = [*node.get("parts", ()), *node.get("chapters", ()), *node.get("sections", ())]
    return own + [page for child in children for page in _walk(child)]


def find_project(start: Path | None = None) -> Project:
    """Return the project around ``start`` (default: the current folder), else the one of this checkout."""
    start = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[3]
    for folder in (start, *start.parents, checkout):
        if (folder / "_toc.yml").is_file() and (folder / "notebooks").is_dir():
            return Project(folder)
    raise InputError("no project here", file=start, remedy="run inside a clone of the project")
