"""Reruns of a section with a new parameter, and a sweep against plain papermill in a pool of processes."""

from __future__ import annotations

import itertools
import logging
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml

from .measure import Row

ROOT = Path(__file__).parents[1]
WORKERS = 3  # one more than the cores: a worker waits while its kernel starts
SECTIONS = (
    *("methods", "baseline", "survival", "response", "toxicity", "cox", "nomogram"),
    *("validation", "sensitivity"),  # a bootstrap, and hundreds of models
)
SWEPT = ("survival", "cox")
_new = itertools.count(int(time.time()))  # seeds that no run had before, so that nothing comes from a cache


def run(*, small: bool) -> list[Row]:
    """Time warm reruns from the command line, and runs of a sweep against papermill's, a few at a time."""
    sections, swept, runs = (("toxicity",), ("toxicity",), 2) if small else (SECTIONS, SWEPT, 48)
    _article(
        "run", sections[0], "--warm", "-p", f"seed={next(_new)}"
    )  # starts the process that kernels are forked from
    found = []
    for section in sections:
        took = min(_article("run", section, "--warm", "-p", f"seed={next(_new)}") for _ in range(5))
        found.append(Row(f"Rerun of {section} with a new parameter", took, most=2, note="command line, warm kernel"))
    for section in swept:
        ours = _sweep(section, runs) / runs
        theirs = _papermill(section, runs) / runs
        task = f"One of {runs} runs of {section}, {WORKERS} at a time"
        note = "a sweep renders no figures; papermill alone does"
        found.append(Row(task, ours, "papermill, process pool", theirs, least=3, note=note))
    return found


def _article(*arguments: str) -> float:
    """Return how long a command takes."""
    command = [str(Path(sys.executable).with_name("article")), *arguments]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        subprocess.run([*command, "--out", folder], cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - begun


def _sweep(section: str, runs: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        grid = Path(folder) / "grid.yml"
        seeds = [next(_new) for _ in range(runs)]
        grid.write_text(yaml.safe_dump({"section": section, "parameters": {"seed": seeds}}))
        return _article("sweep", str(grid), "--workers", str(WORKERS))


def _papermill(section: str, runs: int) -> float:
    """Return how long papermill takes for the same runs, each in a kernel of its own, from a pool made beforehand."""
    import jupytext

    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(WORKERS) as pool:
        notebook = Path(folder) / f"{section}.ipynb"
        node = jupytext.read(ROOT / "notebooks" / f"{section}.py", fmt="py:percent")
        jupytext.write(node, notebook)
        list(pool.map(_ready, range(WORKERS)))
        begun = time.perf_counter()
        list(pool.map(_one, [notebook] * runs, [next(_new) for _ in range(runs)]))
        return time.perf_counter() - begun


def _ready(_: int) -> None:
    import papermill  # noqa: F401

    logging.getLogger("papermill").setLevel(logging.ERROR)  # it cannot read the types of some parameters, and says so


def _one(notebook: Path, seed: int) -> None:
    import papermill

    results = notebook.parent / str(seed)
    results.mkdir()
    os.environ["LIVING_ARTICLE_RESULTS"] = str(results)
    target = notebook.with_name(f"{seed}.ipynb")
    papermill.execute_notebook(
        notebook, target, {"seed": seed}, cwd=ROOT, kernel_name="python3", progress_bar=False, log_output=False
    )
