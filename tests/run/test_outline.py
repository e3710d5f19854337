from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.run.outline import contents, sections
from living_article.study import load_study

KNOWN = [
    "methods",
    "baseline",
    "survival",
    "response",
    "toxicity",
    "cox",
    "nomogram",
    "validation",
    "sensitivity",
    "more",
]


@pytest.fixture(scope="module")
def study():
    return load_study(Path(__file__).parents[2] / "data" / "study.yml")


def test_a_study_with_everything_has_every_section(study):
    assert sections(KNOWN, study) == KNOWN


@pytest.mark.parametrize(
    ("lacking", "gone"),
    [
        ({"response": None, "lesions": {}}, {"response"}),
        ({"response": None}, set()),
        ({"toxicity": ()}, {"toxicity"}),
        ({"model": None}, {"nomogram", "validation"}),
        ({"model": None, "sensitivity": None}, {"nomogram", "validation", "sensitivity"}),
        ({"external": None}, set()),
    ],
)
def test_a_section_without_data_is_left_out(study, lacking, gone):
    assert set(KNOWN) - set(sections(KNOWN, replace(study, **lacking))) == gone


def test_contents_are_sections_dictionary_status_and_references(study):
    pages = [chapter["file"] for chapter in contents(["survival", "toxicity"], replace(study, toxicity=()))["chapters"]]
    assert pages == ["notebooks/survival", "book/dictionary", "book/status", "book/references"]


def test_the_calculator_follows_the_nomogram(study):
    pages = [chapter["file"] for chapter in contents(["nomogram", "validation"], study)["chapters"]]
    assert pages[:3] == ["notebooks/nomogram", "book/calculator", "notebooks/validation"]
    without = contents(["nomogram"], replace(study, model=None))["chapters"]
    assert [chapter["file"] for chapter in without] == ["book/dictionary", "book/status", "book/references"]
