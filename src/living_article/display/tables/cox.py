"""Tables of the regression section."""

from __future__ import annotations

import pandas as pd

from living_article.display import format
from living_article.display.figures.cox import printed_cell
from living_article.display.terms import Printed, Row
from living_article.records import Record, Results
from living_article.statistics.zph import GLOBAL
from living_article.study.model import Covariate, Endpoint

NOTHING = "–"
"""What stands in a cell to which nothing belongs, such as the P value of a reference level."""


def models(
    rows: list[Row], endpoint: Endpoint, results: Results, alpha: float, printed: dict[str, Printed]
) -> pd.DataFrame:
    """Return one row a level: patients (events), univariable, multivariable and, if any, printed hazard ratios."""
    interval = f"hazard ratio ({format.level(alpha)} CI)"
    columns = ["Patients (events)"]
    columns += [head for name in ("Univariable", "Multivariable") for head in (f"{name} {interval}", f"{name} P")]
    columns += ["Printed hazard ratio (CI)", "Printed P"] if printed else []
    found = {}
    for row in rows:
        cells = [_count(row, endpoint, results)]
        for name in ("hr_univariable", "hr_multivariable"):
            cells += _ratio(row, results, name, endpoint)
        if printed:
            beside = None if row.reference else printed.get(row.term)
            cells += _printed(beside) if beside else [NOTHING, NOTHING]
        found[row.label] = cells
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("Covariate")


def _count(row: Row, endpoint: Endpoint, results: Results) -> str:
    where = {"endpoint": endpoint.id, "term": row.level_term}
    patients, events = (results.one(f"level_{what}", **where) for what in ("patients", "events"))
    return f"{format.counted(patients)} ({format.counted(events)})"


def _ratio(row: Row, results: Results, name: str, endpoint: Endpoint) -> list[str]:
    """Return hazard ratio and P value, or why there is none."""
    if row.reference:
        return ["1 (reference)", NOTHING]
    record = results.one(name, endpoint=endpoint.id, term=row.term)
    return [format.cell(record), NOTHING if record.p is None else format.p_value(record.p)]


def _printed(printed: Printed) -> list[str]:
    return [printed_cell(printed), printed["P value"].printed if "P value" in printed else NOTHING]


def proportional_hazards(terms: list[Covariate], endpoint: Endpoint, results: Results) -> pd.DataFrame:
    """Return one row a term, and one for all together: score statistic, degrees of freedom and P value."""
    found = {}
    for name, label in [*((c.id, c.label) for c in terms), (GLOBAL, "All terms together")]:
        test = results.one("zph", endpoint=endpoint.id, term=name)
        df = results.one("zph_df", endpoint=endpoint.id, term=name)
        p = NOTHING if test.p is None else format.p_value(test.p)
        found[label] = [format.estimate(test), format.count(df.value), p]
    columns = ["χ²", "Degrees of freedom", "P"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("Term")


def checks(rows: list[Row], endpoint: Endpoint, results: Results, *, printed: bool) -> pd.DataFrame:
    """Return one row a contrast: variance inflation, and how wide intervals are, can be and are printed."""
    columns = ["Variance inflation factor", "Upper ÷ lower limit", "Narrowest possible"]
    columns += ["Printed", "Events the printed interval needs"] if printed else []
    found = {}
    for row in rows:
        where = {"endpoint": endpoint.id, "term": row.term}
        names = ("vif", "interval_ratio", "narrowest_ratio")
        names += ("printed_ratio", "printed_events_needed") if printed else ()
        found[row.label] = [_or_nothing(results.select(name, **where)) for name in names]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("Covariate")


def _or_nothing(records: list[Record]) -> str:
    return format.estimate(records[0], bare=True) if records else NOTHING
