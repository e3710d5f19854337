"""What moved between two results: shifts against the first side's intervals, and relative changes of the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from living_article.compare.pairs import SAME, SIDE, SIGNIFICANCE, Pair
from living_article.display import palette, theme
from living_article.display.record_names import RecordNames

Moved = tuple[Pair, float]
"""A number and how far it moved."""
MOST = 20
FARTHEST, LARGEST = 6.0, 3.0  # half-widths and relative change; what lies beyond is drawn as an arrow
COLOURS = {SIDE: theme.COLOURS["reference"], SIGNIFICANCE: palette.PRINTED}
_WIDTH = 4.4  # inches: a phone shows the drawing whole, its type no smaller than that of the text around it
_LINE, _TEXT = 0.23, 0.17  # inches a mark, and a line of the name above it
_LONGEST = 60  # letters of a name on one line


def moved(pairs: Sequence[Pair], names: RecordNames) -> Figure | None:
    """Draw what moved farthest, or return None if nothing with two values did.

    Numbers with an interval are drawn on one scale, on which the first side's interval reaches from −1 to 1.
    """
    changed = [pair for pair in pairs if pair.both and pair.verdict != SAME]
    scaled = _farthest((p, shift) for p in changed if (shift := p.shift) is not None)
    other = _farthest((p, relative) for p in changed if p.shift is None and (relative := p.relative))
    panels = [panel for panel in ((_shifts, scaled), (_changes, other)) if panel[1]]
    if not panels:
        return None
    heights = [sum(_height(pair, names) for pair, _ in rows) + 0.7 for _, rows in panels]
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(_WIDTH, sum(heights) + 0.2), height_ratios=heights, squeeze=False,
        layout="constrained",
    )  # fmt: skip
    for place, (draw, rows) in zip(axes[:, 0], panels, strict=True):
        at = np.cumsum([_height(pair, names) for pair, _ in rows])
        draw(place, rows, at)
        for (pair, _), below in zip(rows, at, strict=True):
            text = "\n".join(_lines(pair, names))
            place.text(0, below - 0.11, text, transform=place.get_yaxis_transform(), fontsize=9.5, va="bottom")
        place.set_ylim(at[-1] + 0.15, 0)
        place.set_yticks([])
        place.spines["left"].set_visible(False)
    return figure


def _farthest(rows: Iterable[Moved]) -> list[Moved]:
    """Return those that moved most."""
    return sorted(rows, key=lambda row: -abs(row[1]))[:MOST]


def _lines(pair: Pair, names: RecordNames) -> list[str]:
    """Return the name of a number in lines that fit above its mark."""
    return textwrap.wrap(names.label(pair.key), _LONGEST)


def _height(pair: Pair, names: RecordNames) -> float:
    """Return the inches that a number takes: its name, and its mark below."""
    return _LINE + _TEXT * len(_lines(pair, names))


def _shifts(axes: Axes, rows: Sequence[Moved], at: np.ndarray) -> None:
    """Draw the second side's value and interval against the first side's, which is the grey band."""
    axes.axvspan(-1, 1, color=theme.FAINT, alpha=0.6, linewidth=0)
    axes.vlines(0 * at, at - 0.1, at + 0.1, color=theme.NEUTRAL, linewidth=1, linestyle=":")
    reach = min(FARTHEST, max(1.5, *(abs(shift) * 1.15 for _, shift in rows)))
    for place, (pair, shift) in zip(at, rows, strict=True):
        colour = COLOURS.get(pair.verdict, theme.COLOURS["treated"])
        low, high = pair.ends
        if low is not None and high is not None:
            axes.plot([max(low, -reach), min(high, reach)], [place, place], color=colour, linewidth=1.2)
        marker = "o" if abs(shift) <= reach else ">" if shift > 0 else "<"
        axes.plot(max(-reach, min(reach, shift)), place, marker, color=colour, markersize=6)
    axes.set_xlim(-reach * 1.05, reach * 1.05)
    axes.set_xlabel("B against A, in half-widths of A's interval (grey)", fontsize=9.5)


def _changes(axes: Axes, rows: Sequence[Moved], at: np.ndarray) -> None:
    """Draw relative changes of numbers without interval."""
    axes.vlines(0 * at, at - 0.1, at + 0.1, color=theme.NEUTRAL, linewidth=1)
    reach = min(LARGEST, max(abs(relative) for _, relative in rows) * 1.1)
    for place, (pair, relative) in zip(at, rows, strict=True):
        colour = COLOURS.get(pair.verdict, theme.COLOURS["treated"])
        end = max(-reach, min(reach, relative))
        marker = "o" if end == relative else ">" if end > 0 else "<"
        axes.plot([0, end], [place, place], color=colour, linewidth=1.5)
        axes.plot(end, place, marker, color=colour, markersize=6)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlabel("Change from A to B, per cent of A", fontsize=9.5)
