"""The benchmarks run and report; how fast they are is not tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(folder, *arguments, **environment):
    command = [sys.executable, "-m", "bench", "--small", "--to", str(folder), *arguments]
    found = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return (folder / "report.md").read_text("utf-8")


@pytest.fixture(scope="module")
def without_r(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    return folder, run(folder, PATH="")


def rows_of(report, start):
    return [line.split(" | ") for line in report.splitlines() if line.startswith(f"| {start}")]


def test_every_task_is_timed_without_r(without_r):
    _, report = without_r
    assert "no R" in report and "rms" not in report and "coxph" not in report
    for task in ("n = 95, 11 covariates", "n = 300", "Cox, n = 2,000", "Kaplan–Meier, n = 2,000"):
        assert all(float(row[1]) > 0 for row in rows_of(report, task)) and rows_of(report, task), task


def test_peer_is_divided_by_this_package(without_r):
    compared = [row for row in rows_of(without_r[1], "") if "lifelines" in row[2]]
    assert len(compared) == 6
    for row in compared:
        assert float(row[4]) == pytest.approx(float(row[3]) / float(row[1]), rel=0.02)


def test_lifelines_gives_the_same_c(without_r):
    """But for a pair of patients whose order depends on lifelines' early stop."""
    looped = [row for row in rows_of(without_r[1], "n = 95") if "loop" in row[2]]
    assert len(looped) == 2
    for row in looped:
        assert float(row[-1].split("C-index ")[1].strip(" |")) < 1e-3


def test_growth_is_drawn(without_r):
    folder, report = without_r
    assert (folder / "growth.svg").read_text("utf-8").count("<svg") == 1
    assert "peak memory" in report and rows_of(report, "300")
