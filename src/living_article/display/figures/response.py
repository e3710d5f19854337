"""Figures of the response section: waterfall of changes, diameters before and after."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from living_article.display import format, theme
from living_article.records import Results
from living_article.statistics.response import Criteria
from living_article.study.model import Arm, Arms, Lesion, Response

HATCHES = ("", "//", "", "..")
ABOVE = 1.0
"""Growth beyond 100% is cut off and marked: one patient would flatten all the others."""


def waterfall(arms: Arms, response: Response, patients: pd.DataFrame, choice: Criteria | None) -> Figure:
    """Draw one bar a patient, worst on the left, one panel an arm, with the limits of the criteria.

    ``patients`` has columns arm, change (fraction of the diameter before treatment), response and new (a new lesion).
    """
    widths = [max(int((patients["arm"] == arm.id).sum()), 5) for arm in arms]
    figure, panels = plt.subplots(
        1, 2, figsize=(theme.WIDTH, 4.4), sharey=True, width_ratios=widths, layout="constrained"
    )
    for axes, arm in zip(panels, arms, strict=True):
        _bars(axes, response, patients[patients["arm"] == arm.id], theme.COLOURS[theme.role(arms, arm)])
        axes.set_title(arm.short, fontsize=10.5)
        axes.axhline(0, color="black", linewidth=0.8)
        for limit in _limits(choice):
            axes.axhline(limit, color=theme.NEUTRAL, linestyle=":", linewidth=1)
        axes.set_xticks([])
    panels[0].set_ylabel("Change of diameter")
    panels[0].yaxis.set_major_formatter(FuncFormatter(_percent))
    low = min(patients["change"].min(), 0.0) if len(patients) else -1.0
    high = min(max(patients["change"].max() if len(patients) else 0.0, 0.25), ABOVE)
    panels[0].set_ylim(low - 0.06, high + 0.12)
    _legend(figure, response, patients, choice)
    return figure


def _percent(y: float, _position: int) -> str:
    return f"{100 * y:+.0f}%".replace("-", format.MINUS) if round(100 * y) else "0%"


def _limits(choice: Criteria | None) -> list[float]:
    """Return the limits as changes of one diameter: those of a product are its square roots."""
    if choice is None:
        return []
    return [(1 - choice.shrink) ** (1 / choice.dimension) - 1, (1 + choice.grow) ** (1 / choice.dimension) - 1]


def _bars(axes: Axes, response: Response, patients: pd.DataFrame, colour: str) -> None:
    ordered = patients.sort_values("change", ascending=False, kind="stable").reset_index(drop=True)
    for number, level in enumerate(response.levels):
        chosen = ordered[ordered["response"] == level]
        axes.bar(
            chosen.index, chosen["change"].clip(upper=ABOVE), width=0.82, color=_colour(number),
            hatch=HATCHES[number % len(HATCHES)], edgecolor="white", linewidth=0,
        )  # fmt: skip
    new = ordered[ordered["new"]]
    axes.plot(new.index, new["change"].clip(0, ABOVE) + 0.035, "v", color="black", markersize=3.5, clip_on=False)
    cut = ordered[ordered["change"] > ABOVE]
    axes.plot(cut.index, [ABOVE + 0.09] * len(cut), "^", color=theme.NEUTRAL, markersize=4)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(f"{len(ordered)} patients", color=colour)


def _colour(number: int) -> str:
    return theme.SEQUENCE[number % len(theme.SEQUENCE)]


def _legend(figure: Figure, response: Response, patients: pd.DataFrame, choice: Criteria | None) -> None:
    handles = [
        Patch(facecolor=_colour(n), hatch=HATCHES[n % len(HATCHES)], edgecolor="white", linewidth=0, label=label)
        for n, label in enumerate(response.levels.values())
    ]
    if patients["new"].any():
        handles.append(Line2D([], [], marker="v", color="black", linestyle="none", markersize=4, label="New lesion"))
    if (patients["change"] > ABOVE).any():
        handles.append(
            Line2D([], [], marker="^", color=theme.NEUTRAL, linestyle="none", markersize=4, label="Beyond +100%")
        )
    if choice:
        handles.append(Line2D([], [], color=theme.NEUTRAL, linestyle=":", label="Limits of the criteria"))
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=9)


def diameters(
    arms: Arms, lesions: list[Lesion], patients: dict[str, pd.DataFrame], results: Results, *, lines: bool = True
) -> Figure:
    """Draw one panel a lesion, lettered A, B, …: each patient before and after treatment, and the means with interval.

    ``patients`` maps an arm to its rows; tests and means come from the records. Without ``lines`` no single patient
    is drawn.
    """
    figure, panels = plt.subplots(1, len(lesions), figsize=(theme.WIDTH, 4.6), squeeze=False, layout="constrained")
    for letter, axes, lesion in zip("ABCDEFGH", panels[0], lesions, strict=False):
        for position, arm in enumerate(arms):
            _pairs(axes, arms, arm, lesion, patients[arm.id] if lines else None, results, 2.6 * position)
        top = max(_top(arm, lesion, patients[arm.id] if lines else None, results) for arm in arms)
        _between(axes, lesion, results, top)
        axes.set_title(f"{letter}  {lesion.label}", loc="left", fontsize=10.5, fontweight="bold")
        axes.set(ylabel=f"Maximum diameter ({lesion.unit})", xlim=(-0.6, 4.2), ylim=(0, 1.38 * top))
        axes.set_xticks([0, 1, 2.6, 3.6], ["before", "after"] * 2, fontsize=9)
        axes.spines["left"].set_bounds(0, 1.05 * top)
        axes.set_yticks([tick for tick in axes.get_yticks() if tick <= 1.05 * top])
    handles = [
        Line2D([], [], color=theme.COLOURS[theme.role(arms, arm)], marker=theme.MARKERS[theme.role(arms, arm)],
               linestyle=theme.STYLES[theme.role(arms, arm)], label=arm.label)
        for arm in arms
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=9)
    return figure


def _top(arm: Arm, lesion: Lesion, patients: pd.DataFrame | None, results: Results) -> float:
    """Return the largest diameter drawn: of a patient, or the largest upper limit of a mean without patients."""
    if patients is not None:
        return float(np.nanmax([patients[[lesion.before, lesion.after]].max().max(), 0.0]))
    means = [results.one("diameter_mean", group=arm.id, term=f"{lesion.id}:{time}") for time in ("before", "after")]
    return max(mean.number if mean.high is None else mean.high for mean in means)


def _pairs(
    axes: Axes, arms: Arms, arm: Arm, lesion: Lesion, patients: pd.DataFrame | None, results: Results, left: float
) -> None:
    role = theme.role(arms, arm)
    colour = theme.COLOURS[role]
    if patients is not None:
        pairs = patients[[lesion.before, lesion.after]].dropna().to_numpy().T
        axes.plot(np.array([left, left + 1]), pairs, color=colour, linewidth=0.6, alpha=0.28)
    means = [results.one("diameter_mean", group=arm.id, term=f"{lesion.id}:{time}") for time in ("before", "after")]
    values = np.array([record.value for record in means])
    ends = np.array([[record.low, record.high] for record in means], dtype=float)
    axes.errorbar(
        [left, left + 1], values, yerr=np.abs(ends.T - values), color=colour, marker=theme.MARKERS[role], markersize=7,
        linestyle=theme.STYLES[role], linewidth=2.2, capsize=4, markeredgecolor="white", zorder=4,
    )  # fmt: skip
    test = results.one("diameter_paired", group=arm.id, term=lesion.id)
    text = "not tested" if test.p is None else format.p_equals(test.p)
    top = _top(arm, lesion, patients, results)
    axes.text(left + 0.5, top * 1.03, text, ha="center", va="bottom", fontsize=9, color=colour)


def _between(axes: Axes, lesion: Lesion, results: Results, top: float) -> None:
    """Bracket the two arms before and after treatment with the P value between them."""
    for time, left, height in (("before", 0.0, 1.14), ("after", 1.0, 1.26)):
        test = results.one("diameter_test", term=f"{lesion.id}:{time}")
        text = "not tested" if test.p is None else format.p_equals(test.p)
        y = height * top
        axes.plot([left, left, left + 2.6, left + 2.6], [y - 0.015 * top, y, y, y - 0.015 * top], color="black", lw=0.9)
        axes.text(left + 1.3, y + 0.008 * top, f"{time}: {text}", ha="center", va="bottom", fontsize=9)
