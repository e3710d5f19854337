"""Figures of the regression section: hazard ratios on a log axis, and how each coefficient changes with time."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from living_article.display import format, palette, theme
from living_article.display.terms import Printed, Row
from living_article.records import Record, Results
from living_article.statistics.disclosure import round_step
from living_article.statistics.zph import ProportionalHazards, smooth
from living_article.study.model import Covariate, Endpoint

COMPUTED, PRINTED = palette.TREATED, palette.PRINTED
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
FINE = (0.5, 0.7, 1, 1.5, 2, 3, 4, 5)
LONGEST = 29  # characters of a label left of the axis
WIDEST = 30.0  # intervals are drawn to this hazard ratio, or its inverse, and end in an arrow beyond


def forest(
    rows: list[Row], endpoint: Endpoint, results: Results, printed: dict[str, Printed], *, alpha: float
) -> Figure:
    """Draw the adjusted hazard ratio of each row, and below it the printed one where there is one."""
    height = 1.0 + 0.58 * len(rows)
    figure, axes = plt.subplots(figsize=(theme.WIDTH, height))
    figure.subplots_adjust(left=0.30, right=0.70, top=1 - 0.4 / height, bottom=0.6 / height)
    records = [results.one("hr_multivariable", endpoint=endpoint.id, term=row.term) for row in rows]
    limits = _limits(records, list(printed.values()))
    for place, (row, record) in enumerate(zip(rows, records, strict=True)):
        _names(axes, place, row)
        beside = printed.get(row.term)
        computed = (record.value, record.low, record.high)
        _interval(axes, place - (0.15 if beside else 0), computed, limits, COMPUTED, "o", "Computed here")
        note = format.cell(record) if record.value is not None else (record.note or "").split(":")[0]
        _text(axes, place - (0.15 if beside else 0), note, COMPUTED)
        if beside:
            numbers = tuple(beside[q].number if q in beside else None for q in QUANTITIES)
            _interval(axes, place + 0.2, numbers, limits, PRINTED, "s", "Printed in the article")
            _text(axes, place + 0.2, printed_cell(beside), PRINTED)
    _dress(axes, len(rows), limits, endpoint, alpha)
    return figure


QUANTITIES = ("hazard ratio", "confidence limit, lower", "confidence limit, upper")


def printed_cell(printed: Printed) -> str:
    """Return ``0.632 (0.456 to 0.879)`` from the printed strings."""
    value, low, high = (printed[q].printed if q in printed else "–" for q in QUANTITIES)
    return f"{value} ({low} to {high})"


def _limits(records: list[Record], printed: list[Printed]) -> tuple[float, float]:
    """Return the ends of the axis: all finite limits, but no further than ``WIDEST``."""
    ends = [end for r in records for end in (r.value, r.low, r.high) if end is not None]
    ends += [p[q].number for p in printed for q in QUANTITIES if q in p]
    ends = [end for end in ends if end and end > 0] or [1.0]
    return max(min(*ends, 0.8) / 1.15, 1 / WIDEST), min(max(*ends, 1.25) * 1.15, WIDEST)


def _names(axes: Axes, place: float, row: Row) -> None:
    """Write the covariate, and below it the contrast, left of the axis."""
    across = axes.get_yaxis_transform()
    contrast = row.contrast if len(row.contrast) <= LONGEST else row.contrast.replace(" vs ", "\nvs ")
    shift = 0.0 if "\n" in contrast else 0.06
    label = textwrap.shorten(row.covariate.label, LONGEST, placeholder="…")
    axes.text(-0.73, place - 0.38 + shift, label, transform=across, va="top", fontsize=10, fontweight="bold")
    axes.text(
        -0.73, place - 0.02 + shift, contrast, transform=across, va="top", fontsize=9.5, color=theme.NEUTRAL,
        linespacing=1.0,
    )  # fmt: skip


def _text(axes: Axes, place: float, text: str, colour: str) -> None:
    axes.text(1.03, place, text, transform=axes.get_yaxis_transform(), va="center", fontsize=9.5, color=colour)


def _interval(axes: Axes, place: float, numbers: tuple, limits: tuple[float, float], colour, marker, label) -> None:
    """Draw estimate and interval; an end outside the axis becomes an arrow head."""
    value, low, high = numbers
    if value is None:
        return
    low, high = low if low is not None else value, high if high is not None else value
    inside = [min(max(end, limits[0]), limits[1]) for end in (low, high)]
    axes.plot(inside, [place, place], color=colour, linewidth=1.8, solid_capstyle="butt")
    for end, head in ((low, "<"), (high, ">")):
        if not limits[0] <= end <= limits[1]:
            axes.plot(
                min(max(end, limits[0]), limits[1]), place, marker=head, color=colour, markersize=6, clip_on=False
            )
    if limits[0] <= value <= limits[1]:
        face = colour if marker == "o" else "white"
        axes.plot(value, place, marker, color=colour, markerfacecolor=face, markersize=6.5, label=label)


def _dress(axes: Axes, number: int, limits: tuple[float, float], endpoint: Endpoint, alpha: float) -> None:
    """Set the log axis, the line at 1 and the legend, each entry once."""
    axes.set_xscale("log")
    axes.set(xlim=limits, ylim=(number - 0.45, -0.55))
    ticks = FINE if limits[1] / limits[0] < 12 else TICKS
    axes.xaxis.set_major_locator(FixedLocator([t for t in ticks if limits[0] <= t <= limits[1]]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.axvline(1, color=theme.NEUTRAL, linewidth=1, linestyle=":", zorder=0)
    for place in range(1, number):
        axes.axhline(place - 0.5, xmin=-0.73, xmax=1.75, color=theme.FAINT, linewidth=0.6, clip_on=False, zorder=0)
    axes.set_xlabel(f"Hazard ratio of {endpoint.event_label}, {format.level(alpha)} CI (log axis)")
    handles = {label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    if len(handles) > 1:
        axes.legend(
            handles.values(), handles.keys(), loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, fontsize=9.5
        )


def schoenfeld(
    check: ProportionalHazards,
    terms: list[Covariate],
    endpoint: Endpoint,
    results: Results,
    *,
    columns: int = 3,
    points: bool = True,
) -> Figure:
    """Draw scaled Schoenfeld residuals with their smooth for each term; level lines mean proportional hazards.

    Without ``points`` only the smooths are drawn, since each point is one event.
    """
    lines = -(-len(terms) // columns)
    figure, panels = plt.subplots(
        lines, columns, figsize=(theme.WIDTH, 2.15 * lines + 0.35), layout="constrained", squeeze=False, sharex=True
    )
    ticks = _time_ticks(check, rounded=not points)
    for axes, covariate in zip(panels.flat, terms, strict=False):
        _residuals(axes, check, covariate, endpoint, results, points)
        axes.xaxis.set_major_locator(FixedLocator(list(ticks)))
        axes.set_xticklabels([f"{time:g}" for time in ticks.values()])
        axes.tick_params(labelbottom=True, labelsize=9)
    for axes in panels.flat[len(terms) :]:
        axes.remove()
    figure.supxlabel(f"{endpoint.unit.capitalize()} (spaced as on the Kaplan–Meier scale)", fontsize=10)
    figure.supylabel("Coefficient over time", fontsize=10)
    return figure


def _residuals(
    axes: Axes, check: ProportionalHazards, covariate: Covariate, endpoint: Endpoint, results: Results, dots: bool
) -> None:
    """Draw one term; the axis covers the middle of the residuals, so that the smooth can be read."""
    drawn = smooth(check, covariate.id)
    points = check.residuals[covariate.id]
    axes.fill_between(drawn["x"], drawn["low"], drawn["high"], color=COMPUTED, alpha=0.15, linewidth=0)
    if dots:
        axes.plot(check.residuals["x"], points, "o", color=theme.NEUTRAL, markersize=2.5, alpha=0.6)
    axes.plot(drawn["x"], drawn["value"], color=COMPUTED)
    axes.axhline(points.mean(), color=PRINTED, linewidth=1.2, linestyle=(0, (5, 2)))
    low, high = np.quantile(points, (0.02, 0.98)) if dots else (points.mean(), points.mean())
    span = (min(low, *drawn["low"]), max(high, *drawn["high"])) if len(drawn) else (low, high)
    margin = 0.05 * (span[1] - span[0]) or 1.0
    axes.set_ylim(span[0] - margin, span[1] + margin)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    test = results.one("zph", endpoint=endpoint.id, term=covariate.id)
    title = "\n".join(textwrap.wrap(covariate.label, 24))
    axes.set_title(f"{title}\n{'not tested' if test.p is None else format.p_equals(test.p)}", fontsize=9.5)


def _time_ticks(check: ProportionalHazards, *, rounded: bool) -> dict[float, float]:
    """Return transformed → real time for three or four ticks, at death times spread over the axis or at round times."""
    time, x = check.residuals["time"].to_numpy(), check.residuals["x"].to_numpy()
    step = 1.0 if time.max() > 8 else 0.1
    step = round_step(time.max() / 50) if rounded else step
    ticks = {}
    number = 4 if time.max() < 100 else 3  # as many as their labels leave room for
    for wanted in np.linspace(x.min(), x.max(), number + 2)[1:-1]:
        near = round(float(np.interp(wanted, x, time)) / step) * step
        ticks[float(np.interp(near, time, x))] = near
    return ticks
