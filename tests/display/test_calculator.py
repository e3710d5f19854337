"""The form of the calculator: labelled, limited to the data, hidden without a script, safe to show any label."""

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from living_article.analysis.prediction_model import prediction_model
from living_article.display.calculator import DATA, calculator, page_data
from tests.display.cox_records import COVARIATES, DEATH, SITE
from tests.display.nomogram_records import EXAMPLE, example_study, fitted


@pytest.fixture(scope="module")
def model():
    return prediction_model(fitted(), DEATH.id, [12, 99], EXAMPLE, conf_level=0.9)


@pytest.fixture(scope="module")
def parts(model):
    return calculator(model, example_study(), "p {}", ["const a = 1;", "const b = 2;"])


@pytest.fixture(scope="module")
def page(parts):
    return BeautifulSoup(parts["form"], "html.parser")


def test_every_term_has_a_labelled_control_with_the_values_of_the_data(page, model):
    rows = page.select("fieldset [data-term]")
    assert [row["data-term"] for row in rows] == ["arm", "age", "site"]
    for row, covariate in zip(rows, COVARIATES, strict=True):
        control = row.find(["input", "select"])
        assert row.label["for"] == control["id"] and row.label.get_text().startswith(covariate.label)
        described = control["aria-describedby"].split()
        assert [tag["id"] for tag in row.select("span[id], p[id]")] == described
    age, site = rows[1].input, rows[2].select_one("select")
    assert (float(age["min"]), float(age["max"])) == (model["terms"][1]["low"], model["terms"][1]["high"])
    assert [option["value"] for option in site("option")] == ["", "a", "b", "c"]
    assert rows[1].label.small.get_text() == "20 to 60 years"


def test_ids_are_unique(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_it_says_what_a_prediction_is_for_and_what_to_do_without_a_script(page, parts):
    assert page.form.has_attr("hidden")
    assert "needs JavaScript" in page.noscript.get_text()
    said = page.select_one("form .calculator-caution").get_text()
    assert said == "Simulated patients. Predictions are for research use only: they rest on simulated data, " + (
        "not on observed patients."
    )
    assert parts["caution"] in said
    assert (parts["endpoint"], parts["level"], parts["coarse"]) == ("overall survival", "90%", False)


def test_results_are_announced_politely_and_horizons_are_those_of_the_model(page):
    assert [o["aria-live"] for o in page("output")] == ["polite", "polite"]
    names = [row.select_one(".calculator-name").get_text() for row in page.select(".calculator-results > div")]
    assert names == ["Total points sum of the points", "12-month survival OS, %", "99-month survival OS, %"]
    assert "dots with bars mark 12 months" in page.figcaption.get_text(), "99 months are beyond follow-up"


def test_numbers_stand_in_the_page_without_loss(page, model):
    found = json.loads(page.select_one(f"#{DATA}").get_text())
    assert found == json.loads(json.dumps(page_data(model, example_study())))
    assert {key: found[key] for key in ("coef", "centre", "baseline")} == json.loads(
        json.dumps({key: model[key] for key in ("coef", "centre", "baseline")})
    )
    assert found["terms"][2]["labels"] == ["Arm", "Leg", "Hip"] and found["total_ticks"][0] == 0


def test_scripts_follow_the_form_in_their_order(parts):
    text = parts["form"]
    places = [text.index(part) for part in ("<style>", "<form", f'id="{DATA}"', "const a", "const b")]
    assert places == sorted(places)


def test_a_label_cannot_break_out_of_the_page(model):
    nasty = replace(SITE, label="</script><b>x", levels={"a": "<i>", "b": '"', "c": "&"})
    text = calculator(model, example_study([*COVARIATES[:2], nasty]), "", [])["form"]
    page = BeautifulSoup(text, "html.parser")
    assert not page("b") and not page("i") and text.count("</script>") == 1
    found = json.loads(page.select_one(f"#{DATA}").get_text())
    assert found["terms"][2]["label"] == nasty.label and found["terms"][2]["labels"] == ["<i>", '"', "&"]
