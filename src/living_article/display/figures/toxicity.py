"""Two-sided plot of adverse events: incidence by arm on the left, risk difference with interval on the right."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from living_article.display import format, theme
from living_article.display.tables.toxicity import ANY
from living_article.records import Results
from living_article.study.model import Arms, ToxicityGroup


def two_sided(arms: Arms, groups: tuple[ToxicityGroup, ...], results: Results, alpha: float) -> Figure:
    """Draw one row an event, in bold one a system, any event last; rows run from the top."""
    rows = _rows(groups)
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(theme.WIDTH, 1.6 + 0.33 * len(rows)), sharey=True, width_ratios=(1, 1), layout="constrained"
    )
    for position, (term, _, total) in enumerate(rows):
        _incidence(left, arms, term, results, position)
        _difference(right, term, results, position, total)
    left.set(xlabel="Patients with the event", ylim=(len(rows) - 0.4, -0.6))
    left.set_xlim(left=0)
    left.set_yticks(range(len(rows)), [label for _, label, _ in rows], fontsize=9)
    for text, (_, _, total) in zip(left.get_yticklabels(), rows, strict=True):
        text.set_fontweight("bold" if total else "normal")
    right.axvline(0, color=theme.NEUTRAL, linewidth=1)
    right.set_xlabel(f"Difference, percentage points ({format.level(alpha)} CI)")
    right.tick_params(left=False)
    right.spines["left"].set_visible(False)
    widest = max(abs(end) for end in right.get_xlim())
    right.set_xlim(-widest, widest)
    left.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:.0f}%"))
    right.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:.0f}".replace("-", format.MINUS)))
    _sides(right, arms)
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=9)
    return figure


def _rows(groups: tuple[ToxicityGroup, ...]) -> list[tuple[str, str, bool]]:
    """Return term, label and whether it is a total, system by system, the total of a system first."""
    rows = []
    for group in groups:
        rows.append((group.id, group.label, True))
        rows += [(event, label, False) for event, label in group.events.items()]
    return [*rows, (ANY, "Any event", True)]


def _incidence(axes: Axes, arms: Arms, term: str, results: Results, row: int) -> None:
    records = [(arm, results.one("incidence", group=arm.id, term=term)) for arm in arms]
    axes.axhline(row, color=theme.FAINT, linewidth=0.6, zorder=0)
    ends = [record.value for _, record in records]
    if None not in ends:
        axes.plot(ends, [row, row], color=theme.NEUTRAL, linewidth=1, zorder=1)
    for arm, record in records:
        if record.value is None:
            continue
        role = theme.role(arms, arm)
        # Markers of one row may coincide: the first arm's is drawn larger and below, so that both are seen.
        size = 9 if role == "treated" else 5.5
        axes.plot(
            record.value, row, theme.MARKERS[role], color=theme.COLOURS[role], markersize=size, linestyle="none",
            label=arm.label if row == 0 else None, zorder=2 if role == "treated" else 3, clip_on=False,
        )  # fmt: skip


def _difference(axes: Axes, term: str, results: Results, row: int, total: bool) -> None:
    record = results.one("incidence_difference", term=term)
    axes.axhline(row, color=theme.FAINT, linewidth=0.6, zorder=0)
    if record.value is None:
        return
    axes.plot([record.low, record.high], [row, row], color="black", linewidth=2 if total else 1.2, zorder=2)
    axes.plot(record.value, row, "D" if total else "o", color="black", markersize=6 if total else 4.5, zorder=3)


def _sides(axes: Axes, arms: Arms) -> None:
    """Say on each side of zero which arm has fewer events there."""
    for x, arm, align in ((0.02, arms.treated, "left"), (0.98, arms.reference, "right")):
        axes.text(
            x, 1.01, f"Fewer with\n{arm.short}", transform=axes.transAxes, ha=align, va="bottom", fontsize=9,
            color=theme.COLOURS[theme.role(arms, arm)],
        )  # fmt: skip
