"""A whole sweep: read the grid, run what is missing, collect the records, write tables and page."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from living_article.errors import InputError
from living_article.patients.subset import EXPLORATORY
from living_article.run.deliver import writable
from living_article.run.progress import Progress
from living_article.run.project import Project
from living_article.study import load_study
from living_article.sweep.collect import IDENTITY, collect, compared, write_table
from living_article.sweep.grid import STUDY, Grid, Run, read_grid
from living_article.sweep.patients import refuse_few
from living_article.sweep.runner import result, run_all

SNAKEFILE = Path(__file__).with_name("Snakefile")


@dataclass(frozen=True)
class Sweep:
    """A finished sweep: the files written, how many runs there are, and why runs failed."""

    files: list[Path]
    runs: int
    failed: dict[int, str]


def sweep(
    project: Project,
    file: Path,
    *,
    workers: int = 2,
    warm: bool = True,
    engine: str = "local",
    options: Sequence[str] = (),
    out: Path | None = None,
) -> Sweep:
    """Run the grid of a file and write ``results.csv`` (and ``.parquet``) and ``index.html`` into ``out``.

    Parameters
    ----------
    engine, options
        ``local``, or ``snakemake`` with further options for it, such as ``--executor slurm``.
    out
        By default a folder named after the grid file, among the generated files of the project.

    Raises
    ------
    InputError
        If the grid is at fault, nothing can be written into ``out``, or Snakemake is asked for and not installed.
    """
    grid = read_grid(file, project)
    runs = grid.runs(project)
    cohorts = refuse_few(project, grid)
    folder = writable(out or project.build / "sweeps" / file.stem)
    if engine == "snakemake":
        failed = _snakemake(project, grid, runs, workers, options)
    else:
        progress = Progress(len(runs), doing="sweeping")
        try:
            failed = run_all(project, runs, progress, workers=workers, warm=warm)
        finally:
            progress.close()
    return Sweep(_write(project, grid, collect(project, runs, cohorts), failed, folder), len(runs), failed)


def _write(project: Project, grid: Grid, table: pd.DataFrame, failed: dict[int, str], folder: Path) -> list[Path]:
    """Write the records of all runs as tables and page."""
    from living_article.display.record_names import RecordNames
    from living_article.display.sweep import sweep_page

    written = write_table(table, folder)
    identity, rows = compared(table, grid.show) if len(table) else ({}, table)
    rows = rows.rename(columns={f"parameter.{name}": name for name in grid.parameters if name != STUDY})
    badges = [load_study(project.of(study).study).provenance.badge for study in grid.studies]
    if len(table) and table["patients"].str.contains(EXPLORATORY, regex=False).any():
        badges.append("Runs on a part of the patients are exploratory")
    names = RecordNames(load_study(project.of(grid.studies[0]).study))
    title = names.label((grid.section, *(identity.get(field) for field in IDENTITY))) if identity else grid.section
    written.append(folder / "index.html")
    written[-1].write_text(sweep_page(title, rows, grid.choices, failed, badges), encoding="utf-8")
    return written


def _snakemake(project: Project, grid: Grid, runs: list[Run], workers: int, options: Sequence[str]) -> dict[int, str]:
    """Let Snakemake run what is missing; it restarts, and submits to clusters, as its own options say."""
    if importlib.util.find_spec("snakemake") is None:
        remedy = "in the folder of the project, pip install -e '.[snakemake]'"
        raise InputError("Snakemake is not installed", value="--engine snakemake", remedy=remedy)
    _refuse_unknown_executor(options)
    wanted = {str(run.number): str(result(project, run)) for run in runs}
    config = project.build / "sweeps" / f"{grid.file.stem}.snakemake.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(
        json.dumps(
            {"grid": str(grid.file.resolve()), "root": str(project.root), "python": sys.executable, "runs": wanted}
        )
    )
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(SNAKEFILE), "--configfile", str(config)]
    command += ["--directory", str(config.parent), "--keep-going", "--quiet", "rules"]
    # a run that is there is whole and of these very inputs, so an interrupted sweep leaves nothing to unlock or redo
    command += ["--nolock", "--rerun-incomplete", "--rerun-triggers", "mtime"]
    if not any(option in ("--jobs", "-j", "--cores", "-c") for option in options):
        command += ["--cores", str(workers), "--jobs", str(workers)]  # on this machine, on a cluster
    subprocess.run([*command, *options], check=False)
    log = "failed; what Snakemake says about it stands above"
    return {run.number: log for run in runs if not result(project, run).is_file()}


def _refuse_unknown_executor(options: Sequence[str]) -> None:
    """Say what to install; Snakemake itself would answer with pages of its options."""
    text = " ".join(options)
    asked = re.search(r"(?:--executor|-e)[ =](\S+)", text)
    if asked is None or asked[1] in ("local", "dryrun", "touch"):
        return
    plugin = f"snakemake-executor-plugin-{asked[1]}"
    if importlib.util.find_spec(plugin.replace("-", "_")) is None:
        raise InputError("Snakemake has no such executor here", value=asked[1], remedy=f"pip install {plugin}")
