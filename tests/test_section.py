"""A section loads its study, shows what it is given, and writes it down."""

import json
from pathlib import Path

import pandas as pd
import pytest

from living_article.display import emit
from living_article.errors import InputError
from living_article.section import RESULTS_FOLDER, open_section

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
