"""Every drawing of the book: its colours follow the theme, its ids meet no others, its data is sound."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from living_article.display import palette

_FIXED = re.compile(r"#[0-9a-f]{6}\b(?!\))|(?:fill|stroke): ?(?!none|var|url)[a-z]+\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def drawings(pages):
    return {figure["id"]: figure for page in pages.values() for figure in page.select("figure:has(> .drawing)")}


def test_every_figure_of_a_notebook_is_part_of_its_page(drawings, pages):
    assert len(drawings) >= 7
    assert not [image for page in pages.values() for image in page.select("figure > img[src$=svg]")]


def test_every_colour_has_a_partner_in_the_dark(drawings):
    assert {name: found for name, figure in drawings.items() if (found := set(_FIXED.findall(str(figure.svg))))} == {}
    used = {colour for figure in drawings.values() for colour in re.findall(r"var\((--drawn-\w+)", str(figure.svg))}
    assert used <= {palette.variable(colour) for colour in palette.DARK}


def test_no_id_is_given_twice_on_a_page(pages):
    for name, page in pages.items():
        twice = [of for of, times in Counter(tag["id"] for tag in page.select("[id]")).items() if times > 1]
        assert twice == [], name


def test_every_mark_that_a_drawing_repeats_is_defined_in_it(drawings):
    for name, figure in drawings.items():
        ids = {tag["id"] for tag in figure.svg.select("[id]")}
        assert {use["href"].lstrip("#") for use in figure.svg.select("use")} <= ids, name


def test_the_alt_text_states_a_finding_with_numbers(drawings):
    for name, figure in drawings.items():
        alt = figure.svg["aria-label"]
        assert re.search(r"\d", alt) and alt.endswith("."), f"{name}: {alt}"


def test_the_curves_can_be_read(pages):
    found = pages["notebooks/survival"].select("figure > script.drawing-data")
    assert len(found) == 2
    for script in found:
        data = json.loads(script.string)
        assert len(data["arms"]) == 2 and not data["countedAtTicks"]
