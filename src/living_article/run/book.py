"""Build the whole book: notebooks in parallel, pages staged, site built aside and swapped in."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from living_article.run import cache
from living_article.run.cache import Cache, Execution
from living_article.run.commit import read_commit
from living_article.run.failures import NotebookError
from living_article.run.fingerprint import digest, package_files
from living_article.run.parameters import check_parameters, read_parameters
from living_article.run.parts import PART, refuse_alike_parts
from living_article.run.pool import worker_pool
from living_article.run.progress import Progress, Timing
from living_article.run.project import Project
from living_article.web import run_times, site, stage
from living_article.web.configuration import read_addresses
from living_article.web.pdf import NAME, add_to_site, build_pdf

Overrides = dict[str, dict[str, object]]  # parameters that differ from the defaults, by section


@dataclass(frozen=True)
class Book:
    """A finished book: where it is, whether it had to be built, and where the time went."""

    index: Path
    built: bool
    timings: list[Timing]
    seconds: float


@dataclass(frozen=True)
class Job:
    """One notebook to execute."""

    project: Project
    section: str
    parameters: dict[str, object]
    fingerprint: str

    def find(self, *, files: bool = True) -> Execution | None:
        """Return the execution, if nothing it depends on has changed since; without ``files`` they may be missing."""
        return self._cache.find(self.section, self.fingerprint, files=files)

    @property
    def _cache(self) -> Cache:
        return Cache(self.project.build / "executed")

    def run(self, *, files: bool = True, warm: bool = False) -> Execution:
        """Execute the notebook into the cache, in a warm kernel if wanted; raises InputError or NotebookError.

        A book offers each figure and table as files; drawing them takes a quarter of the time of a warm run.
        """
        import nbformat

        from living_article.run.execute import execute

        workspace = self._cache.workspace(self.section, self.fingerprint)
        notebook = self.project.notebook(self.section)
        try:
            node = execute(
                notebook,
                self.parameters,
                root=self.project.root,
                results=workspace,
                files=workspace / "files" if files else None,
                article=self.project.retells,
                warm=warm,
            )
            nbformat.write(node, workspace / f"{self.section}.ipynb")
            shutil.rmtree(workspace / ".jupyter")
            return self._cache.store(self.section, self.fingerprint, workspace)
        finally:
            shutil.rmtree(workspace, ignore_errors=True)


def plan(project: Project, section: str, given: Mapping[str, object]) -> Job:
    """Check the parameters of one section against its notebook; raises InputError before anything runs."""
    notebook = project.notebook(section)
    declared = read_parameters(notebook)
    if project.other is not None:
        given = {"study": str(project.other), **given}
    parameters = check_parameters(notebook, given, declared)
    parameters = {name: v for name, v in parameters.items() if v != declared[name].default}
    study = project.root / str(parameters.get("study", declared["study"].default))
    return Job(project, section, parameters, cache.key(notebook, parameters, study, project.root))


def build_book(
    project: Project, overrides: Overrides | None = None, *, prose: stage.Prose | None = None, pdf: bool = False
) -> Book:
    """Build the book unless the site shown is of exactly these inputs.

    ``pdf`` asks for the PDF of the book in the site, which then links to it. A site that has one keeps it until
    something changes.

    Raises
    ------
    InputError
        If a parameter, the study or its table is at fault, or there is no browser to print the PDF.
    NotebookError, SiteError
        If a notebook fails or a page warns. The previous site is untouched in every case.
    """
    began = time.perf_counter()
    overrides = overrides or {}
    prose = prose or (stage.article_prose if project.retells else stage.study_prose)
    for section in overrides:
        project.notebook(section)
    index = project.site / "index.html"
    with _only_build(project.build):
        jobs = [plan(project, section, overrides.get(section, {})) for section in project.sections()]
        refuse_alike_parts(project.study, [job.parameters.get(PART) for job in jobs])
        fingerprint = _fingerprint(project, overrides)
        printed = f"{fingerprint}-pdf"
        if site.current(project.site) in ((printed,) if pdf else (printed, fingerprint)):
            return Book(index, False, [], time.perf_counter() - began)
        progress = Progress(len(jobs) + (2 if pdf else 1))
        try:
            executions = run_jobs(jobs, progress)
            progress.start("site")
            seconds = _run_times(project, jobs, progress.timings)
            address = NAME if pdf else ""
            staged = stage.stage(
                project, executions, project.build / "stage", prose=prose, pdf=address, seconds=seconds
            )
            workspace = project.build / "sites" / f".building-{os.getpid()}"
            html = site.build_site(staged, workspace, log=project.build / "site.log")
            progress.finish("site")
            if pdf:
                progress.start("pdf")
                add_to_site(build_pdf(staged, project.build / "pdf", log=project.build / "pdf.log"), html)
                progress.finish("pdf")
            site.swap_in(html, project.site, printed if pdf else fingerprint)
        finally:
            progress.close()
    return Book(index, True, progress.timings, time.perf_counter() - began)


def _run_times(project: Project, jobs: list[Job], timings: list[Timing]) -> dict[str, float]:
    """Return how long each section ran, now or when it was executed last."""
    fingerprints = {job.section: job.fingerprint for job in jobs}
    spent = {name: seconds for name, seconds, note in timings if name in fingerprints and not note}
    return run_times.keep(project.build, fingerprints, spent)


def run_section(project: Project, section: str, given: Mapping[str, object], *, warm: bool = False) -> Execution:
    """Execute one notebook, with other parameters if given, and return the executed notebook and its records."""
    job = plan(project, section, given)
    with _only_build(project.build):
        return job.find(files=False) or job.run(files=False, warm=warm)


def _fingerprint(project: Project, overrides: Overrides) -> str:
    """Return the fingerprint of everything the site is made of."""
    files = [(name, project.root / name) for name in ("index.md", "_config.yml", "_toc.yml")]
    for folder in ("book", "notebooks", "data"):
        members = (p for p in (project.root / folder).rglob("*") if p.is_file())
        files += [(p.relative_to(project.root).as_posix(), p) for p in members if "__pycache__" not in p.parts]
    files += [(f"package/{name}", path) for name, path in package_files()]
    if project.other is not None:
        files += [(f"study/{name}", path) for name, path in cache.study_files(project.other)]
    given = json.dumps(overrides, sort_keys=True, default=str)
    places = json.dumps(asdict(read_addresses(project)))
    commit = str(read_commit(project.root))
    return digest(files, given, places, commit, *cache.environment(project.root))


def run_jobs(jobs: list[Job], progress: Progress, workers: int = 2) -> list[Execution]:
    """Execute what is not in the cache, ``workers`` notebooks at a time, and return all in the given order.

    The first failure stops further notebooks from starting and is raised when the running ones have ended.
    """
    done: dict[str, Execution] = {}
    for job in jobs:
        if found := job.find():
            done[job.section] = found
            progress.finish(job.section, "unchanged")
    waiting = [job for job in jobs if job.section not in done]
    if waiting:
        import papermill  # noqa: F401  imported once here, shared by the forked workers

    running: dict[Future, Job] = {}
    failure: BaseException | None = None
    with worker_pool(max(1, min(workers, len(waiting)))) as pool:
        while running or (waiting and failure is None):
            while waiting and failure is None and len(running) < workers:
                job = waiting.pop(0)
                progress.start(job.section)
                running[pool.submit(job.run)] = job
            progress.tick()
            for future in wait(running, timeout=1, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                failure = failure or future.exception()
                if future.exception() is None:
                    done[job.section] = future.result()
                    progress.finish(job.section)
    if isinstance(failure, BrokenProcessPool):
        raise NotebookError("a process that executes notebooks was ended from outside, for lack of memory perhaps")
    if failure is not None:
        raise failure
    return [done[job.section] for job in jobs]


@contextmanager
def _only_build(folder: Path) -> Iterator[None]:
    """Hold the project's build lock; a second build waits for the first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another build of this project is running; waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
