"""A study of one's own from every kind of file."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from living_article.errors import InputError
from living_article.patients import steps
from living_article.patients.check import check
from living_article.patients.cohort import load_cohort
from living_article.study import load_study
from living_article.study.new import new_study


def patients(n=60) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "subject": [f"s{i}" for i in range(n)],
            "trt": rng.permutation([1.0, 2.0] * (n // 2)),
            "futime": rng.exponential(500, n).round(),
            "died": rng.choice([0.0, 1.0], n, p=[0.3, 0.7]),
            "sex": rng.choice([1.0, 2.0], n),
            "age": rng.integers(30, 80, n).astype(float),
        }
    )


LEVELS = {"trt": {1: "Placebo", 2: "Drug"}, "sex": {1: "Männlich", 2: "Weiblich"}, "died": {0: "No", 1: "Yes"}}


@pytest.mark.parametrize("ending", [".sav", ".dta", ".xlsx", ".parquet", ".csv"])
def test_the_same_study_from_every_kind_of_file(tmp_path, ending):
    path = tmp_path / f"data{ending}"
    if ending in (".sav", ".dta"):
        writer = pyreadstat.write_sav if ending == ".sav" else pyreadstat.write_dta
        writer(patients(), str(path), variable_value_labels=LEVELS)
    else:
        writers = {".xlsx": "to_excel", ".parquet": "to_parquet", ".csv": "to_csv"}
        getattr(patients(), writers[ending])(path, index=False)
    started = new_study(tmp_path / "own", path)
    assert check(started.study) == []
    study = load_study(started.study)
    cohort = load_cohort(study)
    assert len(cohort) == 60
    assert cohort.table["died"].sum() == patients()["died"].sum()
    text = started.study.read_text(encoding="utf-8")
    assert (started.guesses, started.questions) == (text.count("# guessed: "), text.count("# to decide: "))
    assert started.questions >= 2
    if ending in (".sav", ".dta"):
        assert study.covariates["sex"].levels == {"1": "Männlich", "2": "Weiblich"}
        assert study.arms.reference.label == "Placebo"


def test_a_labelled_file_may_also_be_the_table_of_a_study(tmp_path):
    path = tmp_path / "data.sav"
    pyreadstat.write_sav(patients(), str(path), variable_value_labels=LEVELS)
    started = new_study(tmp_path / "own", path)
    copied = load_cohort(load_study(started.study)).table
    text = started.study.read_text(encoding="utf-8").replace("table: cohort.csv", "table: ../data.sav")
    started.study.write_text(text, encoding="utf-8")
    pd.testing.assert_frame_equal(load_cohort(load_study(started.study)).table, copied)


def test_semicolons_decimal_commas_and_western_european_letters(tmp_path):
    table = patients().assign(age=[f"{a:.1f}".replace(".", ",") for a in patients()["age"]], land="Österreich")
    table.loc[::2, "land"] = "Türkei"
    (tmp_path / "a.csv").write_bytes(table.to_csv(index=False, sep=";").encode("cp1252"))
    started = new_study(tmp_path / "own", tmp_path / "a.csv")
    assert check(started.study) == []
    assert "age: decimal commas made points" in " ".join(started.remarks)
    assert load_study(started.study).covariates["land"].levels == {"Österreich": "Österreich", "Türkei": "Türkei"}


def test_rows_that_could_not_be_read_are_told(tmp_path):
    content = patients().to_csv(index=False).splitlines()
    content[3] += ",5"
    (tmp_path / "a.csv").write_text("\n".join(content))
    started = new_study(tmp_path / "own", tmp_path / "a.csv")
    assert "row 3: left out, 7 cells where the header has 6" in started.remarks
    assert len(load_cohort(load_study(started.study))) == 59


def test_progress_is_shown_for_a_large_table(tmp_path, capsys, monkeypatch):
    patients().to_csv(tmp_path / "a.csv", index=False)
    new_study(tmp_path / "small", tmp_path / "a.csv", sys.stderr)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(steps, "LONG", 100)
    new_study(tmp_path / "large", tmp_path / "a.csv", sys.stderr)
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.endswith("…")] == [
        "[0/3] a.csv: reading …", "[1/3] a.csv: drafting …", "[2/3] a.csv: writing …",
    ]  # fmt: skip
    assert lines[-1].startswith("[3/3] a.csv: writing")


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path):
    patients().to_csv(tmp_path / "a.csv", index=False)
    started = new_study(tmp_path / "own", tmp_path / "a.csv")
    before = started.study.read_bytes()
    with pytest.raises(InputError, match="exists already and is not overwritten"):
        new_study(tmp_path / "own", tmp_path / "a.csv")
    assert started.study.read_bytes() == before
    with pytest.raises(InputError, match="not a folder"):
        new_study(tmp_path / "a.csv", tmp_path / "a.csv")
    patients()[["subject", "trt"]].to_csv(tmp_path / "b.csv", index=False)
    with pytest.raises(InputError, match="no time column"):
        new_study(tmp_path / "other", tmp_path / "b.csv")
    assert not (tmp_path / "other").exists()
