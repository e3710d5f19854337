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
    assert page.html["lang"] == "en" and page.h1.get_text() == "small: ratio"
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
    with pytest.raises(InputError, match=r"living-article\[snakemake\]"):
        sweep(project, write(**GRID), engine="snakemake")


@pytest.mark.parametrize("executor", ["local", "cluster-generic"])
def test_snakemake_runs_the_same(project, write, executor):
    pytest.importorskip("snakemake")
    options = []
    if executor == "cluster-generic":
        pytest.importorskip("snakemake_executor_plugin_cluster_generic")
        options = ["--executor", executor, "--cluster-generic-submit-cmd", "sh", "--jobs", "2", "--latency-wait", "20"]
    done = sweep(project, write(**GRID), engine="snakemake", options=options)
    assert done.failed == {}
    there = [result(project, run) for run in read_grid(write(**GRID), project).runs(project)]
    assert all(file.is_file() for file in there)
    before = [file.stat().st_mtime_ns for file in there]
    sweep(project, write(**GRID), engine="snakemake", options=options)
    assert [file.stat().st_mtime_ns for file in there] == before


def test_snakemake_tells_which_runs_failed(project, write):
    pytest.importorskip("snakemake")
    done = sweep(project, write(parameters={"shift": [-1.0, 0.1]}), engine="snakemake")
    assert list(done.failed) == [1]
