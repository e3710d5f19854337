"""One Cox model of 100,000 simulated patients with 11 covariates, with and without tied times."""

from __future__ import annotations

from lifelines import CoxPHFitter

from living_article.statistics import cox

from .measure import Row, in_r, seconds
from .rows import simulated


def run(*, small: bool) -> list[Row]:
    """Time `cox.fit` against R's ``coxph`` and lifelines."""
    n, found = 2_000 if small else 100_000, []
    for distinct, label in ((None, "no ties"), (400, "times in 400 steps")):
        rows = simulated(n, 11, distinct=distinct)
        task = f"Cox, n = {n:,} × 11, {label}"
        ours = seconds(lambda rows=rows: cox.fit(rows.x, rows.time, rows.event))
        if theirs := in_r("cox", rows.frame):
            found.append(Row(task, ours, "R coxph", theirs["coxph"], least=1))
        took = seconds(lambda rows=rows: CoxPHFitter().fit(rows.frame, "time", "event"), times=1)
        found.append(Row(task, ours, "lifelines", took))
    return found
