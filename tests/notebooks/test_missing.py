"""A cohort with missing covariates: complete cases say how many are left out on every result; imputation keeps all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from living_article.run.execute import execute

ROOT = Path(__file__).parents[2]
GAPS = {"ldh": 9, "radiotherapy": 6, "t_stage": 4}


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gaps")
    raw = yaml.safe_load((ROOT / "data" / "study.yml").read_text(encoding="utf-8"))
    for name in ("article", "design", "external"):
        raw.pop(name)
    (folder / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), encoding="utf-8")
    table = pd.read_csv(ROOT / "data" / "cohort.csv", dtype=str, keep_default_na=False)
    random = np.random.default_rng(8)
    for column, number in GAPS.items():
        table.loc[random.choice(len(table), number, replace=False), column] = ""
    table.to_csv(folder / "cohort.csv", index=False)
    return folder / "study.yml"


@pytest.fixture(scope="module")
def run(study, tmp_path_factory):
    def call(section: str, **parameters):
        folder = tmp_path_factory.mktemp("results")
        given = {"study": str(study)} | parameters
        node = execute(ROOT / "notebooks" / f"{section}.py", given, root=ROOT, results=folder, article=False, warm=True)
        shown = [o["metadata"]["living_article"] | o.data for c in node.cells for o in c.get("outputs", [])
                 if "living_article" in o.get("metadata", {})]  # fmt: skip
        return json.loads((folder / f"{section}.json").read_text(encoding="utf-8")), shown

    yield call
    shutil.rmtree(study.parent)


def records(content: dict, name: str) -> dict:
    return {record.get("term"): record for record in content["records"] if record["name"] == name}


@pytest.mark.parametrize("section", ["cox", "nomogram", "validation"])
def test_every_result_states_how_many_are_left_out(run, section):
    content, shown = run(section, **({"resamples": 20} if section == "validation" else {}))
    dropped = records(content, "left_out")[None]["value"]
    assert 9 <= dropped <= sum(GAPS.values())
    assert len(shown) >= 3
    for display in shown:
        said = display["caption"] + display.get("text/markdown", "")
        assert f"{dropped:.0f} patients with a missing covariate are left out" in said, display["name"]


def test_imputed_models_are_pooled_over_every_patient(run):
    complete, _ = run("cox")
    pooled, shown = run("cox", missing="impute", imputations=5)
    again, _ = run("cox", missing="impute", imputations=5)
    other, _ = run("cox", missing="impute", imputations=5, seed=3)
    before, after = (records(content, "hr_multivariable") for content in (complete, pooled))
    assert set(before) == set(after)
    for term in before:
        assert np.log(before[term]["value"] / after[term]["value"]) == pytest.approx(0, abs=0.6)
        assert before[term]["value"] != after[term]["value"]
    assert "5 imputations pooled by Rubin's rules" in after["arm"]["method"]
    assert all("5 imputations of the missing covariates" in d["caption"] + d.get("text/markdown", "") for d in shown)
    assert again["records"] == pooled["records"] and other["records"] != pooled["records"]
