from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time

import pytest

from living_article.run.failures import NotebookError
from living_article.run.progress import Progress
from living_article.sweep import runner
from living_article.sweep.grid import read_grid
from living_article.sweep.runner import result, run_all, run_one

SWEEP = """
import sys
from pathlib import Path
from living_article.run.project import Project
from living_article.sweep.sweep import sweep
sweep(Project(Path(sys.argv[1])), Path(sys.argv[2]), workers=1)
"""


def progress(runs):
    return Progress(len(runs), io.StringIO())


@pytest.fixture
def runs(project, write):
    return read_grid(write(parameters={"shift": [0.0, 0.1, 0.2]}), project).runs(project)


def test_every_run_is_executed_once(project, runs, monkeypatch):
    shown = progress(runs)
    assert run_all(project, runs, shown) == {}
    values = [json.loads(result(project, run).read_text())["records"][1]["value"] for run in runs]
    assert values == pytest.approx([0.5, 0.6, 0.7])
    assert shown.done == 3
    monkeypatch.setattr(runner, "run_one", lambda *_, **__: pytest.fail("executed again"))
    again = progress(runs)
    assert run_all(project, runs, again) == {}
    assert again.stream.getvalue().count("done before") == 3


def test_a_change_of_the_notebook_runs_again(project, write, runs):
    run_one(project, runs[0])
    notebook = project.root / "notebooks" / "small.py"
    notebook.write_text(notebook.read_text().replace("0.5 + shift", "0.8 + shift"))
    (changed, *_) = read_grid(write(parameters={"shift": [0.0, 0.1, 0.2]}), project).runs(project)
    assert not result(project, changed).is_file()
    assert json.loads(run_one(project, changed).read_text())["records"][1]["value"] == pytest.approx(0.8)


def test_a_failed_run_is_told_and_the_others_go_on(project, write):
    runs = read_grid(write(parameters={"shift": [-1.0, 0.1]}), project).runs(project)
    failed = run_all(project, runs, progress(runs))
    assert list(failed) == [1] and "a negative shift" in failed[1]
    assert not result(project, runs[0]).is_file() and result(project, runs[1]).is_file()
    with pytest.raises(NotebookError):
        run_one(project, runs[0])


def test_an_execution_in_the_cache_is_not_repeated(project, runs, monkeypatch):
    runs[0].job.run()
    monkeypatch.setattr("living_article.run.execute.execute", lambda *_, **__: pytest.fail("executed again"))
    assert run_one(project, runs[0]).is_file()


def test_killed_midway_it_goes_on_where_it_was(project, write):
    shifts = [round(0.01 * n, 2) for n in range(12)]
    grid = write(parameters={"shift": shifts})
    command = [sys.executable, "-c", SWEEP, str(project.root), str(grid)]
    first = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    runs = read_grid(grid, project).runs(project)
    until = time.monotonic() + 90
    while sum(result(project, run).is_file() for run in runs) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    time.sleep(1)
    done = {run.number: result(project, run).stat().st_mtime_ns for run in runs if result(project, run).is_file()}
    assert 2 <= len(done) < len(runs)
    assert all(json.loads(result(project, runs[n - 1]).read_text()) for n in done)
    assert run_all(project, runs, progress(runs)) == {}
    assert all(result(project, run).is_file() for run in runs)
    assert done == {n: result(project, runs[n - 1]).stat().st_mtime_ns for n in done}
