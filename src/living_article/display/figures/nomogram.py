"""The nomogram: one axis a term, points above, total points and predictions below, labels that never overlap."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from living_article.display import palette, theme
from living_article.display.format import MINUS
from living_article.display.terms import singular
from living_article.statistics import nomogram as points
from living_article.statistics.cox import median_survival
from living_article.statistics.nomogram import MAX_POINTS, Nomogram
from living_article.study.model import Covariate, Endpoint

LINE, EXAMPLE = palette.LINE, palette.REFERENCE
LONGEST = 20  # characters in a line of a name left of the axes


@dataclass(frozen=True)
class Scale:
    """One axis: its name, the places of its labels from 0 to 1 across the figure, and whether these are levels."""

    name: str
    detail: str
    places: list[float]
    labels: list[str]
    levels: bool = False
    line: tuple[float, float] | None = None  # ends of the line; by default the outermost places
    example: float | None = None


def draw(
    nomogram: Nomogram,
    covariates: list[Covariate],
    endpoint: Endpoint,
    horizons: list[float],
    example: pd.DataFrame | None = None,
) -> Figure:
    """Draw the nomogram; ``example`` is one row of the design whose values are marked on every axis."""
    marked = points.points(nomogram, example).iloc[0] if example is not None else None
    upper = [_points_scale(), *(_term(nomogram, c, marked) for c in covariates)]
    lower = list(_totals(nomogram, endpoint, horizons, marked))
    number = len(upper) + len(lower)
    height = 0.52 * number + 0.5
    figure, axes = plt.subplots(figsize=(theme.WIDTH, height))
    figure.subplots_adjust(left=0.27, right=0.9, top=1 - 0.3 / height, bottom=0.1 / height)
    axes.set(xlim=(0, 1), ylim=(number - 0.4, -0.6))
    axes.axis("off")
    _guides(axes, upper[0].places, 0, len(upper) - 1)
    _guides(axes, lower[0].places, len(upper), number - 1)
    for place, scale in enumerate([*upper, *lower]):
        _draw_scale(axes, place, scale)
    axes.axhline(len(upper) - 0.43, xmin=-0.42, color=theme.NEUTRAL, linewidth=0.8, clip_on=False)
    if marked is not None:
        handle = axes.plot([], [], "o", color=EXAMPLE, markersize=6, label="Worked example")
        axes.legend(handles=handle, loc="lower right", bbox_to_anchor=(1.1, 1.0), fontsize=9.5, borderpad=0)
    return figure


def _points_scale() -> Scale:
    ticks = np.arange(0, MAX_POINTS + 1, 10)
    return Scale("Points", "for each value", list(ticks / MAX_POINTS), [f"{t:g}" for t in ticks])


def _term(nomogram: Nomogram, covariate: Covariate, marked: pd.Series | None) -> Scale:
    """Return the axis of one term: observed ends and round values between them, or its levels."""
    rows = nomogram.axes[nomogram.axes["term"] == covariate.id]
    labels = [f"{v:g}" for v in rows["value"]] if covariate.numeric else [covariate.levels[k] for k in rows["level"]]
    detail = (covariate.unit or "") if covariate.numeric else ""
    example = None if marked is None else float(marked[covariate.id]) / MAX_POINTS
    return Scale(
        covariate.label, detail, list(rows["points"] / MAX_POINTS), labels, not covariate.numeric, example=example
    )


def _totals(nomogram: Nomogram, endpoint: Endpoint, horizons: list[float], marked: pd.Series | None) -> Iterator[Scale]:
    """Yield total points, linear predictor, survival at each horizon and median survival.

    All are drawn over the totals that occur among the patients, not beyond.
    """
    totals = points.points(nomogram, nomogram.design.matrix)["total"]
    low, high = totals.min() - 1e-9, totals.max() + 1e-9
    step = points.ticks(0, high - low)[1]
    start, end = step * np.floor(low / step), step * np.ceil(high / step)

    def scale(name: str, detail: str, at, labels, ends: tuple[float, float] = (low, high)) -> Scale:
        kept = [(t, label) for t, label in zip(at, labels, strict=True) if ends[0] <= t <= ends[1]]
        given = [] if marked is None or not ends[0] <= marked["total"] <= ends[1] else [marked["total"]]
        parts = ([k[0] for k in kept], ends, given)
        places, line, example = ([float((t - start) / (end - start)) for t in part] for part in parts)
        return Scale(name, detail, places, [k[1] for k in kept], line=tuple(line), example=(*example, None)[0])

    ticks = np.arange(start, end + step / 2, step)
    yield scale("Total points", "sum of the points", ticks, [f"{t:g}" for t in ticks], (start, end))
    predictor = points.ticks(*points.linear_predictor(nomogram, np.array([low, high])), 12)[1:-1]
    labels = [f"{v:.10g}".replace("-", MINUS) for v in predictor]
    yield scale("Linear predictor", "log relative hazard", points.total_points(nomogram, predictor), labels)
    unit = singular(endpoint.unit)
    for horizon in horizons:
        axis = points.survival_axis(nomogram, horizon)
        labels = [f"{100 * s:g}" for s in axis["survival"]]
        yield scale(f"{horizon:g}-{unit} survival", f"{endpoint.short}, %", axis["total"], labels)
    medians = median_survival(nomogram.model, nomogram.design.matrix)["median"].dropna()
    if len(medians):
        axis = points.median_axis(nomogram, points.ticks(medians.min(), medians.max(), 12)[1:-1])
        reached = totals.iloc[medians.index]  # medians are numbered, totals keep the rows of the table
        labels = [f"{m:g}" for m in axis["median"]]
        ends = (reached.min(), reached.max())
        yield scale("Median survival", f"{endpoint.short}, {endpoint.unit}", axis["total"], labels, ends)


def _guides(axes: Axes, places: list[float], first: int, last: int) -> None:
    """Draw faint vertical lines, along which points are read off."""
    axes.vlines(places, first, last + 0.3, color=theme.FAINT, linewidth=0.6, zorder=0)


def _draw_scale(axes: Axes, place: int, scale: Scale) -> None:
    """Draw one axis with its name, line, ticks, labels and the mark of the example."""
    across = axes.get_yaxis_transform()
    lines = textwrap.wrap(scale.name, LONGEST, max_lines=2, placeholder="…")
    size, up, down = (10, 0.16, 0.2) if len(lines) == 1 else (9, 0.12, 0.33)
    up = up if scale.detail else 0.0
    name = "\n".join(lines)
    axes.text(-0.42, place - up, name, transform=across, va="center", fontsize=size, fontweight="bold")
    if scale.detail:
        axes.text(-0.42, place + down, scale.detail, transform=across, va="center", fontsize=9.5, color=theme.NEUTRAL)
    if ends := scale.line or scale.places:
        axes.hlines(place, min(ends), max(ends), color=LINE, linewidth=1.4)
    if scale.places:
        axes.vlines(scale.places, place, place + 0.1, color=LINE, linewidth=1.1)
        _labels(axes, place, scale)
    if scale.example is not None:
        axes.plot(scale.example, place, "o", color=EXAMPLE, markersize=6, zorder=5, clip_on=False)


def _labels(axes: Axes, place: int, scale: Scale) -> None:
    """Write the labels where they fit: numbers may be left out, ends first; levels look for a free side."""
    taken: list[Text] = []
    order = np.argsort(scale.places, kind="stable")
    if not scale.levels:
        ends = [order[0], order[-1]] if len(order) > 1 else [order[0]]
        for index in [*ends, *order[1:-1]]:
            _first_free(axes, place, scale.places[index], scale.labels[index], ("below",), taken, apart=4)
        return
    for index in order[::-1]:
        sides = (*("right",) * (not taken), *SIDES)
        if not _first_free(axes, place, scale.places[index], scale.labels[index], sides, taken, apart=1.5):
            break
    else:
        return
    for text in taken:  # too crowded: all levels in their order, right of the axis
        text.remove()
    listed = " · ".join(scale.labels[index] for index in order)
    _first_free(axes, place, max(scale.places), textwrap.fill(listed, 40), ("right", "below, to the left"), [], apart=0)


# Where a label may stand: horizontal and vertical alignment, and its offset from the tick in points.
POSITIONS = {
    "right": ("left", "center", (6, 0)),
    "below": ("center", "top", (0, -6.5)),
    "below, to the right": ("left", "top", (-3, -6.5)),
    "below, to the left": ("right", "top", (3, -6.5)),
    "above": ("center", "bottom", (0, 6.5)),
    "above, to the right": ("left", "bottom", (-3, 6.5)),
    "above, to the left": ("right", "bottom", (3, 6.5)),
}
SIDES = tuple(side for side in POSITIONS if side != "right")


def _first_free(axes: Axes, place: int, x: float, label: str, sides, taken: list[Text], *, apart: float) -> bool:
    """Write a label on the first side where it meets no other; return whether there is one."""
    for side in sides:
        across, along, offset = POSITIONS[side]
        text = axes.annotate(
            label, (x, place), xytext=offset, textcoords="offset points", ha=across, va=along, fontsize=9.5, color=LINE
        )
        if _free(axes, text, taken, apart):
            taken.append(text)
            return True
        text.remove()
    return False


def _free(axes: Axes, text: Text, taken: list[Text], apart: float) -> bool:
    """Return whether a label is this many pixels from all others and between the names and the edge of the figure."""
    renderer = axes.figure.canvas.get_renderer()
    box = text.get_window_extent(renderer)
    if box.x1 > axes.figure.bbox.x1 or box.x0 < axes.bbox.x0 - 0.03 * axes.bbox.width:
        return False
    return not any(box.padded(apart).overlaps(other.get_window_extent(renderer)) for other in taken)
