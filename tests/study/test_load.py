"""The study file: what it gives, and what it refuses in one clear message."""

from pathlib import Path

import pytest
import yaml

from living_article.errors import InputError
from living_article.study import load_study
from living_article.study.load import study_problems

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture
def raw() -> dict:
    return yaml.safe_load(SHIPPED.read_text("utf-8"))


def write(folder: Path, content: dict) -> Path:
    path = folder / "study.yml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    return path


def test_shipped_study_loads():
    study = load_study(SHIPPED)
    assert [arm.id for arm in study.arms] == ["observation", "control"]
    assert study.arms.reference.id == "control"
    assert study.table == SHIPPED.parent / "cohort.csv"
    assert study.term("arm").levels["control"] == study.arms.reference.label
    assert study.covariates["t_high"].derive.source == "t_stage"


def test_found_from_a_subfolder(monkeypatch):
    monkeypatch.chdir(SHIPPED.parents[1] / "notebooks")
    assert load_study("data/study.yml").id == load_study(SHIPPED).id


def test_missing_file_says_so(tmp_path):
    with pytest.raises(InputError, match=r"no such study file; give the path"):
        load_study(tmp_path / "nothing.yml")


def test_a_patient_table_named_by_mistake_is_not_quoted(tmp_path, raw):
    path = tmp_path / "cohort.csv"
    path.write_text("id,age\nP01,34\nP02,51\n", "utf-8")
    (fault,) = study_problems(path)
    assert str(fault) == (
        f"{path}: not a study file; give the path of a study.yml; `article new` drafts one from a patient table"
    )
    raw["arms"]["column"] = [f"P{n:02d} 34" for n in range(30)]
    with pytest.raises(InputError, match="arms.column: what stands here is not of type 'string'"):
        load_study(write(tmp_path, raw))


def test_not_yaml(tmp_path):
    path = tmp_path / "study.yml"
    path.write_text("a: [1, 2", "utf-8")
    with pytest.raises(InputError, match="not readable as YAML"):
        load_study(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.pop("arms"), "'arms' is a required property"),
        (lambda s: s["arms"]["levels"].pop("control"), "arms.levels"),
        (lambda s: s["arms"].update(reference="placebo"), "arms.reference: 'placebo' is not defined"),
        (lambda s: s.update(primary="dfs"), "primary: 'dfs' is not defined"),
        (lambda s: s["model"]["terms"].append("weight"), "model.terms: 'weight' is not defined"),
        (lambda s: s["endpoints"]["pfs"].update(within="dfs"), "within: 'dfs'"),
        (lambda s: s["covariates"]["sex"].update(reference="other"), "covariates.sex.reference"),
        (lambda s: s["covariates"]["sex"].pop("reference"), "'reference' is a required property"),
        (lambda s: s["covariates"]["age"].update(kind="number"), "covariates.age.kind"),
        (lambda s: s["response"].update(objective=["XX"]), "response: 'XX' is not defined"),
        (lambda s: s.update(colour="red"), "colour"),
        (lambda s: s["endpoints"]["os"].update(unit="moons"), "endpoints.os.unit"),
        (lambda s: s["covariates"]["t_high"]["derive"]["map"].update(T4="top"), "covariates.t_high.derive: 'top'"),
        (lambda s: s["covariates"]["t_high"]["derive"]["map"].pop("T4"), "covariates.t_high.derive.map: 'T4'"),
        (lambda s: s["covariates"]["ldh_high"]["derive"].update(then="up"), "covariates.ldh_high.derive: 'up'"),
        (lambda s: s["eligibility"][0].update(column="sex"), "eligibility.adult: 'sex' holds no numbers"),
        (
            lambda s: s["covariates"]["sex"]["levels"].update({0: "None"}),
            "the key 0 is read as int; write it in quotes",
        ),
    ],
)
def test_refusals_name_file_and_place(tmp_path, raw, change, message):
    change(raw)
    path = write(tmp_path, raw)
    with pytest.raises(InputError) as refusal:
        load_study(path)
    assert message in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_all_faults_are_listed_and_none_in_the_shipped_file(tmp_path, raw):
    assert list(study_problems(SHIPPED)) == []
    raw["baseline"].append("weight")
    raw["model"]["terms"].append("height")
    found = [str(problem) for problem in study_problems(write(tmp_path, raw))]
    assert len(found) == 2
    assert "baseline: 'weight' is not defined" in found[0]
    assert "model.terms: 'height' is not defined" in found[1]
