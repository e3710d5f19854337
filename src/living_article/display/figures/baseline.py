"""Balance ("love") plot: absolute standardised differences of the baseline covariates."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from living_article.display import format, theme, words
from living_article.records import Results
from living_article.study.model import Arms, Covariate


def balance(arms: Arms, covariates: list[Covariate], results: Results, *, limit: float, alpha: float) -> Figure:
    """Draw one dot for each covariate, largest difference on top, filled where the first arm has more.

    A covariate of more than two levels has a distance without direction: a grey diamond. The shaded band is what
    chance alone keeps to, the dotted line the usual ``limit``.
    """
    records = {c.id: results.one("smd", term=c.id).value for c in covariates}
    sizes = {term: size for term, size in records.items() if size is not None}
    known = sorted((c for c in covariates if c.id in sizes), key=lambda c: abs(sizes[c.id]))
    figure, axes = plt.subplots(figsize=(theme.WIDTH, 1.5 + 0.3 * max(len(known), 3)), layout="constrained")
    chance = results.one("smd_chance").number
    axes.axvspan(0, chance, color=theme.FAINT, alpha=0.5, linewidth=0, label=f"{format.level(alpha)} range of chance")
    axes.axvline(limit, color=theme.NEUTRAL, linestyle=":", linewidth=1.2, label=f"Usual limit, {limit:g}")
    kinds = {c.id: _kind(c, sizes[c.id], arms) for c in known}
    for label, (marker, colour) in dict(sorted(kinds.values())).items():
        rows = [row for row, c in enumerate(known) if kinds[c.id][0] == label]
        values = [abs(sizes[known[row].id]) for row in rows]
        axes.plot(values, rows, marker, color=colour, markersize=7, linestyle="none", label=label, zorder=3)
    for row, covariate in enumerate(known):
        axes.plot([0, abs(sizes[covariate.id])], [row, row], color=theme.NEUTRAL, linewidth=0.7, zorder=2)
    axes.set_yticks(range(len(known)), [_label(c) for c in known])
    highest = max([abs(sizes[c.id]) for c in known] + [chance, limit])
    axes.set(xlim=(0, 1.06 * highest), ylim=(-0.7, len(known) - 0.3), xlabel="Absolute standardised difference")
    figure.legend(loc="outside lower center", ncols=2, fontsize=9)
    return figure


def _label(covariate: Covariate) -> str:
    """Return the label, with the level that is counted unless that is plain from the label."""
    if covariate.numeric or len(covariate.levels) > 2:
        return covariate.label
    level = next(label for level, label in covariate.levels.items() if level != covariate.reference)
    return covariate.label if level.lower() == "yes" else f"{covariate.label}: {words.lower_first(level)}"


def _kind(covariate: Covariate, size: float, arms: Arms) -> tuple[str, tuple[str, str]]:
    """Return the legend entry, marker and colour that say in which arm there is more."""
    if not covariate.numeric and len(covariate.levels) > 2:
        return "More than two levels, no direction", ("D", theme.NEUTRAL)
    arm = arms.treated if size >= 0 else arms.reference
    role = theme.role(arms, arm)
    return f"More with {arm.short}", (theme.MARKERS[role], theme.COLOURS[role])
