"""What a reader can look up in drawn survival curves: at each time the survival, its interval and who is at risk.

The numbers are those of the curves as drawn, formatted once, here; a page only looks them up (`read-curves.js`). They
travel inside the SVG (`svg_data`), so that they cannot part from the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.figure import Figure

from living_article.display import format, palette, theme
from living_article.display.figures.survival import AREA, shown_count, shown_curve, ticks
from living_article.statistics.disclosure import round_step
from living_article.statistics.kaplan_meier import StepCurve, risk_table, steps
from living_article.study.model import Arm, Arms, Endpoint


def curve_reading(
    drawing: Figure,
    arms: Arms,
    endpoint: Endpoint,
    curves: dict[str, StepCurve],
    *,
    interval: str,
    alpha: float,
    fewest: int = 0,
    told: Iterable[float] = (),
) -> dict[str, object]:
    """Return what can be read from a figure of `figures.survival.kaplan_meier`, given the same curves and options.

    Survival at t is that of the last of ``times`` at or before t. Without ``fewest``, at risk are those whose time is
    t or later, and events are counted up to t. With it, numbers at risk and events are those written below the figure,
    at the last of its ticks before t, and nothing else is in it than what is drawn.
    """
    shown = {arm.id: shown_curve(curves[arm.id], fewest, told) for arm in arms}
    step = round_step(max(curve.last for curve in shown.values()) / 1000)
    axes = drawing.axes[0]
    return {
        "area": AREA,
        "unit": endpoint.unit,
        "step": step,
        "decimals": max(0, -math.floor(math.log10(step))),
        "ticks": ticks(curves).tolist(),
        "x": [float(end) for end in axes.get_xlim()],
        "y": [float(end) for end in axes.get_ylim()],
        "level": format.level(alpha),
        "survival": endpoint.label,
        "countedAtTicks": bool(fewest),
        "arms": [
            _arm(arms, arm, curves[arm.id], shown[arm.id], ticks(curves), interval=interval, alpha=alpha, fewest=fewest)
            for arm in arms
        ],
    }


def _arm(
    arms: Arms,
    arm: Arm,
    exact: StepCurve,
    shown: StepCurve,
    written: np.ndarray,
    *,
    interval: str,
    alpha: float,
    fewest: int,
) -> dict[str, object]:
    """Return the steps and the counts of one arm."""
    drawn = steps(shown, interval=interval, conf_level=1 - alpha)
    counts = risk_table(exact, written) if fewest else risk_table(shown, drawn["time"])
    role = theme.role(arms, arm)

    def percent(value: float, *, bare: bool = False) -> str:
        return format.number(value, "proportion", bare=bare)

    return {
        "label": arm.label,
        "short": arm.short,
        "colour": palette.variable(theme.COLOURS[role]),
        "line": "solid" if theme.STYLES[role] == "-" else "dashed",
        "last": shown.last,
        "times": drawn["time"].tolist(),
        "survival": drawn["survival"].round(6).tolist(),
        "shown": [percent(value) for value in drawn["survival"]],
        "intervals": [
            "no interval" if math.isnan(row.low) else f"{percent(row.low, bare=True)} to {percent(row.high, bare=True)}"
            for row in drawn.itertuples()
        ],
        "atRisk": [shown_count(n, fewest) for n in counts["at_risk"]],
        "events": [shown_count(n, fewest) for n in counts["events"]],
    }
