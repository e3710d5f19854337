"""What is drawn together can be told apart: on white and dark pages, with a colour vision deficiency, in grey."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from living_article.display import palette

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_DARK_PAGE = "#121212"  # --pst-color-background of sphinx-book-theme
PAGES = {
    "light": {colour: colour for colour in palette.DARK},
    "dark": palette.DARK | {palette.PAPER: _DARK_PAGE},
}
# Colours that mean different things in one figure.
TOGETHER = [
    (palette.TREATED, palette.REFERENCE),
    (palette.TREATED, palette.PRINTED),
    (palette.TREATED, palette.MIDDLE),
    (palette.REFERENCE, palette.MIDDLE),
    *pairwise(palette.SEQUENCE[:4]),
]
TEXT = (palette.INK, palette.LINE, palette.NEUTRAL, palette.TREATED, palette.REFERENCE, palette.PRINTED)


def linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE 1976 L*a*b* of linear RGB under D65."""
    share = _XYZ @ np.clip(rgb, 0, 1) / (0.95047, 1, 1.08883)
    f = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, sight: str) -> float:
    """Return ΔE*ab of two colours as an eye sees them."""
    seen = [lab(np.asarray(SIGHT[sight]) @ linear(colour)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def lightness(colour: str) -> float:
    return float(lab(linear(colour))[0])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    dark, light = sorted(float(_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_the_measures_are_right():
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert apart("#009e73", "#d55e00", "usual") > 1.5 * apart("#009e73", "#d55e00", "deutan"), (
        "green and red come closer"
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("pair", TOGETHER)
def test_colours_drawn_together_differ(page, sight, pair):
    assert apart(*(PAGES[page][colour] for colour in pair), sight) > 20


def verdicts() -> dict[str, dict[str, str]]:
    """Return the colours of the verdicts of the audit on both pages, from its style sheet."""
    sheet = (Path(__file__).parents[2] / "book" / "_static" / "audit.css").read_text()
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in sheet.split("}")[:2])
    return {"light": light, "dark": light | dark}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
def test_verdicts_of_the_audit_differ(page, sight):
    colours = verdicts()[page]
    assert len(colours) == 7
    assert min(apart(*pair, sight) for pair in combinations(colours.values(), 2)) > 20


@pytest.mark.parametrize("page", PAGES)
def test_the_arms_differ_in_a_grey_copy(page):
    treated, reference = (lightness(PAGES[page][colour]) for colour in (palette.TREATED, palette.REFERENCE))
    assert abs(treated - reference) > 15


@pytest.mark.parametrize("page", PAGES)
def test_neighbouring_categories_differ_in_a_grey_copy_or_in_hatch(page):
    from living_article.display.figures.response import HATCHES

    for place, (one, other) in enumerate(pairwise(palette.SEQUENCE[:4])):
        steps = abs(lightness(PAGES[page][one]) - lightness(PAGES[page][other]))
        assert steps > 15 or HATCHES[place] != HATCHES[place + 1]


@pytest.mark.parametrize("page", PAGES)
def test_every_colour_of_text_can_be_read(page):
    for colour in TEXT:
        for ground in (palette.PAPER, palette.FILL):
            least = 4.5 if ground == palette.PAPER or colour in (palette.INK, palette.LINE) else 4
            assert contrast(PAGES[page][colour], PAGES[page][ground]) >= least, (page, colour, ground)


@pytest.mark.parametrize("page", PAGES)
def test_every_mark_stands_out_from_the_page(page):
    for colour in (*TEXT, palette.MIDDLE):
        assert contrast(PAGES[page][colour], PAGES[page][palette.PAPER]) >= 3


def test_no_two_colours_become_one_in_the_dark():
    for one, other in combinations(PAGES["dark"].values(), 2):
        assert one != other


def test_the_style_sheet_is_dark_on_screens_only():
    sheet = palette.stylesheet()
    light, screen = sheet.split("@media screen", 1)
    for colour, partner in palette.DARK.items():
        assert f"{palette.variable(colour)}: {colour};" in light
        assert f"{palette.variable(colour)}: {partner};" in screen
    assert not re.search("dark", light.split("*/")[1])
