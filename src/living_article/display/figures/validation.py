"""Validation figures: calibration and decision curve at each horizon, interventions avoided, bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import PercentFormatter

from living_article.display import format, theme, words
from living_article.records import Record, Results
from living_article.statistics.decision_curve import useful_range
from living_article.study.model import Endpoint

_MODEL, _ALL = theme.COLOURS["treated"], theme.COLOURS["reference"]


@dataclass(frozen=True)
class Panel:
    """What is drawn for one horizon of one cohort.

    ``risk`` (n,) predicted risks; ``groups`` as by `calibration.grouped`; ``smooth`` the apparent curve
    (predicted, observed, low, high) and ``corrected`` the optimism-corrected one (predicted, corrected), either may be
    empty; ``benefit`` as by `decision_curve.net_benefit`, with a column ``corrected`` if its optimism is known, and
    ``band`` the limits of the apparent one (threshold, low, high).
    """

    horizon: float
    risk: np.ndarray
    groups: pd.DataFrame
    smooth: pd.DataFrame
    corrected: pd.DataFrame
    benefit: pd.DataFrame
    band: pd.DataFrame


def panels(
    horizons: Sequence[float],
    risk: dict[float, np.ndarray],
    groups: dict[float, pd.DataFrame],
    curves: dict[float, pd.DataFrame],
    benefits: dict[float, pd.DataFrame],
    bands: dict[float, pd.DataFrame],
    corrected: dict[float, pd.DataFrame] | None = None,
) -> list[Panel]:
    """Put together what is drawn for each horizon; ``corrected`` is left out for a cohort without resampling."""
    nothing = pd.DataFrame(columns=["predicted", "corrected"], dtype=float)
    return [
        Panel(h, risk[h], groups[h], curves[h], (corrected or {}).get(h, nothing), benefits[h], bands[h])
        for h in horizons
    ]


def validation(
    panels: Sequence[Panel], endpoint: Endpoint, results: Results, *, external: bool, rug: bool = True
) -> Figure:
    """Draw one row a horizon: calibration on the left, decision curve on the right.

    Without ``rug`` the predicted risks of single patients are left out.
    """
    # a title keeps its distance from the ticks of the row above
    layout, size = ConstrainedLayoutEngine(h_pad=0.09), (theme.WIDTH, 3.35 * len(panels) + 0.55)
    figure, grid = plt.subplots(len(panels), 2, figsize=size, layout=layout, squeeze=False)
    for panel, (left, right) in zip(panels, grid, strict=True):
        _calibration(left, panel, _shown_groups(panel, results, external=external), rug)
        _annotate(left, panel.horizon, results, external=external)
        left.set_title(f"Calibration at {panel.horizon:g} {endpoint.unit}")
        _decision(right, panel)
        right.set_title(f"Net benefit at {panel.horizon:g} {endpoint.unit}")
    for axes, about in ((grid[-1][0], "Predicted risk"), (grid[-1][1], "Threshold probability")):
        axes.set_xlabel(f"{about} of {endpoint.event_label}")
    known: dict[str, object] = {}
    for axes in grid.ravel():
        known |= {label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(known.values(), known.keys(), loc="outside lower center", ncols=3, fontsize=9)
    return figure


def _shown_groups(panel: Panel, results: Results, *, external: bool) -> pd.DataFrame:
    """Return the risk groups whose observed risk is not hidden in the records, as few events follow from it."""
    name = f"{'external_' if external else ''}group_observed"
    hidden = {r.group for r in results.select(name, horizon=panel.horizon) if r.value is None}
    return panel.groups[~panel.groups["group"].astype(str).isin(hidden)].dropna(subset=["observed"])


def _calibration(axes: Axes, panel: Panel, known: pd.DataFrame, rug: bool) -> None:
    """Draw the ideal line, both curves, the known groups with their intervals and the predicted risks as a rug."""
    axes.plot([0, 1], [0, 1], color=theme.NEUTRAL, linewidth=1, linestyle=":", label="Ideal")
    corrected = not panel.corrected.empty
    if not panel.smooth.empty:
        drawn = panel.smooth
        axes.fill_between(drawn["predicted"], drawn["low"], drawn["high"], color=_MODEL, alpha=0.13, linewidth=0)
        style = {"color": theme.SEQUENCE[1], "linestyle": (0, (4, 2))} if corrected else {"color": _MODEL}
        axes.plot(drawn["predicted"], drawn["observed"], **style, label="Apparent" if corrected else "Smooth curve")
    if corrected:
        axes.plot(
            panel.corrected["predicted"], panel.corrected["corrected"], color=_MODEL, label="Corrected for optimism"
        )
    whole = known.dropna(subset=["low", "high"])
    limits = [whole["observed"] - whole["low"], whole["high"] - whole["observed"]]
    black = {"color": "black", "linestyle": "none"}
    axes.errorbar(whole["predicted"], whole["observed"], np.clip(limits, 0, None), **black, elinewidth=1, capsize=2)
    axes.plot(known["predicted"], known["observed"], "o", **black, markersize=4.5, label="Risk groups (Kaplan–Meier)")
    if rug:
        axes.plot(panel.risk, np.full(len(panel.risk), -0.045), "|", color=theme.NEUTRAL, markersize=6, alpha=0.6)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.09, 1.04), ylabel="Observed risk")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))


def _annotate(axes: Axes, horizon: float, results: Results, *, external: bool) -> None:
    """Write patients, events, slope and ICI into the corner that predictions and outcomes leave free."""
    at = "external_{}" if external else "{}"
    events = results.one(at.format("events"), horizon=horizon)
    patients = results.one(at.format("patients"))
    lines = [f"{words.counted(patients, 'patient')}, {words.counted(events, 'event')}"]
    lines.append(f"Slope {_short(results.one('external_slope' if external else 'slope_corrected'))}")
    lines.append(f"ICI {_short(results.one('external_ici' if external else 'ici_corrected', horizon=horizon))}")
    if external:
        lines.append(f"O/E {_short(results.one('external_observed_expected', horizon=horizon))}")
    else:
        lines.append("(both corrected)")
    axes.text(0.025, 0.975, "\n".join(lines), transform=axes.transAxes, ha="left", va="top", fontsize=9)


def _short(record: Record) -> str:
    """Return the value, or that there is none: a corner has no room for the reason."""
    return "not estimable" if record.value is None else format.estimate(record)


def _decision(axes: Axes, panel: Panel) -> None:
    """Draw the net benefit of the model with its band, of treating all and of treating none; clip what falls below.

    With a corrected curve the two have the look and the names they have in the calibration plot.
    """
    threshold = panel.benefit["threshold"]
    band = panel.band[panel.benefit["model"].notna().to_numpy()].dropna(subset=["low", "high"])
    axes.fill_between(band["threshold"], band["low"], band["high"], color=_MODEL, alpha=0.13, linewidth=0)
    axes.plot(threshold, panel.benefit["all"], color=_ALL, linestyle=theme.STYLES["reference"], label="Treat all")
    axes.plot(threshold, panel.benefit["none"], color=theme.NEUTRAL, linewidth=1.2, label="Treat none")
    corrected = panel.benefit.get("corrected")
    if corrected is None:
        axes.plot(threshold, panel.benefit["model"], color=_MODEL, linewidth=1.8, label="Model")
    else:
        axes.plot(threshold, panel.benefit["model"], color=theme.SEQUENCE[1], linestyle=(0, (4, 2)), label="Apparent")
        axes.plot(threshold, corrected, color=_MODEL, linewidth=1.8, label="Corrected for optimism")
    top = np.nanmax([panel.benefit["model"].max(), panel.benefit["all"].max(), band["high"].max(), 0.05])
    if panel.benefit["model"].isna().all():
        axes.text(0.5, 0.6, "Not estimable:\nbeyond follow-up", transform=axes.transAxes, ha="center", fontsize=9)
    axes.set(xlim=(0, 1), ylim=(-0.25 * top, 1.06 * top), ylabel="Net benefit")
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))


def decision_detail(
    cohorts: dict[str, Sequence[Panel]], printed: dict[str, tuple[float, float]], endpoint: Endpoint
) -> Figure:
    """Draw interventions avoided by threshold for each cohort and, below, the ranges of useful thresholds.

    ``cohorts`` maps the label of a cohort to its panels, ``printed`` to the range that an article prints for it.
    """
    bars = _bars(cohorts, printed, endpoint)
    horizons = [panel.horizon for panel in next(iter(cohorts.values()))]
    height = 0.28 * len(bars) + 0.6
    figure = plt.figure(figsize=(theme.WIDTH, 3.1 + height), layout=ConstrainedLayoutEngine(wspace=0.08))
    upper, lower = figure.subfigures(2, 1, height_ratios=(3.1, height))
    row = upper.subplots(1, len(horizons), sharey=True, squeeze=False)[0]
    styles = zip((_MODEL, _ALL), ("-", theme.STYLES["reference"]), strict=True)
    for (label, panels), (colour, style) in zip(cohorts.items(), styles, strict=False):
        for axes, panel in zip(row, panels, strict=True):
            axes.plot(panel.benefit["threshold"], panel.benefit["avoided"], color=colour, linestyle=style, label=label)
            axes.set_title(f"At {panel.horizon:g} {endpoint.unit}")
    for axes in row:
        axes.axhline(0, color=theme.NEUTRAL, linewidth=0.8)
        axes.set(xlim=(0, 1), ylim=(-30, 100), xlabel="Threshold probability")
        axes.set_xticks(np.arange(0, 1.01, 0.25))
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    row[0].set_ylabel("Interventions avoided\nper 100 patients")
    row[0].legend(loc="upper left", fontsize=9)
    _ranges(lower.subplots(), bars)
    return figure


def _bars(
    cohorts: dict[str, Sequence[Panel]], printed: dict[str, tuple[float, float]], endpoint: Endpoint
) -> list[tuple[str, list[tuple[float, float]], bool]]:
    """Return (label, runs of useful thresholds, whether printed), cohort by cohort."""
    bars = []
    for label, panels in cohorts.items():
        for panel in panels:
            bars.append((f"{label}, {panel.horizon:g} {endpoint.unit}", useful_range(panel.benefit), False))
        if label in printed:
            bars.append((f"{label}, printed", [printed[label]], True))
    return bars


def _ranges(axes: Axes, bars: Sequence[tuple[str, list[tuple[float, float]], bool]]) -> None:
    """Draw each run of thresholds as a bar; printed ranges are hatched."""
    for position, (label, runs, printed) in enumerate(reversed(bars)):
        look = {"facecolor": "white", "edgecolor": theme.NEUTRAL, "hatch": "////"} if printed else {"color": _MODEL}
        for low, high in runs:  # a run of one threshold stays visible
            axes.barh(position, max(high - low, 0.004), left=low, height=0.55, **look)
        axes.annotate(
            label, (0, position), xytext=(-4, 0), textcoords="offset points", ha="right", va="center", fontsize=9
        )
    axes.set(xlim=(0, 1), ylim=(-0.6, len(bars) - 0.4), yticks=[])
    axes.set_xlabel("Thresholds with a net benefit above treat all and treat none")
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.spines["left"].set_visible(False)


def bootstrap(replicates: pd.DataFrame, results: Results) -> Figure:
    """Draw how C (in the replicate and in the original patients) and the slope vary over the replicates."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(theme.WIDTH, 3.3), layout="constrained")
    for column, label, colour in (
        ("training concordance", "Own sample", theme.SEQUENCE[1]),
        ("test concordance", "Original patients", _ALL),
    ):
        left.hist(replicates[column].dropna(), bins=30, color=colour, alpha=0.75, label=label)
    right.hist(replicates["test slope"].dropna(), bins=30, color=_ALL, alpha=0.75, label="Original patients")
    for axes, name in ((left, "cindex"), (right, "slope")):
        for stage, style in (("apparent", ":"), ("corrected", "-")):
            value = results.one(f"{name}_{stage}").value
            if value is not None:
                axes.axvline(value, color="black", linestyle=style, linewidth=1.5, label=stage.capitalize())
        axes.set_ylabel("Replicates")
    left.set_xlabel("Harrell's C")
    right.set_xlabel("Calibration slope")
    known: dict[str, object] = {}
    for axes in (left, right):
        known |= {label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(known.values(), known.keys(), loc="outside lower center", ncols=4, fontsize=9)
    return figure
