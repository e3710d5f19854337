"""German nouns keep their capital inside English sentences if the study file says that its labels are German."""

from __future__ import annotations

from pathlib import Path

from living_article.display.words import lower_first
from living_article.study import load_study

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


def test_labels_of_another_language_keep_their_capitals(tmp_path):
    text = SHIPPED.read_text("utf-8").replace("label: Etoposide + ifosfamide", "label: Prüfarm")
    path = tmp_path / "study.yml"
    path.write_text(text, "utf-8")
    assert lower_first(load_study(path).arms.reference.label) == "prüfarm"
    path.write_text(f"language: de\n{text}", "utf-8")
    study = load_study(path)
    assert lower_first(study.arms.reference.label) == "Prüfarm"
    assert lower_first(study.covariates["sex"].levels["male"]) == "Male"
    assert lower_first(study.primary.label) == "overall survival"
    assert type(study.arms.column) is str
