"""Nasty studies as a newcomer makes them: `check`, `build` and `run` say one thing, end with two, and touch nothing."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from living_article import cli
from living_article.errors import InputError
from living_article.patients.check import check
from living_article.patients.cohort import load_cohort
from living_article.study import load_study

STUDY = """\
schema: 1
id: nasty
title: Nasty
population: invented patients
provenance: {kind: patients, badge: Invented}
table: TABLE
patient: id
arms: {column: arm, reference: old, levels: {new: {label: New}, old: {label: Old}}}
endpoints:
  os: {label: Overall survival, short: OS, time: os_months, event: os_event, unit: months, event_label: death}
primary: os
horizons: [12]
covariates:
  age: {column: age, label: Age, kind: continuous, minimum: 18, maximum: 100}
  sex: {column: sex, label: Sex, kind: categorical, reference: f, levels: {m: Male, f: Female}}
baseline: [age, sex]
model: {endpoint: os, terms: [arm, age, sex]}
"""


def patients(n=80) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    frame = {
        "id": [f"PAT{i:03d}" for i in range(n)],
        "arm": ["new", "old"] * (n // 2),
        "os_months": rng.exponential(20, n).round(1) + 0.1,
        "os_event": rng.integers(0, 2, n),
        "age": rng.integers(30, 80, n),
        "sex": rng.choice(["m", "f"], n),
    }
    return pd.DataFrame(frame).astype(str)


def as_bytes(table: pd.DataFrame, ending: str) -> bytes:
    buffer = io.BytesIO()
    if ending == ".xlsx":
        table.to_excel(buffer, index=False)
    elif ending == ".parquet":
        table.to_parquet(buffer)
    else:
        buffer.write(table.to_csv(index=False).encode())
    return buffer.getvalue()


def cell(column: str, value: str):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[2, column] = value
        return table

    return edit


def write(folder: Path, content: bytes | None, name="cohort.csv", study: bytes | None = None) -> Path:
    (folder / "study.yml").write_bytes(STUDY.replace("TABLE", name).encode() if study is None else study)
    if content is not None:
        (folder / name).write_bytes(content)
    return folder / "study.yml"


def told_alike(path: Path) -> str:
    """Return the first line of the check, which is what stops an analysis too."""
    first = str(check(path)[0])
    with pytest.raises(InputError) as refusal:
        load_cohort(load_study(path))
    assert str(refusal.value) == first
    assert len(first.splitlines()) == 1 and str(path.parent) in first and "; " in first
    assert "PAT0" not in first
    return first


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (cell("arm", "newer"), "row 3, column arm, value 'newer': unknown level; use one of new, old"),
        (cell("arm", "PAT005"), "row 3, column arm: unknown level; use one of new, old"),
        (cell("os_months", "twelve"), "row 3, column os_months, value 'twelve': not a number; use digits"),
        (cell("os_months", "-1"), "row 3, column os_months, value '-1': out of range; time in months allows 0 to 1440"),
        (cell("os_months", "1e300"), "row 3, column os_months, value '1e300': out of range"),
        (cell("os_event", "2"), "row 3, column os_event, value '2': unknown level; use one of 0, 1"),
        (cell("id", "PAT000"), "row 3, column id: patient id occurs twice; row 1 has it too"),
        (cell("age", "<b>"), "row 3, column age, value '<b>': not a number, text that looks like HTML; use digits"),
        (lambda t: t.assign(arm="new"), "column arm, value 'old': empty arm; an arm needs patients"),
        (lambda t: t.assign(os_event="0"), "column os_event: no events; code an event as 1"),
        (lambda t: t.assign(os_months="3"), "column os_months: every patient has the same time"),
        (lambda t: t.drop(columns="age"), "column age: missing column; add it or correct the study file"),
        (
            lambda t: t.rename(columns={"age": "Age "}),
            "column age: missing column; the table calls it 'Age '; rename it",
        ),
        (lambda t: t.iloc[:0], "no patients; add at least one row per arm"),
        (lambda t: t.add_prefix("x"), "none of the 6 columns of the study file; let the first row hold"),
    ],
)
def test_bad_tables_of_every_kind(tmp_path, ending, edit, expected):
    path = write(tmp_path, as_bytes(edit(patients()), ending), f"cohort{ending}")
    assert expected in told_alike(path)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("cohort.csv", None, "cohort.csv: no such patient table; correct the path"),
        (".", None, "a folder, not a patient table; correct the path"),
        ("cohort.csv", b"", "the file is empty; write the column names in the first row"),
        ("cohort.csv", bytes(range(256)), "not a text file; save it as CSV UTF-8"),
        ("cohort.csv", b"Cohort of 2021\n" + as_bytes(patients(), ".csv"), "looks like a title, not like column names"),
        ("cohort.csv", as_bytes(patients(), ".csv").partition(b"\n")[2], "holds values, not column names; write a row"),
        ("a.csv", as_bytes(patients(), ".csv").replace(b"PAT003,old", "PAT003,ält".encode("latin1")), "value 'ält': not readable as UTF-8"),
        ("a.xlsx", b"PK\x03\x04 broken", "not readable as a .xlsx file: File is not a zip file; open it in the program"),
        ("a.sav", b"$FL2 broken", "not readable as a .sav file"),
        ("a.dta", b"<stata_dta>", "not readable as a .dta file"),
        ("a.parquet", b"PAR1 broken", "not readable as a .parquet file"),
        ("a.xls", b"x", ".xls files are not read; save it as CSV UTF-8 or .xlsx"),
    ],
)  # fmt: skip
def test_bad_files(tmp_path, name, content, expected):
    assert expected in told_alike(write(tmp_path, content, name))


@pytest.mark.parametrize(
    ("study", "expected"),
    [
        (b"", "not a study file; give the path of a study.yml"),
        (bytes(range(256)), "not readable as YAML"),
        (STUDY.replace("Nasty", "Nästy").encode("latin1"), "not readable as YAML: no UTF-8 text; save it as UTF-8"),
        (STUDY.replace("schema: 1", "schema: 2").encode(), "schema: 1 was expected; write 1, the version"),
        (
            STUDY.replace("minimum: 18", "minimum: 10:30:00").encode(),
            "not a decimal number; write text in quotes in line 14",
        ),
        (STUDY.replace("maximum: 100", "maximum: .nan").encode(), "not a finite decimal number in line 14"),
        (STUDY.replace("short: OS", "short: OS, within: os").encode(), "endpoints.os.within: os within os, a circle"),
        (
            STUDY.replace("old: {label: Old}", "1: {label: Old}").encode(),
            "the key 1 is read as int; write it in quotes",
        ),
        (STUDY.replace("label: Old", "label: New").encode(), "both arms are labelled 'New'"),
        (STUDY.replace("[arm, age, sex]", "[arm, weight]").encode(), "model.terms: 'weight' is not defined"),
    ],
)
def test_a_bad_study_file_stops_every_command_and_touches_nothing(tmp_path, capsys, study, expected):
    path = write(tmp_path, as_bytes(patients(), ".csv"), study=study)
    out = tmp_path / "out"
    out.mkdir()
    (out / ".living-article").touch()
    (out / "index.html").write_text("an earlier book")
    for command in (["check", str(path)], ["build", "--study", str(path), "--out", str(out)],
                    ["run", "survival", "--study", str(path), "--out", str(out)]):  # fmt: skip
        assert cli.main(command) == 2
        shown = capsys.readouterr()
        (line,) = (shown.out + shown.err).splitlines()
        assert expected in line
    assert sorted(p.name for p in out.iterdir()) == [".living-article", "index.html"]
    assert (out / "index.html").read_text() == "an earlier book"


def test_a_bad_table_stops_a_build_and_touches_nothing(tmp_path, capsys):
    path = write(tmp_path, as_bytes(cell("arm", "newer")(patients()), ".csv"))
    out = tmp_path / "out"
    assert cli.main(["build", "--study", str(path), "--out", str(out)]) == 2
    shown = capsys.readouterr().err.splitlines()
    assert "row 3, column arm, value 'newer': unknown level" in shown[-1]
    assert not any("Traceback" in line for line in shown)
    assert not out.exists()
