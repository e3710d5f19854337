"""Tables of the survival section."""

from __future__ import annotations

import pandas as pd

from living_article.display import format
from living_article.published import Published
from living_article.records import Results
from living_article.study.model import Arms, Endpoint


def summary(
    arms: Arms, endpoints: list[Endpoint], results: Results, alpha: float, published: Published | None
) -> pd.DataFrame:
    """Return one row for each endpoint and arm: patients, events, median (and as printed), follow-up."""
    rows = {}
    for endpoint in endpoints:
        for arm in arms:
            where = {"endpoint": endpoint.id, "group": arm.id}
            rows[f"{endpoint.short}: {arm.label}"] = [
                format.counted(results.one("patients", **where)),
                format.counted(results.one("events", **where)),
                format.cell(results.one("median", **where)),
                format.cell(results.one("follow_up", **where)),
            ]
    units = ", ".join(dict.fromkeys(endpoint.unit for endpoint in endpoints))
    interval = f"({format.level(alpha)} CI)"
    columns = ["Patients", "Events", f"Median, {units} {interval}", f"Median follow-up, {units} {interval}"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Endpoint and arm")
    if published:
        keys = [{"endpoint": endpoint.id, "group": arm.id} for endpoint in endpoints for arm in arms]
        frame.insert(3, "Printed median", [_printed(published, "median", **key) for key in keys])
    return frame


def _printed(published: Published, name: str, **where: str) -> str:
    value = published.of("survival", name, **where)
    return value.printed if value else "not printed"


def comparison(endpoints: list[Endpoint], results: Results, alpha: float, published: Published | None) -> pd.DataFrame:
    """Return one row for each endpoint: hazard ratio, log-rank test (and as printed), proportional-hazards test."""
    rows = {}
    for endpoint in endpoints:
        test = results.one("logrank", endpoint=endpoint.id)
        check = results.one("proportional_hazards", endpoint=endpoint.id)
        rows[endpoint.label] = [
            format.cell(results.one("hazard_ratio", endpoint=endpoint.id)),
            format.estimate(test),
            test.note if test.p is None else format.p_value(test.p),
            check.note if check.p is None else format.p_value(check.p),
        ]
    columns = [
        f"Hazard ratio ({format.level(alpha)} CI)",
        "Log-rank χ²",
        "Log-rank P",
        "Proportional hazards P",
    ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Endpoint")
    if published:
        frame.insert(3, "Printed P", [_printed(published, "logrank", endpoint=endpoint.id) for endpoint in endpoints])
    return frame


def milestones(arms: Arms, endpoints: list[Endpoint], results: Results, alpha: float) -> pd.DataFrame:
    """Return survival at each milestone and restricted mean survival time, by arm, with the difference."""
    rows = {}
    for endpoint in endpoints:
        for name, label in (("milestone", "survival at"), ("rmst", "restricted mean to")):
            for horizon in dict.fromkeys(r.horizon for r in results.select(name, endpoint=endpoint.id)):
                where = {"endpoint": endpoint.id, "horizon": horizon}
                difference = results.one(f"{name}_difference", **where)
                percent = ", %" if name == "milestone" else ""
                rows[f"{endpoint.short}, {label} {horizon:g} {endpoint.unit}{percent}"] = [
                    *(format.cell(results.one(name, group=arm.id, **where)) for arm in arms),
                    format.cell(difference),
                    difference.note if difference.p is None else format.p_value(difference.p),
                ]
    columns = [*(arm.label for arm in arms), "Difference", "P"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.rename_axis(f"Quantity ({format.level(alpha)} CI)")
