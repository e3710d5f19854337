"""The design in words: placeholders are printed values, and an unknown one is refused."""

from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.published import load_published
from living_article.study.design import load_design

DATA = Path(__file__).parents[2] / "data"


def test_placeholders_are_filled_with_printed_values():
    published = load_published(DATA / "published")
    design = load_design(DATA / "design.yml", published.printed)
    text = " ".join(paragraph for part in design.parts for paragraph in part.text)
    assert f"{published.printed('meth_thalidomide_dose')} mg a day" in text
    assert "{" not in text and "meth_" not in text
    assert all(item.article and item.here and item.why for item in design.departures)
    told = " ".join(f"{item.article} {item.here} {item.why}" for item in design.departures)
    assert f"error of {published.printed('t11_slope')} with" in told and "{" not in told


def test_unknown_placeholder_is_refused(tmp_path):
    file = tmp_path / "design.yml"
    file.write_text("parts: [{title: A, text: ['dose {dose_of_gold} mg']}]", "utf-8")

    def printed(name: str) -> str:
        raise LookupError(name)

    with pytest.raises(InputError, match="no such printed value"):
        load_design(file, printed)


def test_not_a_design_file(tmp_path):
    file = tmp_path / "design.yml"
    file.write_text("parts: 3", "utf-8")
    with pytest.raises(InputError, match="not a design file"):
        load_design(file, str)
