"""A Kaplan-Meier curve with its standard errors, of a million simulated patients."""

from __future__ import annotations

from lifelines import KaplanMeierFitter

from living_article.statistics.kaplan_meier import step_curve

from .measure import Row, in_r, seconds
from .rows import simulated


def run(*, small: bool) -> list[Row]:
    """Time `step_curve` against R's ``survfit`` and lifelines."""
    n, found = 2_000 if small else 1_000_000, []
    for distinct, label in ((None, "no ties"), (5_000, "times in 5,000 steps")):
        rows = simulated(n, 1, distinct=distinct)
        task = f"Kaplan–Meier, n = {n:,}, {label}"
        ours = seconds(lambda rows=rows: step_curve(rows.time, rows.event))
        found.append(Row(task, ours, most=0.3))
        if theirs := in_r("kaplan_meier", rows.frame[["time", "event"]]):
            found.append(Row(task, ours, "R survfit", theirs["survfit"]))
        took = seconds(lambda rows=rows: KaplanMeierFitter().fit(rows.time, rows.event))
        found.append(Row(task, ours, "lifelines", took))
    return found
