"""Choices of a sensitivity analysis: read from the study file, refused if wrong, derived if absent."""

from pathlib import Path

import pytest
import yaml

from living_article.errors import InputError
from living_article.study import load_study
from living_article.study.sensitivity import LOGARITHM, SCORE, choices

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture
def raw() -> dict:
    return yaml.safe_load(SHIPPED.read_text("utf-8"))


@pytest.fixture
def load(tmp_path, raw):
    def call(change=lambda content: None):
        change(raw)
        (tmp_path / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), "utf-8")
        return load_study(tmp_path / "study.yml")

    return call


def test_an_adjustment_without_terms_is_that_of_the_model(load):
    study = load()
    model, *_ = choices(study).adjustments
    assert model.terms == tuple(term for term in study.model.terms if term != "arm")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s["sensitivity"]["adjustments"]["none"]["terms"].append("weight"), "adjustments: 'weight' is not"),
        (lambda s: s["sensitivity"]["patients"][2].update(column="weight"), "patients: 'weight' is not"),
        (lambda s: s["sensitivity"]["codings"]["stage"]["options"][1]["replace"].update(t_high={"covariate": "t"}),
         "codings: 't' is not defined"),
        (lambda s: s["sensitivity"]["codings"]["stage"]["options"][1]["replace"].update(
            t_high={"covariate": "age", "as": "score"}), "'age' has no levels to score"),
        (lambda s: s["sensitivity"]["codings"]["lesions"]["options"][1]["replace"].update(
            lung_lesions={"covariate": "ldh", "as": "logarithm"}), "'ldh' has no logarithm"),
        (lambda s: s["dates"].pop("cutoff"), "'followed' needs dates.cutoff"),
        (lambda s: s["sensitivity"]["patients"][2].pop("column"), "'column' is a dependency"),
        (lambda s: s["sensitivity"].pop("adjustments"), "'adjustments' is a required property"),
    ],
)  # fmt: skip
def test_refused_with_the_place(load, change, message):
    with pytest.raises(InputError, match="sensitivity") as error:
        load(change)
    assert message in str(error.value)


def test_without_a_block_the_choices_follow_from_the_model(load):
    def change(content):
        del content["sensitivity"]
        content["model"]["terms"] = ["arm", "age", "sex", "t_stage", "ldh"]

    study = load(change)
    plan = choices(study)
    assert [a.terms for a in plan.adjustments] == [
        ("age", "sex", "t_stage", "ldh"), (), ("sex", "t_stage", "ldh"), ("age", "t_stage", "ldh"),
        ("age", "sex", "ldh"), ("age", "sex", "t_stage"),
    ]  # fmt: skip
    forms = {form for coding in plan.codings for option in coding.options for form in option.replace.values()}
    assert {(form.covariate, form.form) for form in forms} == {("age", LOGARITHM), ("t_stage", SCORE)}
    assert len(plan.patients) == 1


def test_without_block_and_model_there_is_nothing_to_vary(load):
    study = load(lambda content: [content.pop(name) for name in ("sensitivity", "model")])
    with pytest.raises(InputError, match="no model"):
        choices(study)
