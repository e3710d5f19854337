from __future__ import annotations

from pathlib import Path

import pandas as pd

from living_article.cli import main
from living_article.records import Results, write_results
from living_article.run.compare import compare_results


def test_from_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(Path(__file__).parents[2])
    for name, value in (("a", 0.5), ("b", 1.5)):
        results = Results("cox")
        results.add("hr", endpoint="os", value=value, low=0.3, high=2.0, p=0.02, unit="hazard ratio")
        results.add("patients", value=95, unit="patients")
        write_results(tmp_path / f"{name}.json", results, study="s", parameters={"alpha": 0.05})
    sides = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    assert main(["compare", *sides, "--out", str(tmp_path / "out")]) == 0
    shown = capsys.readouterr().out
    assert "cox hr (os)" in shown and "+1.000" in shown and "cox patients" not in shown
    assert pd.read_csv(tmp_path / "out" / "compare.csv")["verdict"].tolist() == ["changes side", "same"]
    assert "<svg" in (tmp_path / "out" / "index.html").read_text()
    assert main(["compare", *sides, "--all", "--out", str(tmp_path / "out")]) == 0
    assert "cox patients" in capsys.readouterr().out
    assert main(["compare", sides[0], str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert main(["compare", "published", "published", "--out", str(tmp_path / "out")]) == 0


def test_a_side_on_a_part_of_the_patients_is_marked_exploratory(tmp_path):
    for name, patients in (("a", "Real patients"), ("b", "Real patients; exploratory: Age at least 60 years")):
        results = Results("cox")
        results.add("hr", endpoint="os", value=0.5, unit="hazard ratio")
        write_results(tmp_path / f"{name}.json", results, study="s", parameters={}, patients=patients)
    study = Path(__file__).parents[2] / "data" / "study.yml"
    shown, (table, page) = compare_results(*(str(tmp_path / f"{n}.json") for n in "ab"), study, tmp_path / "out")
    for text in (shown, table.read_text(), page.read_text()):
        assert "exploratory: Age at least 60 years" in text
