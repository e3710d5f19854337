from __future__ import annotations

import importlib.util
import io

import pandas as pd
import pytest

from living_article.run.progress import Progress
from living_article.sweep.collect import collect, compared, write_table
from living_article.sweep.grid import read_grid
from living_article.sweep.runner import result, run_all


def rows(*records):
    columns = ("run", "name", "endpoint", "group", "term", "horizon", "value", "low")
    return pd.DataFrame([dict(zip(columns, record, strict=True)) for record in records])


TABLE = rows(
    (1, "n", None, None, None, None, 10, None),
    (1, "hr", "os", None, None, None, 0.5, 0.3),
    (1, "hr", "pfs", None, None, None, 0.6, 0.4),
    (1, "rmst", "os", None, None, 12.0, 3.0, 1.0),
    (2, "hr", "os", None, None, None, 0.7, 0.3),
    (2, "rmst", "os", None, None, 24.0, 5.0, 1.0),
)


def test_records_of_all_runs_with_their_parameters(project, write):
    runs = read_grid(write(parameters={"kind": ["a", "b"], "levels": [[1]]}), project).runs(project)
    run_all(project, runs, Progress(2, io.StringIO()))
    table = collect(project, runs)
    assert table["run"].tolist() == [1, 1, 2, 2]
    assert table["parameter.kind"].tolist() == ["a", "a", "b", "b"] and set(table["parameter.levels"]) == {"[1]"}
    assert table.query("name == 'ratio'")["value"].tolist() == pytest.approx([0.5, 0.7])
    result(project, runs[0]).unlink()
    assert set(collect(project, runs)["run"]) == {2}, "what is not finished is left out"


def test_the_record_asked_for():
    identity, found = compared(TABLE, {"name": "hr", "endpoint": "os"})
    assert identity == {"name": "hr", "endpoint": "os"} and found["value"].tolist() == [0.5, 0.7]


def test_a_field_not_asked_for_may_differ_between_runs():
    _, found = compared(TABLE, {"name": "rmst"})
    assert found["horizon"].tolist() == [12.0, 24.0]


def test_the_first_with_an_interval_by_default():
    identity, found = compared(TABLE, {})
    assert identity == {"name": "hr", "endpoint": "os"} and found["run"].tolist() == [1, 2]


def test_several_records_with_the_fields_are_told_apart_by_the_first():
    identity, found = compared(TABLE, {"name": "hr"})
    assert identity == {"name": "hr", "endpoint": "os"} and found["value"].tolist() == [0.5, 0.7]


def test_no_such_record():
    identity, found = compared(TABLE, {"name": "nothing"})
    assert identity == {} and found.empty


def test_tables_hold_the_same(tmp_path):
    written = write_table(TABLE, tmp_path / "out")
    back = pd.read_csv(written[0])
    assert back["value"].tolist() == TABLE["value"].tolist() and len(back) == 6
    assert len(written) == 1 + bool(importlib.util.find_spec("pyarrow"))
    if len(written) == 2:
        assert pd.read_parquet(written[1])["value"].tolist() == TABLE["value"].tolist()
