"""Kaplan-Meier figures: curves with band, censoring ticks and medians above an aligned table of numbers at risk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, LogLocator, NullFormatter, PercentFormatter

from living_article.display import format, theme
from living_article.records import Results
from living_article.statistics.disclosure import coarse_curve, round_step
from living_article.statistics.kaplan_meier import StepCurve, risk_table, steps
from living_article.study.model import Arm, Arms, Endpoint

AREA = "curve-area"
"""The id, in the SVG, of the rectangle between the axes, from which a page reads times and probabilities."""


def number(position: int) -> str:
    """Return the number of the figure of the endpoint in this position: 2, 3, then 3b, 3c, …

    >>> [number(position) for position in range(4)]
    ['2', '3', '3b', '3c']
    """
    return str(2 + position) if position < 2 else f"3{chr(ord('a') + position - 1)}"


def kaplan_meier(
    arms: Arms,
    endpoint: Endpoint,
    curves: dict[str, StepCurve],
    results: Results,
    *,
    interval: str,
    alpha: float,
    fewest: int = 0,
    told: Iterable[float] = (),
) -> Figure:
    """Draw both arms' curves (keyed by arm id) with everything a reader of a survival plot expects.

    With ``fewest``, the curves have coarse steps and no censored times, and smaller numbers at risk are not shown;
    ``told`` are times at which survival is told elsewhere.
    """
    figure, (axes, table) = plt.subplots(
        2, 1, figsize=(theme.NARROW, 5.6), height_ratios=(3.6, 1), sharex=True,
        layout=ConstrainedLayoutEngine(h_pad=0.02),
    )  # fmt: skip
    for arm in arms:
        _curve(axes, arms, arm, shown_curve(curves[arm.id], fewest, told), interval=interval, alpha=alpha)
    _medians(axes, arms, endpoint, results)
    axes.set(ylim=(0, 1.03), xlim=(0, None), ylabel=f"{endpoint.label} probability")
    axes.patch.set_gid(AREA)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.tick_params(labelbottom=True)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0.2, title=_comparison(endpoint, results, alpha),
        title_fontsize=9.5, alignment="left",
    )  # fmt: skip
    times = ticks(curves)
    axes.xaxis.set_major_locator(FixedLocator(times))
    axes.set_xlabel(f"Time, {endpoint.unit}")
    _risk(table, arms, curves, times, fewest)
    return figure


def shown_curve(curve: StepCurve, fewest: int, told: Iterable[float] = ()) -> StepCurve:
    """Return the curve as it is drawn: with coarse steps where one of few patients must not be made out."""
    return coarse_curve(curve, fewest, told) if fewest else curve


def shown_count(number: float, fewest: int) -> str:
    """Return a number of patients, or to the nearest multiple of ``fewest`` and ``< 5`` for a smaller one.

    Unrounded, differences between neighbours would tell how few had an event, or were censored, in between.

    >>> shown_count(12, 5), shown_count(13, 5), shown_count(3, 5), shown_count(0, 5), shown_count(3, 0)
    ('10', '15', '< 5', '0', '3')
    """
    if 0 < number < fewest:
        return f"< {fewest}"
    return format.count(round(number / fewest) * fewest if fewest else int(number))


def ticks(curves: dict[str, StepCurve]) -> np.ndarray:
    """Return the times at which numbers at risk are written: at most six, from 0, round."""
    longest = max(curve.last for curve in curves.values())
    return np.arange(0, longest + 1e-9, tick(longest))


def tick(longest: float) -> float:
    """Return a round distance of ticks of which at most six fit into the longest time."""
    for distance in (1, 2, 3, 6, 12, 24, 60, 100, 200, 365, 500, 1000):
        if longest / distance <= 5.6:
            return distance
    return round_step(longest / 5.6)


def _curve(axes: Axes, arms: Arms, arm: Arm, curve: StepCurve, *, interval: str, alpha: float) -> None:
    """Draw one arm: step curve, confidence band, ticks where patients are censored."""
    role = theme.role(arms, arm)
    colour = theme.COLOURS[role]
    drawn = steps(curve, interval=interval, conf_level=1 - alpha)
    axes.step(
        drawn["time"], drawn["survival"], where="post", color=colour, linestyle=theme.STYLES[role], label=arm.label
    )
    band = drawn.dropna(subset=["low", "high"])
    axes.fill_between(band["time"], band["low"], band["high"], step="post", color=colour, alpha=0.14, linewidth=0)
    censored = drawn[drawn["censored"] > 0]
    axes.plot(censored["time"], censored["survival"], "|", color=colour, markersize=8, markeredgewidth=1.2)


def _medians(axes: Axes, arms: Arms, endpoint: Endpoint, results: Results) -> None:
    """Drop a line from one half to the time axis at each median that is reached."""
    for arm in arms:
        middle = results.one("median", endpoint=endpoint.id, group=arm.id).value
        if middle is None:
            continue
        colour = theme.COLOURS[theme.role(arms, arm)]
        axes.plot([0, middle], [0.5, 0.5], color=theme.NEUTRAL, linewidth=0.8, linestyle=":", zorder=0)
        axes.plot([middle, middle], [0, 0.5], color=colour, linewidth=1, linestyle=":")
        treated = arm.id == arms.treated.id
        axes.annotate(
            format.number(middle, endpoint.unit, bare=True),
            (middle, 0.015),
            xytext=(4 if treated else -4, 0),
            textcoords="offset points",
            ha="left" if treated else "right",
            color=colour,
            fontsize=9,
        )


def _comparison(endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Return hazard ratio and log-rank P value, a line each, as far as there are any."""
    lines = []
    ratio = results.one("hazard_ratio", endpoint=endpoint.id)
    if ratio.value is not None:
        value = format.number(ratio.value, ratio.unit)
        lines.append(f"Hazard ratio {value} ({format.level(alpha)} CI {format.limits(ratio)})")
    test = results.one("logrank", endpoint=endpoint.id)
    if test.p is not None:
        lines.append(f"Log-rank {format.p_equals(test.p)}")
    return "\n".join(lines)


def _risk(axes: Axes, arms: Arms, curves: dict[str, StepCurve], times: np.ndarray, fewest: int) -> None:
    """Write numbers at risk, with cumulative events in brackets, below the ticks they belong to."""
    axes.set_ylim(4.5, -0.5)
    axes.axis("off")
    left = axes.get_yaxis_transform()
    title = f"At risk (events), to the nearest {fewest}" if fewest else "At risk (events)"
    axes.text(0, 0, title, transform=left, fontsize=9.5, fontweight="bold", ha="left", va="center")
    for row, arm in enumerate(arms):
        counts = risk_table(curves[arm.id], times)
        style = {"va": "center", "fontsize": 9.5, "color": theme.COLOURS[theme.role(arms, arm)]}
        axes.text(0, 2 * row + 1, arm.label, transform=left, ha="left", **style)
        for count in counts.itertuples():
            text = f"{shown_count(count.at_risk, fewest)} ({shown_count(count.events, fewest)})"
            axes.text(count.time, 2 * row + 2, text, ha="center", **style)


def log_log(
    arms: Arms,
    endpoints: list[Endpoint],
    curves: dict[tuple[str, str], StepCurve],
    *,
    fewest: int = 0,
    told: Mapping[str, Iterable[float]] | None = None,
) -> Figure:
    """Draw log(−log S) against log time for each endpoint: parallel curves speak for proportional hazards."""
    figure, panels = plt.subplots(1, len(endpoints), figsize=(theme.WIDTH, 3.6), layout="constrained", squeeze=False)
    for axes, endpoint in zip(panels[0], endpoints, strict=True):
        for arm in arms:
            curve = shown_curve(curves[endpoint.id, arm.id], fewest, (told or {}).get(endpoint.id, ()))
            shown = (curve.survival > 0) & (curve.survival < 1) & (curve.time > 0)
            role = theme.role(arms, arm)
            axes.step(
                curve.time[shown],
                np.log(-np.log(curve.survival[shown])),
                where="post",
                color=theme.COLOURS[role],
                linestyle=theme.STYLES[role],
                label=arm.short,
            )
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set(xlabel=f"{endpoint.unit.capitalize()} (log scale)", ylabel="log(−log S(t))", title=endpoint.label)
    panels[0][0].legend(loc="lower right", fontsize=9)
    return figure
