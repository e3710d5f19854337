"""A whole sweep, from the command line, and through Snakemake where that is installed."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from living_article.cli import main
from living_article.errors import InputError
from living_article.sweep import sweep as module
from living_article.sweep.grid import read_grid
from living_article.sweep.runner import result
from living_article.sweep.sweep import sweep

GRID = {"parameters": {"kind": ["a", "b"], "shift": [0.0, 0.1]}, "show": {"name": "ratio"}}


def test_tables_and_page(project, write, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    assert main(["sweep", str(write(**GRID)), "--out", str(tmp_path / "out")]) == 0
    assert "index.html" in capsys.readouterr().out
    assert len(pd.read_csv(tmp_path / "out" / "results.csv")) == 8
    page = BeautifulSoup((tmp_path / "out" / "index.html").read_text(), "html.parser")
    assert page.html["lang"] == "en" and page.h1.get_text() == "Ratio (small)"
    assert "ranges from 0.500 to 0.800 (median 0.650)" in page.svg["aria-label"]
    assert not page.select("script, link, img"), "the page needs nothing else"
    *_, runs = page.select("table")
    assert [cell.get_text() for cell in runs.select("tbody tr")[3].select("td")][:3] == ["b", "0.1", "0.800"]


def test_a_bad_grid_and_a_failed_run_on_the_command_line(project, write, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    assert main(["sweep", str(write(parameters={"shift": ["x"]}))]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["sweep", str(write(parameters={"shift": [-1.0, 0.1]}))]) == 1
    assert "run #1 failed" in capsys.readouterr().err
    page = (project.build / "sweeps" / "grid" / "index.html").read_text()
    assert "Runs that failed" in page and "a negative shift" in page


def test_without_snakemake_it_says_what_to_install(project, write, monkeypatch):
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install -e .\.\[snakemake\]"):
        sweep(project, write(**GRID), engine="snakemake")


def test_an_executor_that_is_not_installed_is_named_with_its_package(project, write):
    pytest.importorskip("snakemake")
    for options in (["--executor", "pigeon"], ["--executor=pigeon"], ["-e", "pigeon"]):
        with pytest.raises(InputError, match="pip install snakemake-executor-plugin-pigeon"):
            sweep(project, write(**GRID), engine="snakemake", options=options)


@pytest.fixture
def cluster(tmp_path) -> list[str]:
    """The options of an executor for clusters whose submit command starts the job here, in the background."""
    pytest.importorskip("snakemake_executor_plugin_cluster_generic")
    submit = tmp_path / "submit"
    submit.write_text(f'#!/bin/sh\necho job >> {tmp_path}/submitted\nsh "$1" > /dev/null 2>&1 &\necho $!\n')
    submit.chmod(0o755)
    waits = ["--latency-wait", "30", "--seconds-between-status-checks", "1"]
    return ["--executor", "cluster-generic", "--cluster-generic-submit-cmd", str(submit), *waits]


def ran(project, grid, options) -> list[int]:
    """Let Snakemake run the grid and return when each of its runs was written."""
    assert sweep(project, grid, engine="snakemake", options=options).failed == {}
    return [result(project, run).stat().st_mtime_ns for run in read_grid(grid, project).runs(project)]


def test_snakemake_runs_each_run_once_also_after_it_was_killed(project, write):
    pytest.importorskip("snakemake")
    before = ran(project, write(**GRID), [])
    assert len(before) == 4
    first, *_ = read_grid(write(**GRID), project).runs(project)
    result(project, first).unlink()
    lock = project.build / "sweeps" / ".snakemake" / "locks" / "0.output.lock"  # a killed Snakemake leaves it
    lock.write_text(f"{result(project, first)}\n")
    assert ran(project, write(**GRID), [])[1:] == before[1:]


def test_snakemake_submits_runs_to_a_cluster(project, write, cluster, tmp_path):
    grid = write(parameters={"shift": [0.0, 0.1]})
    assert len(ran(project, grid, cluster)) == 2
    assert (tmp_path / "submitted").read_text().count("job") == 2
    assert len(pd.read_csv(project.build / "sweeps" / "grid" / "results.csv")) == 4


def test_snakemake_tells_which_runs_failed(project, write):
    pytest.importorskip("snakemake")
    done = sweep(project, write(parameters={"shift": [-1.0, 0.1]}), engine="snakemake")
    assert list(done.failed) == [1]
