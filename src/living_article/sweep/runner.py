"""Run what a grid asks for: each run once, in parallel, its records kept under the fingerprint of all it depends on."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from living_article.errors import InputError
from living_article.run.failures import NotebookError
from living_article.run.pool import worker_pool
from living_article.run.progress import Progress
from living_article.run.project import Project
from living_article.sweep.grid import Run


def result(project: Project, run: Run) -> Path:
    """Return where the records of a run are kept, also for later sweeps."""
    return project.build / "sweeps" / "runs" / run.job.section / f"{run.job.fingerprint}.json"


def run_one(project: Project, run: Run, *, warm: bool = True) -> Path:
    """Execute one run unless its records are there, and return them.

    This is what the local pool and every other engine call.

    Raises
    ------
    InputError, NotebookError
        If the notebook fails.
    """
    from living_article.run.execute import execute

    target, job = result(project, run), run.job
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / f"{job.section}.json"
        if found := job.find(files=False):
            shutil.copyfile(found.results, written)
        else:
            execute(
                job.project.notebook(job.section), job.parameters, root=job.project.root, results=Path(folder),
                article=job.project.retells, warm=warm, draw=False,
            )  # fmt: skip
        aside = target.with_name(f".{target.name}-{os.getpid()}")
        shutil.copyfile(written, aside)
        aside.replace(target)  # in one step: a run that is there is whole
    return target


def run_all(
    project: Project, runs: list[Run], progress: Progress, *, workers: int = 2, warm: bool = True
) -> dict[int, str]:
    """Execute all runs and return, by number, why runs failed; the others go on.

    Killed midway, the runs that are finished are not executed again by the next call.
    """
    waiting = []
    for run in runs:
        if result(project, run).is_file():
            progress.finish(run.name, "done before")
        else:
            waiting.append(run)
    if not waiting:
        return {}
    import papermill  # noqa: F401  imported once here, shared by the forked workers

    failed: dict[int, str] = {}
    running: dict[Future, Run] = {}
    with worker_pool(max(1, min(workers, len(waiting)))) as pool:
        while running or waiting:
            while waiting and len(running) < workers:
                run = waiting.pop(0)
                progress.start(run.name)
                running[pool.submit(run_one, project, run, warm=warm)] = run
            progress.tick()
            for future in wait(running, timeout=1, return_when=FIRST_COMPLETED).done:
                run, error = running.pop(future), future.exception()
                if isinstance(error, BrokenProcessPool):
                    raise NotebookError("a process that executes notebooks was ended from outside")
                if error is not None and not isinstance(error, InputError | NotebookError):
                    raise error
                if error is not None:
                    failed[run.number] = str(error)
                progress.finish(run.name, "failed" if error else "")
    return failed
