"""The form of the study file: one line for each fault, with a remedy that fits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from living_article.plain_yaml import read_yaml_file
from living_article.study.form import form_problems

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture
def raw() -> dict:
    return read_yaml_file(SHIPPED)


def test_the_shipped_file_has_the_form(raw):
    assert list(form_problems(SHIPPED, raw)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s: s.update(schema=2), "schema: 1 was expected; write 1, the version of the form this package reads"),
        (
            lambda s: s["arms"].update(reference=False),
            "arms.reference: False is not of type 'string'; write it in quotes",
        ),
        (lambda s: s["arms"]["levels"]["control"].update(label=3), "arms.levels.control.label: 3 is not"),
        (
            lambda s: s["dates"].update(cutoff="2024-2-3"),
            "dates.cutoff: '2024-2-3' has not the form asked for; write a date",
        ),
        (lambda s: s["dates"].update(cutoff="2024-13-41"), "dates.cutoff: '2024-13-41' has not the form asked for"),
        (
            lambda s: s["covariates"]["age"].update(minimum="18"),
            "covariates.age.minimum: '18' is not of type 'number'; write",
        ),
        (lambda s: s.update(id="my study"), "id: 'my study' has not the form asked for; use letters from a to z"),
        (
            lambda s: s.update(endpoints=None),
            "endpoints: None is not of type 'object'; write something after the colon",
        ),
        (lambda s: s.update(colour="red"), "('colour' was unexpected); correct its spelling or remove it"),
        (
            lambda s: s["endpoints"]["os"].update(unit="?"),
            "endpoints.os.unit: left to decide; use one of days, weeks, months, years",
        ),
        (lambda s: s["provenance"].update(kind="real"), "provenance.kind: 'real' is not one of"),
        (lambda s: s.update(baseline=["age", "age"]), "has non-unique elements; name each once"),
        (
            lambda s: s["covariates"]["age"].update(label="Age | [a](b)"),
            "covariates.age.label: '|' is read as markup; write",
        ),
        (
            lambda s: s["covariates"]["sex"]["levels"].update(male="[a](b)"),
            "covariates.sex.levels.male: '](' is read as markup",
        ),
        (
            lambda s: s["arms"]["levels"]["control"].update(short="{{ x }}"),
            "arms.levels.control.short: '{{' is read as",
        ),
        (
            lambda s: s["covariates"]["sex"].update(label="Sex " * 20),
            "covariates.sex.label: 80 characters; shorten it to 60",
        ),
        (lambda s: s["arms"].update(column=["P01 34"] * 30), "arms.column: what stands here is not of type 'string'"),
    ],
)
def test_one_line_and_a_remedy_that_fits(raw, change, expected):
    change(raw)
    (line,) = map(str, form_problems(SHIPPED, raw))
    assert expected in line
    assert line.startswith(f"{SHIPPED}: ")
    assert "; " in line and "\n" not in line
