"""Covariates, and the model that the events support."""

from living_article.patients.table_files import TableFile
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import patients


def test_the_model_has_no_more_terms_than_events_support():
    table = patients()
    table["OS status"] = ["dead"] * 15 + ["alive"] * 65
    made = draft(TableFile(table), "x")
    assert made.content["model"]["terms"] == ["arm", "age", "smoker"]
    assert "15 events do not support more" in made.comments["model", "terms"]
