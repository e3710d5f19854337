"""The look of all figures: sizes, type, line styles and markers of the arms, no time stamps."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from living_article.display import palette
from living_article.display.palette import FAINT as FAINT
from living_article.display.palette import NEUTRAL as NEUTRAL
from living_article.display.palette import SEQUENCE as SEQUENCE

COLOURS = {"treated": palette.TREATED, "reference": palette.REFERENCE}
STYLES = {"treated": "-", "reference": (0, (5, 2))}
MARKERS = {"treated": "o", "reference": "s"}
WIDTH, NARROW = 7.2, 5.1
"""Widths of a figure in inches. A phone shows a narrow one whole; in a wide one, of several panels, it scrolls."""

_MARGIN = 0.08  # inches around an exported drawing


def use() -> None:
    """Set Matplotlib's defaults; the fixed hash salt makes two runs write the same SVG bytes."""
    mpl.rcParams.update(
        {
            "figure.figsize": (WIDTH, 4.5),
            "figure.facecolor": palette.PAPER,
            "figure.dpi": 100,
            "savefig.dpi": 150,
            "savefig.facecolor": palette.PAPER,
            "font.family": "DejaVu Sans",
            "font.size": 10.5,
            "axes.titlesize": 11.5,
            "axes.labelsize": 10.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "legend.frameon": False,
            "lines.linewidth": 1.8,
            "svg.fonttype": "path",
            "svg.hashsalt": "living-article",
        }
    )


def role(study_arms, arm) -> str:
    """Return ``treated`` or ``reference`` for an arm: the key of colour, line style and marker."""
    return "reference" if arm.id == study_arms.reference.id else "treated"


def stamp(figure: Figure, badge: str) -> Bbox:
    """Write where the patients come from into the figure itself, so that a copied figure still says it.

    Returns the box, in inches, that an export has to cover: found once here, it need not be found for each format.
    """
    if engine := figure.get_layout_engine():
        engine.execute(figure)  # what it arranged is kept
        figure.set_layout_engine(None)  # with "none", a placeholder, an export would draw everything twice
    for legend in figure.legends:  # would otherwise be moved with the box of the export, onto the badge
        legend.set_bbox_to_anchor((0, 0, 1, 1), transform=figure.transFigure)
    renderer = figure.canvas.get_renderer()
    box = figure.get_tightbbox(renderer)
    width, height = figure.get_size_inches()
    place = (box.x1 / width, (box.y0 - 0.1) / height)  # just below the drawing
    text = figure.text(*place, badge, ha="right", va="top", fontsize=9, style="italic", color=NEUTRAL)
    below = text.get_window_extent(renderer).transformed(figure.dpi_scale_trans.inverted())
    return Bbox.union([box, below]).padded(_MARGIN)
