"""A specification curve: one result an analysis in rising order, and below it which options each analysis took.

After Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nat Hum Behav 4:1208.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from living_article.display import palette, theme

BELOW, ABOVE, BETWEEN = theme.COLOURS["treated"], theme.COLOURS["reference"], palette.MIDDLE
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100)
_FINE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 1.8, 2)  # where fewer than three of these are on the axis
_LEFT, _LINE, _UPPER = 0.36, 0.185, 2.5  # share of the width for names; inches a line of options, and of the curve
_MARK = 0.72 * 72 * _LINE  # points: the height of a mark below the curve
_LONGEST = 27
PART, EXPLORATORY = "part", "Exploratory: some patients"
"""The column of what is of a part of the patients, and what the line is called that marks it."""
_FEW = 80  # analyses, of which hollow points can be told from full ones


@dataclass(frozen=True)
class Curve:
    """The analyses of one panel.

    ``rows`` has one row an analysis: value, low, high (NaN for none), p (NaN for none), ``default`` (whether it is the
    default analysis), ``part`` (whether it is of a part of the patients, and so exploratory; may be lacking), and one
    column of text for each choice.
    """

    title: str
    rows: pd.DataFrame


def specification_curve(
    curves: list[Curve],
    choices: dict[str, list[str]],
    *,
    label: str,
    null: float | None,
    log: bool,
    alpha: float,
    noun: str = "analyses",
    default: str = "Default analysis",
) -> Figure:
    """Draw the curves side by side on one axis of values.

    ``choices`` gives the options of every choice in the order shown; ``null`` is the value of no effect, drawn as a
    line. Marks are coloured by whether the interval leaves that value out, and on which side; what is of a part of
    the patients has a mark of its own and, where there are few, a hollow point. ``noun`` is what the
    rows are called, ``default`` what the one of them with a diamond is.
    """
    lines = _lines(choices, exploratory=any(_part(curve.rows).any() for curve in curves))
    height = _UPPER + _LINE * len(lines) + 1.1
    figure = plt.figure(figsize=(theme.WIDTH, height))
    grid = figure.add_gridspec(
        2, len(curves), height_ratios=[_UPPER, _LINE * len(lines)], hspace=0.04, wspace=0.06,
        left=_LEFT, right=0.99, top=1 - 0.62 / height, bottom=0.45 / height,
    )  # fmt: skip
    uppers: list[Axes] = []
    for place, curve in enumerate(curves):
        upper = figure.add_subplot(grid[0, place], sharey=uppers[0] if uppers else None)
        uppers.append(upper)
        rows = _by_value(curve.rows)
        colours = np.array([_colour(row, null, alpha) for row in rows.itertuples()])
        _draw(upper, rows, colours, null)
        upper.set_title(f"{curve.title}\n{len(rows)} {noun}", fontsize=10.5)
        if place:
            upper.tick_params(labelleft=False)
        lower = figure.add_subplot(grid[1, place], sharex=upper)
        _options(lower, rows, colours, lines, names=place == 0)
    uppers[0].set_ylabel(label)
    _scale(uppers[0], curves, null, log)
    _legend(figure, curves, null, default)
    return figure


def _by_value(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the analyses that have a value, the smallest first; those that differ by rounding alone stay in order."""
    found = rows[rows["value"].notna()]
    return found.sort_values("value", key=lambda value: value.round(9), kind="stable").reset_index(drop=True)


def _lines(choices: dict[str, list[str]], *, exploratory: bool) -> list[tuple[str, str | None]]:
    """Return the lines below the curve: a heading for each choice that is varied, then its options.

    Before them stands the line that marks what is exploratory, if anything is.
    """
    found: list[tuple[str, str | None]] = [(PART, EXPLORATORY)] if exploratory else []
    for choice, options in choices.items():
        if len(options) > 1:
            found += [(choice, None), *((choice, option) for option in options)]
    return found


def _colour(row, null: float | None, alpha: float) -> str:
    if null is None:
        return BELOW
    significant = row.p < alpha if np.isfinite(row.p) else (row.high < null or row.low > null)
    if not significant:
        return BETWEEN
    return BELOW if row.value < null else ABOVE


def _draw(axes: Axes, rows: pd.DataFrame, colours: np.ndarray, null: float | None) -> None:
    """Draw intervals and values; the default analysis is a diamond."""
    wide = _width(rows)
    axes.vlines(rows.index, rows["low"], rows["high"], colors=colours, linewidth=0.8 * wide, alpha=0.35)
    part = _part(rows) & (len(rows) <= _FEW)
    for some, faces in ((~part, colours), (part, np.full(len(rows), palette.PAPER))):
        style = {
            "c": list(faces[some]),
            "edgecolors": list(colours[some]),
            "linewidths": 0.9 if part[some].any() else 0,
        }
        size = max(5 * wide**2, 12 if part[some].any() else 0)
        axes.scatter(rows.index[some], rows["value"][some], s=size, zorder=3, **style)
    default = rows[rows["default"]]
    axes.plot(default.index, default["value"], "D", color="black", markersize=5.5, zorder=4)
    if null is not None:
        axes.axhline(null, color=theme.NEUTRAL, linewidth=1, linestyle=":")
    axes.tick_params(labelbottom=False, bottom=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(-0.02 * len(rows) - 0.5, 1.02 * max(len(rows), 1) - 0.5)


def _part(rows: pd.DataFrame) -> np.ndarray:
    """Return which rows are of a part of the patients."""
    return rows[PART].to_numpy(bool) if PART in rows else np.zeros(len(rows), dtype=bool)


def _width(rows: pd.DataFrame) -> float:
    """Return the width of a mark in points: the fewer analyses, the wider."""
    return min(2.5, max(0.9, 80 / max(len(rows), 1)))


def _options(axes: Axes, rows: pd.DataFrame, colours: np.ndarray, lines: list, *, names: bool) -> None:
    """Mark below each analysis the options it took."""
    for place, (choice, option) in enumerate(lines):
        if option is not None:
            taken = _part(rows) if choice == PART else (rows[choice] == option).to_numpy()
            for colour in dict.fromkeys(colours[taken]):  # markers of one colour are one shape, drawn at once
                at = np.flatnonzero(taken & (colours == colour))
                axes.plot(
                    at, np.full(len(at), place), "|", color=colour, markersize=_MARK, markeredgewidth=_width(rows)
                )
            axes.axhline(place, color=theme.FAINT, linewidth=0.5, zorder=0)
        if names:
            text = textwrap.shorten(option or choice, _LONGEST if option else _LONGEST + 3, placeholder=" …")
            style = {"fontsize": 9.5} if option else {"fontsize": 9.5, "fontweight": "bold"}
            axes.text(-0.03, place, text, ha="right", va="center", transform=axes.get_yaxis_transform(), **style)
    axes.set_ylim(len(lines) - 0.4, -0.7)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_major_locator(NullLocator())
    axes.spines[["left", "bottom"]].set_visible(False)


def _scale(axes: Axes, curves: list[Curve], null: float | None, log: bool) -> None:
    """Fit the axis of values to the intervals, but no further than a few spreads beyond the values themselves."""
    rows = pd.concat([curve.rows for curve in curves])
    values = rows["value"].dropna()
    if values.empty:
        return
    change = np.log if log else np.asarray
    ends = change(pd.concat([values, rows["low"], rows["high"]]).dropna().astype(float))
    inner = change(values.astype(float))
    reach = max(3 * np.ptp(inner), 1.2)
    low, high = max(ends.min(), inner.min() - reach), min(ends.max(), inner.max() + reach)
    if null is not None:
        low, high = min(low, change(null)), max(high, change(null))
    margin = 0.04 * (high - low) or 0.1
    limits = (low - margin, high + margin)
    if log:
        limits = tuple(np.exp(limits))
        axes.set_yscale("log")
        coarse, fine = ([t for t in ticks if limits[0] <= t <= limits[1]] for ticks in (_TICKS, _FINE))
        ticks = coarse if len(coarse) > 2 else fine
        axes.yaxis.set_major_locator(FixedLocator(ticks) if len(ticks) > 1 else MaxNLocator(4))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter("{x:g}")
    axes.set_ylim(*limits)


def _legend(figure: Figure, curves: list[Curve], null: float | None, default: str) -> None:
    """Explain the colours and the diamond, as far as they are there."""
    handles = []
    if null is not None:
        named = ((BELOW, f"Below {null:g}, significant"), (BETWEEN, "Not significant"))
        named += ((ABOVE, f"Above {null:g}, significant"),)
        used = {line for axes in figure.axes for points in axes.collections for line in _used(points)}
        handles += [
            Line2D([], [], color=colour, marker="o", markersize=4, linewidth=1, label=text)
            for colour, text in named
            if colour.lower() in used
        ]
    if any(_part(curve.rows).any() and len(curve.rows) <= _FEW for curve in curves):
        style = {"marker": "o", "markersize": 5, "markerfacecolor": palette.PAPER, "markeredgecolor": theme.NEUTRAL}
        handles.append(Line2D([], [], linewidth=0, label=EXPLORATORY, **style))
    if any(curve.rows["default"].any() for curve in curves):
        handles.append(Line2D([], [], color="black", marker="D", markersize=5.5, linewidth=0, label=default))
    if handles:
        figure.legend(handles=handles, loc="lower center", ncols=len(handles), fontsize=9.5, handletextpad=0.4)


def _used(points) -> set[str]:
    from matplotlib.colors import to_hex

    return {
        to_hex(colour).lower() for colours in (points.get_facecolor(), points.get_edgecolor()) for colour in colours
    }
