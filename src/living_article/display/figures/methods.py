"""The patient flow: boxes drawn from the very counts that the analysis is left with after each rule."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from living_article.display import format, palette, theme, words
from living_article.patients.cohort import Step
from living_article.records import Results
from living_article.study.model import Arms

_LINE = 0.42  # height of a line of text, in the units of the drawing


def flow_lines(step: Step, results: Results) -> list[str]:
    """Return the lines of one box of the stem: the rule, who remains, who was left out by it."""
    lines = [step.label, words.counted(results.one("remaining", group=None, term=step.id), "patient")]
    if left_out := results.select("left_out", group=None, term=step.id):
        lines[1] += f" ({format.counted(left_out[0])} left out)"
    return lines


def patient_flow(
    arms: Arms,
    flow: tuple[Step, ...],
    results: Results,
    analysed: dict[str, list[str]],
    external: list[str] | None = None,
) -> Figure:
    """Draw the stem of rules, the two arms with what is analysed in each, and the external cohort if there is one.

    Parameters
    ----------
    arms, flow, results
        The arms, the steps of `Cohort.flow`, and the records of who remains and is left out after each.
    analysed
        Lines of text for the last box of each arm, keyed by arm id.
    external
        Lines of text for the box of the external cohort.
    """
    stem = [flow_lines(step, results) for step in flow]
    last = {arm.id: results.one("remaining", group=arm.id, term=flow[-1].id) for arm in arms}
    heads = {arm.id: [arm.label, words.counted(last[arm.id], "patient")] for arm in arms}
    longest = max(len(lines) for lines in analysed.values())
    height = sum(len(lines) * _LINE + 0.75 for lines in stem) + 2 * _LINE + 1.5 + longest * _LINE + 0.4
    height += len(external) * _LINE + 0.9 if external else 0
    figure, axes = plt.subplots(figsize=(theme.WIDTH, height * 0.62))
    axes.set(xlim=(0, 10), ylim=(-height, 0.05))
    axes.axis("off")
    top = 0.0
    for position, lines in enumerate(stem):
        bottom = _box(axes, 5, top, 5.4, lines, palette.FILL)
        if position < len(stem) - 1:
            _arrow(axes, (5, bottom), (5, bottom - 0.45))
            top = bottom - 0.45
    for arm, x in zip(arms, (2.45, 7.55), strict=True):
        colour = theme.COLOURS[theme.role(arms, arm)]
        _arrow(axes, (5, bottom), (x, bottom - 0.7))
        low = _box(axes, x, bottom - 0.7, 4.6, heads[arm.id], "white", edge=colour, bold=True)
        _arrow(axes, (x, low), (x, low - 0.45))
        end = _box(axes, x, low - 0.45, 4.6, analysed[arm.id], "white", edge=colour)
    if external:
        _box(axes, 5, end - 0.6, 7.2, external, "white", edge=theme.NEUTRAL, dashed=True)
    return figure


def _box(
    axes: Axes,
    x: float,
    top: float,
    width: float,
    lines: list[str],
    fill: str,
    *,
    edge: str = theme.NEUTRAL,
    bold: bool = False,
    dashed: bool = False,
) -> float:
    """Draw a box of text below ``top`` and return where it ends."""
    height = len(lines) * _LINE + 0.3
    style = {"facecolor": fill, "edgecolor": edge, "linewidth": 1.4, "linestyle": "--" if dashed else "-"}
    axes.add_patch(plt.Rectangle((x - width / 2, top - height), width, height, **style))
    for number, line in enumerate(lines):
        weight = "bold" if number == 0 and (bold or fill != "white") else "normal"
        y = top - 0.15 - _LINE * (number + 0.5)
        axes.text(x, y, line, ha="center", va="center", fontsize=10, fontweight=weight)
    return top - height


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": theme.NEUTRAL, "shrinkA": 0, "shrinkB": 0})
