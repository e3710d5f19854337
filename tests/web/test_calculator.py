"""The model that a section kept becomes the calculator of the book, with the scripts of the project."""

import json
from pathlib import Path

import pytest

from living_article.analysis.prediction_model import prediction_model
from living_article.run.project import Project
from living_article.statistics import cox, nomogram
from living_article.statistics.design import Term, design
from living_article.study import load_study
from living_article.web.calculator import SCRIPTS, STYLES, calculator_page
from tests.display.nomogram_records import patients

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A model of one of this study's covariates, fitted to other patients."""
    study, table = load_study(ROOT / "data" / "study.yml"), patients()
    name = next(c.id for c in study.covariates.values() if c.kind == "continuous")
    whole = design(table.rename(columns={"age": name}), [Term(name, "continuous")])
    drawn = nomogram.nomogram(cox.fit(whole.matrix, table["time"], table["event"]), whole)
    path = tmp_path_factory.mktemp("model") / "nomogram.model.json"
    path.write_text(json.dumps(prediction_model(drawn, study.primary.id, study.horizons, {name: 30})))
    return path


def test_every_script_and_the_model_are_in_the_page_and_the_model_can_be_downloaded(model, tmp_path):
    found = calculator_page(Project(ROOT), model, tmp_path)["calculator"]
    source = ROOT / "book" / "calculator"
    assert {path.name for path in source.iterdir()} == {STYLES, *SCRIPTS}
    for name in (STYLES, *SCRIPTS):
        assert (source / name).read_text() in found["form"]
    download = json.loads((tmp_path / "book" / "calculator.json").read_text())
    assert download["coef"] == json.loads(model.read_text())["coef"]
    assert download["label"] == load_study(ROOT / "data" / "study.yml").primary.label


def test_the_scripts_ask_for_nothing_from_elsewhere_and_insert_no_markup():
    for name in SCRIPTS:
        text = (ROOT / "book" / "calculator" / name).read_text()
        assert "import " not in text and "fetch(" not in text and "innerHTML" not in text
        assert text.replace("http://www.w3.org/2000/svg", "").count("://") == 0
