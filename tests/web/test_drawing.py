from __future__ import annotations

import io
import re

import matplotlib.pyplot as plt
import pytest
from bs4 import BeautifulSoup

from living_article.display import palette, theme
from living_article.web.drawing import boxed, inlined


@pytest.fixture(scope="module")
def file():
    theme.use()
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([0, 1], [0, 1], color=palette.TREATED, label="Curve")
    axes.bar([0.2], [0.5], hatch="//", facecolor=palette.FAINT)
    axes.legend()
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return written.getvalue()


@pytest.fixture(scope="module")
def shown(file):
    return BeautifulSoup(inlined(file, "figure-2", 'It "rises" & ends.'), "html.parser").svg


def test_it_is_an_image_with_a_name(shown):
    assert shown["role"] == "img" and shown["aria-label"] == 'It "rises" & ends.'
    assert not shown.find(["style", "metadata", "title"]), "these would style or caption the whole page"


def test_it_keeps_its_proportions_and_takes_the_width_it_is_given(shown):
    assert shown["viewbox"] == "0 0 288 216" and not shown.has_attr("width") and "--own-width: 288px" in shown["style"]


def test_its_ids_are_its_own_and_lead_somewhere(shown):
    ids = {tag["id"] for tag in shown.select("[id]")}
    assert ids and all(name.startswith("figure-2-") for name in ids)
    referred = {tag["href"].lstrip("#") for tag in shown.select("[href]")}
    referred |= set(re.findall(r"url\(#([^)]+)\)", str(shown)))
    assert len(referred) > 5 and referred <= ids


def test_every_colour_follows_the_theme(shown):
    assert not re.search(r"#[0-9a-f]{6}(?!\))", str(shown)), "a colour without a partner in palette.DARK"
    assert f"var({palette.variable(palette.TREATED)},{palette.TREATED})" in str(shown)


def test_the_coordinates_are_those_of_the_file(file, shown):
    def numbers(text):
        return [float(n) for path in re.findall(r' d="([^"]*)"', text) for n in re.findall(r"-?\d+\.?\d*", path)]

    before, after = numbers(file), numbers(str(shown))
    assert len(before) > 100 and after == pytest.approx(before, abs=0.01)


def test_a_drawing_wider_than_a_phone_can_be_scrolled_by_keyboard(file):
    narrow = boxed(file, "figure-2", "Alt.")
    wide = boxed(file.replace('width="288pt"', 'width="520pt"'), "figure-2", "Alt.")
    assert "tabindex" not in narrow
    assert '<div class="drawing" tabindex="0" role="group" aria-label="figure 2, may be scrolled">' in wide


def test_the_site_shows_it_within_its_figure_and_other_images_as_they_were(mini, built):
    page = BeautifulSoup((built.site / "notebooks" / "alpha.html").read_text(), "html.parser")
    assert page.select_one("figure#figure-2 > div.drawing > svg")["aria-label"] == "A black box."
    assert "drawing-colours.css" in str(page.head)


def test_what_is_no_drawing_is_refused():
    with pytest.raises(ValueError, match="not an SVG file"):
        inlined("<p>text</p>", "figure-2", "Alt.")
