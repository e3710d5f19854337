"""What a notebook opens: the study, its cohort, the records it fills and the way to show them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib.pyplot as plt

from living_article.disclosure import small_cells
from living_article.disclosure.population import population
from living_article.display import emit, exploratory, rendering, theme
from living_article.errors import InputError
from living_article.patients.cohort import Cohort, load_cohort, load_external
from living_article.patients.subset import subset as part_of
from living_article.published import Published, load_published
from living_article.records import Results, read_results, write_results
from living_article.study import Study, load_study
from living_article.study.design import Design, load_design
from living_article.study.model import SMALL_CELLS, Covariate, Endpoint

RESULTS_FOLDER = "LIVING_ARTICLE_RESULTS"
"""Environment variable: the folder into which ``<section>.json`` is written."""
WHOLE = "LIVING_ARTICLE_WHOLE"
"""Environment variable: the results on all patients, where a part of real ones is analysed."""
FILES_FOLDER = "LIVING_ARTICLE_FILES"
"""Environment variable: the folder into which each figure and table is written as files, if that is wanted."""


@dataclass
class Section:
    """One section of the article: one notebook, one page, one file of results."""

    id: str
    study: Study
    cohort: Cohort
    results: Results
    sentences: dict[str, str] = field(default_factory=dict)
    displays: list[dict[str, str]] = field(default_factory=list)
    part: tuple[str, ...] = ()
    """The rules that chose a part of the patients."""
    remark: str = ""
    """What every figure and table says besides, such as how many patients are left out."""

    def endpoints(self, ids: list[str]) -> list[Endpoint]:
        """Return these endpoints in the order of the study file, all if none is named; InputError on an unknown id."""
        known = self.study.endpoints
        if unknown := [name for name in ids if name not in known]:
            remedy = f"use one of {', '.join(known)}"
            raise InputError("unknown endpoint", file=self.study.file, value=unknown[0], remedy=remedy)
        return [endpoint for endpoint in known.values() if not ids or endpoint.id in ids]

    def covariates(self, ids: list[str]) -> list[Covariate]:
        """Return these covariates in the order asked for, the study's baseline if none; InputError on an unknown id."""
        known = self.study.covariates
        if unknown := [name for name in ids if name not in known]:
            remedy = f"use one of {', '.join(known)}"
            raise InputError("unknown covariate", file=self.study.file, value=unknown[0], remedy=remedy)
        return [known[name] for name in dict.fromkeys(ids or self.study.baseline)]

    @property
    def private(self) -> bool:
        """Whether real patients are shown, so that no display may be drawn from single ones."""
        external = self.study.external
        return self.study.provenance.patients or (external is not None and external.provenance.patients)

    @property
    def fewest(self) -> int:
        """The smallest number of patients a part of a drawing may stand for; 0 if single patients may be drawn."""
        return max(self.results.limit, SMALL_CELLS) if self.private else 0

    def external(self) -> Cohort:
        """Return the external cohort."""
        return load_external(self.study)

    def published(self) -> Published | None:
        """Return the article's printed values; None for a study that re-tells no article, or a part of its patients.

        What is printed is about all patients, so nothing printed stands beside the numbers of a part.
        """
        return load_published(self.study.article.published) if self.study.article and not self.part else None

    def design(self) -> Design | None:
        """Return the design in words, its placeholders filled with printed values, or None without a design file."""
        if self.study.design is None:
            return None
        published = self.published()
        return load_design(self.study.design, published.printed if published else str)

    def figure(
        self,
        draw: Callable[[], plt.Figure],
        name: str,
        caption: str,
        alt: str,
        *,
        badge: str | None = None,
        reading: Callable[[plt.Figure], dict[str, object]] | None = None,
    ) -> None:
        """Show what ``draw`` draws under its number, with a caption, alt text and the provenance of the patients.

        Beside a warm kernel it is drawn while the next cells are executed.
        """
        caption = f"{caption} {self.remark}".strip()
        badge = self.cohort.provenance.badge if badge is None else badge
        emit.figure(draw, name, caption, alt, badge, reading=reading, folder=_files())
        self.displays.append({"name": name, "kind": "figure", "caption": caption, "alt": alt})

    def table(self, frame, name: str, caption: str, *, notes: tuple[str, ...] = (), badge: str | None = None) -> None:
        """Show a data frame of finished text as a numbered table with notes and the provenance."""
        about_counts = small_cells.note(frame, self.results.limit)
        notes = (*notes, *(note for note in (about_counts, self.remark) if note))
        badge = self.cohort.provenance.badge if badge is None else badge
        emit.table(frame, name, caption, notes, badge, _files())
        self.displays.append({"name": name, "kind": "table", "caption": caption})

    def say(self, **sentences: str) -> None:
        """Show sentences as one paragraph and keep each under its name for other pages; those on a part say so."""
        mark = exploratory.mark(self.cohort.provenance.badge)
        self.sentences.update({name: f"{mark}{text}" for name, text in sentences.items()})
        emit.paragraph(f"{mark}{' '.join(sentences.values())}")

    def warn(self, *warnings: str) -> None:
        """Show each warning in a box of its own; without warnings nothing is shown."""
        for warning in warnings:
            emit.warning(f"{exploratory.mark(self.cohort.provenance.badge)}{warning}")

    def keep(self, model: dict[str, object]) -> None:
        """Write a fitted model, as plain numbers, to ``<section>.model.json``: other pages predict with it."""
        path = _results_folder() / f"{self.id}.model.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(model, allow_nan=False) + "\n", encoding="utf-8")

    def save(self, **parameters: object) -> None:
        """Write records, sentences and what was shown to ``<section>.json``, once all figures are there."""
        rendering.finish()
        write_results(
            _results_folder() / f"{self.id}.json",
            self.results,
            study=self.study.id,
            parameters=parameters | ({"study": _portable(parameters["study"])} if "study" in parameters else {}),
            patients=self.cohort.provenance.badge,
            population=population(self.cohort, self.part).content(),
            sentences=self.sentences,
            displays=self.displays,
        )


def _results_folder() -> Path:
    return Path(os.environ.get(RESULTS_FOLDER, "_build/results"))


def _files() -> Path | None:
    """Return where figures and tables are written as files, None unless that is wanted."""
    folder = os.environ.get(FILES_FOLDER)
    return Path(folder) if folder else None


def _portable(study: object) -> str:
    """Return the study file as given, without the folders of this machine."""
    return Path(str(study)).name if Path(str(study)).is_absolute() else str(study)


def open_section(section: str, study: str, subset: Iterable[str] = ()) -> Section:
    """Load the study file and its cohort, set the look of figures and return the empty section.

    Parameters
    ----------
    subset
        Rules that choose a part of the patients, see `living_article.patients.subset`; results are marked as
        exploratory.

    Raises
    ------
    InputError
        If the study file or the patient table has a problem, or a rule has, or a part of real patients is opened
        without results on all of them.
    """
    theme.use()
    loaded = load_study(_found(study))
    part = tuple(subset)
    cohort = part_of(load_cohort(loaded), part)
    tables = [loaded.provenance, *([loaded.external.provenance] if loaded.external else [])]
    results = Results(section, limit=max(table.limit for table in tables))
    if part and loaded.provenance.limit:
        results.part_of(_counts_of_all(loaded))
    return Section(section, loaded, cohort, results, part=part)


def _counts_of_all(study: Study) -> dict[tuple, int]:
    """Return the counts that the section shows of all patients; InputError if they were not executed before."""
    file = os.environ.get(WHOLE)
    if not file:
        remedy = "use `article run`, which runs all patients first and hides what would tell of the few left over"
        raise InputError("a part of real patients", file=study.file, remedy=remedy)
    return small_cells.counts_of(read_results(Path(file)))


def _found(study: str) -> Path:
    """Return where a study file is: here or, as Jupyter starts a notebook in its own folder, in the folder above."""
    here, above = Path(study), Path("..", study)
    return above if above.is_file() and not here.is_file() else here
