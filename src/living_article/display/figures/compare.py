"""What moved between two results: shifts against the first side's intervals, and relative changes of the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from living_article.compare import SAME, SIDE, SIGNIFICANCE, Pair
from living_article.display import palette, theme

MOST = 20
FARTHEST, LARGEST = 6.0, 3.0  # half-widths and relative change; what lies beyond is drawn as an arrow
COLOURS = {SIDE: theme.COLOURS["reference"], SIGNIFICANCE: palette.PRINTED}
_LINE = 0.34  # inches a row


def moved(pairs: Sequence[Pair], labels: tuple[str, str]) -> Figure | None:
    """Draw what moved farthest, or return None if nothing with two values did.

    Numbers with an interval are drawn on one scale, on which the first side's interval reaches from −1 to 1.
    """
    changed = [pair for pair in pairs if pair.both and pair.verdict != SAME]
    scaled = sorted((p for p in changed if p.shift is not None), key=lambda p: -abs(p.shift))[:MOST]
    other = sorted((p for p in changed if p.shift is None and p.relative), key=lambda p: -abs(p.relative))[:MOST]
    panels = [panel for panel in ((_shifts, scaled), (_changes, other)) if panel[1]]
    if not panels:
        return None
    heights = [len(rows) * _LINE + 0.9 for _, rows in panels]
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(theme.WIDTH, sum(heights) + 0.3), height_ratios=heights, squeeze=False,
        layout="constrained",
    )  # fmt: skip
    for place, (draw, rows) in zip(axes[:, 0], panels, strict=True):
        draw(place, rows, labels)
        names = ["\n".join(textwrap.wrap(pair.what.replace("_", " "), 38)[:2]) for pair in rows]
        place.set_yticks(range(len(rows)), names, fontsize=8.5)
        place.set_ylim(len(rows) - 0.4, -0.6)
        place.spines["left"].set_visible(False)
        place.tick_params(left=False)
    return figure


def _shifts(axes: Axes, rows: Sequence[Pair], labels: tuple[str, str]) -> None:
    """Draw the second side's value and interval against the first side's, which is the grey band."""
    axes.axvspan(-1, 1, color=theme.FAINT, alpha=0.6, linewidth=0)
    axes.axvline(0, color=theme.NEUTRAL, linewidth=1, linestyle=":")
    reach = min(FARTHEST, max(1.5, *(abs(pair.shift) * 1.15 for pair in rows)))
    for place, pair in enumerate(rows):
        colour = COLOURS.get(pair.verdict, theme.COLOURS["treated"])
        low, high = pair.on_scale(pair.second.low), pair.on_scale(pair.second.high)
        if low is not None and high is not None:
            axes.plot([max(low, -reach), min(high, reach)], [place, place], color=colour, linewidth=1.2)
        marker = "o" if abs(pair.shift) <= reach else ">" if pair.shift > 0 else "<"
        axes.plot(max(-reach, min(reach, pair.shift)), place, marker, color=colour, markersize=6)
    axes.set_xlim(-reach * 1.05, reach * 1.05)
    axes.set_xlabel("B against A, in half-widths of A's interval (grey)", fontsize=9.5)


def _changes(axes: Axes, rows: Sequence[Pair], labels: tuple[str, str]) -> None:
    """Draw relative changes of numbers without interval."""
    axes.axvline(0, color=theme.NEUTRAL, linewidth=1)
    reach = min(LARGEST, max(abs(pair.relative) for pair in rows) * 1.1)
    for place, pair in enumerate(rows):
        colour = COLOURS.get(pair.verdict, theme.COLOURS["treated"])
        at = max(-reach, min(reach, pair.relative))
        marker = "o" if at == pair.relative else ">" if at > 0 else "<"
        axes.plot([0, at], [place, place], color=colour, linewidth=1.5)
        axes.plot(at, place, marker, color=colour, markersize=6)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlabel("Change from A to B, per cent of A (numbers without interval)", fontsize=9.5)
