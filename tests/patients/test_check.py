"""The whole check: the shipped study is clean, a spoilt one gets a line for each fault."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living_article.patients import steps
from living_article.patients.check import check

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("study.yml", "design.yml", "fidelity.csv", "cohort.csv", "external.csv"):
        shutil.copyfile(DATA / name, tmp_path / name)
    for name in ("published", "reporting"):
        (tmp_path / name).mkdir()
    return tmp_path


def lines(folder) -> list[str]:
    return [str(problem) for problem in check(folder / "study.yml")]


def change(folder, edit, name="cohort.csv") -> None:
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    edit(table)
    table.to_csv(folder / name, index=False)


def test_the_shipped_study_is_clean():
    assert check(DATA / "study.yml") == []


def test_every_fault_has_its_line_and_a_cell_is_not_told_twice(folder):
    def spoil(table):
        table.loc[0, "sex"] = " male"
        table.loc[1, "sex"] = "<i>male</i>"
        table.loc[2, "os_months"] = "-3"
        table.loc[3, "patient_id"] = "P001"
        table.loc[4, "enrolled_on"] = "2019-01-01"
        table["radiotherapy"] = "no"
        table["remark"] = ["@x"] + [""] * (len(table) - 1)

    change(folder, spoil)
    found = lines(folder)
    for row, column, problem in [
        (1, "sex", "stray space"),
        (2, "sex", "unknown level, text that looks like HTML"),
        (3, "os_months", "out of range"),
        (4, "patient_id", "occurs twice"),
        (5, "enrolled_on", "outside the accrual window"),
        (1, "remark", "formula"),
    ]:
        assert sum(f"row {row}, column {column}" in line and problem in line for line in found) == 1, problem
    assert any("column radiotherapy, value 'no': constant" in line for line in found)
    assert all("cohort.csv" in line and "\n" not in line and ";" in line for line in found)
    assert not any("P00" in line for line in found)


def test_the_external_table_is_checked_too(folder):
    change(folder, lambda table: table.__setitem__("os_event", "5"), "external.csv")
    found = lines(folder)
    assert found
    assert all("external.csv" in line for line in found)


def test_a_missing_column_does_not_hide_the_rest(folder):
    change(folder, lambda table: (table.drop(columns="ldh", inplace=True), table.__setitem__("sex", "x")))
    found = lines(folder)
    assert "column ldh: missing column" in found[0]
    assert sum("column sex, value 'x'" in line for line in found) == 5


def test_many_alike_are_counted_and_one_cell_is_told_once(folder):
    def spoil(table):
        table["sex"] = "<i>x</i>"
        table.loc[7:, "age"] = "old"
        table.loc[8:, "os_months"] = "1,5"

    change(folder, spoil)
    found = lines(folder)
    assert sum("column sex, value" in line and "HTML" in line for line in found) == 5
    assert any("column sex: unknown level, text that looks like HTML: and 90 more like this" in line for line in found)
    assert any("column age: not a number: and 83 more like this; the last is row 95" in line for line in found)
    cells = [line.split(", value")[0] for line in found if "row " in line and "value" in line]
    assert len(cells) == len(set(cells))
    assert len(found) < 40


def test_only_a_long_check_shows_its_steps(folder, monkeypatch, capsys):
    assert check(folder / "study.yml", sys.stderr) == []
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(steps, "LONG", 1000)
    assert check(folder / "study.yml", sys.stderr) == []
    shown = capsys.readouterr().err.splitlines()
    assert shown[0] == "[0/8] cohort.csv: reading …"
    assert shown[-1].startswith("[8/8] external.csv: support")


def test_missing_files_that_the_study_names(folder):
    (folder / "design.yml").unlink()
    (folder / "reporting").rmdir()
    assert [line.removeprefix(f"{folder}/") for line in lines(folder)] == [
        "design.yml: no such file or folder; correct 'design' in the study file, or remove it",
        "reporting: no such file or folder; correct 'article.reporting' in the study file, or remove it",
    ]


def test_a_missing_table(folder):
    (folder / "cohort.csv").unlink()
    assert ["no such patient table" in line for line in lines(folder)] == [True]


def test_all_faults_of_the_study_file_are_told(folder):
    raw = yaml.safe_load((folder / "study.yml").read_text())
    raw["endpoints"]["os"]["unit"] = "moons"
    raw["covariates"]["age"]["kind"] = "number"
    (folder / "study.yml").write_text(yaml.safe_dump(raw))
    found = lines(folder)
    assert len(found) == 2
    assert "endpoints.os.unit" in " ".join(found) and "covariates.age.kind" in " ".join(found)


def test_a_study_file_in_another_encoding_or_absent(folder):
    (folder / "study.yml").write_bytes(b"title: \xe4")
    assert "not readable as YAML" in lines(folder)[0]
    (folder / "study.yml").unlink()
    assert "no such study file" in lines(folder)[0]


NASTY = [
    "",
    " ",
    "NA",
    "1e999",
    "-1",
    "12,5",
    "=1",
    "<b>",
    "\x00",
    "é",
    "1.0",
    "99999999999999999999",
    "2020-02-30",
    "yes",
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spoilt_cells_and_columns_never_end_in_a_traceback(folder, data):
    table = pd.read_csv(DATA / "cohort.csv", dtype=str, keep_default_na=False)
    for _ in range(data.draw(st.integers(1, 6))):
        column = data.draw(st.sampled_from(sorted(table.columns)))
        value = data.draw(st.sampled_from(NASTY) | st.text(max_size=8))
        row = data.draw(st.integers(0, 94) | st.none())
        table.loc[slice(None) if row is None else row, column] = value
    table = table.drop(columns=data.draw(st.lists(st.sampled_from(sorted(table.columns)), max_size=2)))
    content = table.to_csv(index=False).encode("utf-8", "surrogatepass")
    (folder / "cohort.csv").write_bytes(
        content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content
    )
    assert all(len(line.splitlines()) == 1 for line in map(str, check(folder / "study.yml")))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80))
def test_any_bytes_as_a_table_are_told_in_lines(folder, content):
    (folder / "cohort.csv").write_bytes(content)
    found = check(folder / "study.yml")
    assert found
    assert all(len(str(problem).splitlines()) == 1 for problem in found)


PIECES = st.sampled_from(
    [b"", b",", b";", b'"', b"\n", b"\r", b"\0", b" ", b"-1", b"=1+1", b"1,5", b"1e400", b"<b>", b"\xe4", b"\xff\xfe", b"\xef\xbb\xbf",
     "\u0663".encode(), b"*a", b"&a ", b": ", b"- ", b"[", b"{", b"\t", b"2024-13-41", b".inf", b"~", b"!!set ", b"#"]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["study.yml", "cohort.csv"]), edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), max_size=3), cut=st.floats(0.02, 1))  # fmt: skip
def test_any_spoilt_file_is_told_in_single_lines(folder, name, edits, cut):
    content = (DATA / name).read_bytes()
    for place, length, piece in edits:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    (folder / name).write_bytes(content[: int(cut * len(content))] if cut < 0.5 else content)
    for other in {"study.yml", "cohort.csv"} - {name}:
        shutil.copyfile(DATA / other, folder / other)
    for line in lines(folder):
        assert len(line.splitlines()) == 1
        line.encode("utf-8")
