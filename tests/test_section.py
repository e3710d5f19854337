"""A section loads its study, shows what it is given, and writes it down."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml

from living_article.display import emit
from living_article.errors import InputError
from living_article.records import Results, write_results
from living_article.section import RESULTS_FOLDER, WHOLE, open_section

STUDY = str(Path(__file__).parents[1] / "data" / "study.yml")


@pytest.fixture
def section(monkeypatch, tmp_path):
    monkeypatch.setattr(emit, "display", lambda *args, **kwargs: None)
    monkeypatch.setenv(RESULTS_FOLDER, str(tmp_path))
    return open_section("survival", STUDY)


def test_endpoints_in_the_order_of_the_study(section):
    assert [e.id for e in section.endpoints([])] == list(section.study.endpoints)
    assert [e.id for e in section.endpoints(["os"])] == ["os"]
    with pytest.raises(InputError, match="unknown endpoint; use one of pfs, os"):
        section.endpoints(["dfs"])


def test_covariates_as_asked_or_the_baseline(section):
    assert [c.id for c in section.covariates([])] == list(section.study.baseline)
    assert [c.id for c in section.covariates(["sex", "age", "sex"])] == ["sex", "age"]
    with pytest.raises(InputError, match="unknown covariate"):
        section.covariates(["shoe_size"])


def test_saves_records_sentences_and_displays(section, tmp_path):
    section.results.add("median", endpoint="os", value=3, unit="months")
    section.say(finding="Three months.")
    section.table(pd.DataFrame({"n": ["3"]}, index=["a"]), "table-s1", "A table.")
    section.save(study=STUDY, alpha=0.05)
    written = json.loads((tmp_path / "survival.json").read_text())
    assert written["sentences"] == {"finding": "Three months."}
    assert written["displays"] == [{"name": "table-s1", "kind": "table", "caption": "A table."}]
    assert written["patients"] == section.cohort.provenance.badge
    assert written["parameters"]["alpha"] == 0.05 and len(written["records"]) == 1


def test_what_is_said_of_a_part_is_marked(monkeypatch, tmp_path):
    shown = []
    monkeypatch.setattr(emit, "display", lambda data, **kwargs: shown.append(data["text/markdown"]))
    monkeypatch.setenv(RESULTS_FOLDER, str(tmp_path))
    part = open_section("survival", STUDY, ["age >= 30"])
    part.say(first="One.", second="Two.")
    part.warn("Few.")
    mark = "*Exploratory, Age at least 30 years:* "
    assert shown[0] == f"{mark}One. Two." and f"{mark}Few." in shown[1]
    assert part.sentences == {"first": f"{mark}One.", "second": f"{mark}Two."}


def test_keeps_a_model_beside_the_records_without_loss(section, tmp_path):
    section.keep({"coef": [0.1 + 0.2, 1e-17]})
    assert json.loads((tmp_path / "survival.model.json").read_text()) == {"coef": [0.1 + 0.2, 1e-17]}
    with pytest.raises(ValueError, match="not JSON compliant"):
        section.keep({"coef": [float("nan")]})


def test_design_is_filled_and_external_is_found(section):
    assert section.design().parts
    assert len(section.external()) > 0
    assert section.published() is not None


def test_a_notebook_opened_from_its_own_folder_finds_the_study(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[1] / "notebooks")
    assert open_section("survival", "data/study.yml").study.file.is_file()


def test_a_part_of_real_patients_needs_the_results_on_all_of_them(tmp_path, monkeypatch):
    raw = yaml.safe_load(Path(STUDY).read_text("utf-8"))
    raw["provenance"]["kind"] = "patients"
    raw = {key: value for key, value in raw.items() if key not in ("article", "design", "external")}
    (tmp_path / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), "utf-8")
    (tmp_path / "cohort.csv").write_bytes((Path(STUDY).parent / "cohort.csv").read_bytes())
    monkeypatch.delenv(WHOLE, raising=False)
    with pytest.raises(InputError, match="article run"):
        open_section("toxicity", str(tmp_path / "study.yml"), ["age <= 32"])
    all_patients = Results("toxicity")
    all_patients.add("count", group="control", term="nausea", value=20, unit="count")
    write_results(tmp_path / "whole.json", all_patients, study="s", parameters={})
    monkeypatch.setenv(WHOLE, str(tmp_path / "whole.json"))
    part = open_section("toxicity", str(tmp_path / "study.yml"), ["age <= 32"])
    part.results.add("count", group="control", term="nausea", value=17, unit="count")
    assert part.results.one("count").value is None, "three of those left out"


def test_nothing_printed_stands_beside_a_part_of_the_patients(section):
    part = open_section("survival", STUDY, ["age >= 30"])
    assert section.published() is not None and part.published() is None
