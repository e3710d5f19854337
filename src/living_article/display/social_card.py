"""The picture that networks show where the book is shared: title, main findings by arm, and what the patients are."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from living_article.display import format, theme
from living_article.display.findings import Finding, Row, findings
from living_article.records import Results
from living_article.study.model import Study

SIZE = (1200, 630)  # pixels, what the networks ask for
_DPI = 100
_LEFT, _MOST, _GAP = 60, 3, 40  # pixels: margin, panels side by side, space between them
_FONT = "DejaVu Sans"


def social_card(study: Study, results: Mapping[str, Results], alphas: Mapping[str, float]) -> bytes:
    """Return the card as PNG, 1200 by 630 pixels, the same bytes for the same records.

    ``results`` are the records by section, ``alphas`` the significance levels; what a section lacks is left out.
    """
    figure = Figure(figsize=(SIZE[0] / _DPI, SIZE[1] / _DPI), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, SIZE[0]), ylim=(SIZE[1], 0))
    axes.axis("off")
    _write(axes, _LEFT, 52, textwrap.fill(study.title, 54), 25, weight="bold", va="top")
    rows = [(finding, row) for finding in findings(study, results, alphas) for row in finding.rows]
    width = (SIZE[0] - 2 * _LEFT - (_MOST - 1) * _GAP) / _MOST
    for number, (finding, row) in enumerate(rows[:_MOST]):
        _panel(axes, study, finding, row, _LEFT + number * (width + _GAP), width)
    _foot(axes, study)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def _compared(row: Row, alpha: float) -> str:
    """Return the effect with its interval, or nothing if it could not be estimated."""
    if row.effect.value is None:
        return ""
    estimate, bracket, interval = format.with_interval(row.effect, alpha).partition(" (")
    name = "Hazard ratio" if row.effect.unit == "hazard ratio" else "Difference"
    return f"{name} {estimate}\n{bracket.strip()}{interval}"


def _panel(axes, study: Study, finding: Finding, row: Row, left: float, width: float) -> None:
    """Draw one row of a finding: its label, a bar and value for each arm, the effect."""
    lines = textwrap.wrap(row.label, 28)
    _write(axes, left, 196 - 28 * (len(lines) - 1), "\n".join(lines), 15, weight="bold", va="baseline")
    _write(axes, left, 222, finding.quantity, 13, color=theme.NEUTRAL, va="baseline")
    longest = max((record.value or 0 for record in row.arms), default=0) or 1
    for number, (arm, record) in enumerate(zip(study.arms, row.arms, strict=True)):
        top, colour = 236 + 98 * number, theme.COLOURS[theme.role(study.arms, arm)]
        _write(axes, left, top + 15, textwrap.shorten(arm.short, 30, placeholder="…"), 13, color=theme.NEUTRAL)
        room = width - 172  # leaves space for the value
        length = room * (record.value or 0) / longest
        axes.add_patch(Rectangle((left, top + 33), max(length, 3), 34, color=colour, linewidth=0))
        _write(axes, left + max(length, 3) + 10, top + 51, format.estimate(record), 17, weight="bold", color=colour)
    for number, line in enumerate(_compared(row, finding.alpha).splitlines()):
        _write(axes, left, 474 + 25 * number, line, 14, color=theme.NEUTRAL, va="baseline")


def _foot(axes, study: Study) -> None:
    """Write across the foot what the patients are, and that this is no advice."""
    axes.add_patch(Rectangle((0, SIZE[1] - 100), SIZE[0], 100, color="#1F2933", linewidth=0))
    _write(axes, _LEFT, SIZE[1] - 66, study.provenance.badge, 20, weight="bold", color="white")
    _write(axes, _LEFT, SIZE[1] - 30, "Computed when the book is built; no advice on treatment", 14, color="white")


def _write(axes, x: float, y: float, text: str, size: float, *, color="black", va="center", weight="normal") -> None:
    """Write text; a dollar sign in a label is a dollar sign."""
    font = FontProperties(family=_FONT, size=size, weight=weight)
    axes.text(x, y, text, fontproperties=font, color=color, va=va, ha="left", parse_math=False, linespacing=1.35)
