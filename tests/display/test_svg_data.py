from __future__ import annotations

import json

import pytest

from living_article.display import svg_data

SVG = '<?xml version="1.0"?>\n<svg width="1pt">\n <metadata>other</metadata>\n</svg>'


@pytest.mark.parametrize("data", [{"n": [1, 2.5]}, {"text": 'a < b & "c" > d é'}, {"text": "</script><svg>"}])
def test_what_is_put_in_is_taken_out(data):
    assert json.loads(svg_data.taken(svg_data.put(SVG, data))) == data


def test_the_file_stays_well_formed_and_the_json_ends_no_script():
    from xml.etree import ElementTree

    written = svg_data.put(SVG, {"text": "</script>&"})
    assert ElementTree.fromstring(written)[0].text == '{"text":"</script>&"}'
    assert "<" not in svg_data.taken(written)


def test_a_drawing_without_data_has_none():
    assert svg_data.taken(SVG) is None
