"""The printed values as one side of a comparison."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from living_article.compare.printed import PUBLISHED, printed_numbers, printed_side
from living_article.errors import InputError
from living_article.published import load_published
from living_article.study import load_study

STUDY = Path(__file__).parents[2] / "data" / "study.yml"


def test_printed_values_find_their_records():
    published = load_published(STUDY.parent / "published")
    numbers = printed_numbers(published)
    link = next(link for link in published.links if published.get(link.id).quantity == "hazard ratio")
    found = numbers[link.section, link.name, link.endpoint, link.group, link.term, link.horizon]
    printed = published.get(link.id)
    assert found.value == printed.number and found.tolerance == 0.5 * 10**-printed.decimals and found.printed
    assert found.low < found.value < found.high
    assert len(numbers) <= len(published.links)


def test_published_needs_an_article(tmp_path):
    assert printed_side(load_study(STUDY)).label == PUBLISHED
    raw = yaml.safe_load(STUDY.read_text("utf-8"))
    del raw["article"]
    (tmp_path / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), "utf-8")
    with pytest.raises(InputError, match="re-tells no article"):
        printed_side(load_study(tmp_path / "study.yml"))
