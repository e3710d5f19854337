"""The analyses of a sensitivity section as records, and as the rows that a specification curve draws."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from living_article.analysis.effects import Effect
from living_article.analysis.specifications import Specification
from living_article.records import Results
from living_article.statistics.variance_shares import variance_shares
from living_article.study.model import Endpoint

TOGETHER = "together"
"""The ``term`` of the share of the variance that no choice has alone."""


def analysis_table(specifications: Iterable[Specification], effects: Iterable[Effect]) -> pd.DataFrame:
    """Return one row an analysis: endpoint, the option of each choice, the effect, and whether it is the default.

    ``part`` says whether it is of a part of the patients.
    """
    rows, seen = [], set()
    for specification, effect in zip(specifications, effects, strict=True):
        endpoint = specification.endpoint.id
        numbers = {name: getattr(effect, name) for name in ("value", "low", "high", "p")}
        numbers = {name: np.nan if number is None else float(number) for name, number in numbers.items()}
        counts = {"patients": effect.patients, "events": effect.events, "tied": effect.tied, "reason": effect.reason}
        first, part = endpoint not in seen, specification.patients.part
        rows.append(
            {"endpoint": endpoint, **specification.options, **numbers, **counts, "default": first, "part": part}
        )
        seen.add(endpoint)
    return pd.DataFrame(rows)


def add_analyses(results: Results, table: pd.DataFrame, choices: Iterable[str]) -> None:
    """Add one record an analysis; its group is its number within the endpoint, its method the options taken."""
    for endpoint, part in table.groupby("endpoint", sort=False):
        for number, row in enumerate(part.to_dict("records"), start=1):
            results.add(
                "analysis", endpoint=endpoint, group=f"{number:03d}", unit="hazard ratio", note=row["reason"],
                method="; ".join(f"{choice}: {row[choice]}" for choice in choices),
                **{name: row[name] for name in ("value", "low", "high", "p")},
            )  # fmt: skip


def add_summary(
    results: Results, table: pd.DataFrame, choices: dict[str, list[str]], endpoint: Endpoint, alpha: float
) -> None:
    """Add how many analyses of an endpoint there are, their spread, what each option leads to and what matters."""
    where: dict[str, object] = {"endpoint": endpoint.id}
    everything = table[table["endpoint"] == endpoint.id]
    part = everything[everything["value"].notna()]
    distinct = part[["value", "low", "p"]].round(12).drop_duplicates()
    results.add("analyses", value=len(part), unit="count", **where)
    results.add("distinct_analyses", value=len(distinct), unit="count", **where)
    results.add("failed_analyses", value=len(everything) - len(part), unit="count", **where)
    results.add("below_one", value=(part["value"] < 1).sum(), unit="count", **where)
    results.add("significant", value=(part["p"] < alpha).sum(), unit="count", **where)
    _spread(results, "hazard_ratios", part, where)
    for choice, options in choices.items():
        for option in options:
            if (taken := part[choice] == option).any():
                _spread(results, "option", part[taken], where | {"term": choice, "group": option})
    shares = variance_shares(part[list(choices)], np.log(part["value"])) if len(part) else dict.fromkeys(choices, 0.0)
    varied = sum(shares.values()) > 0
    for choice, share in (shares | {TOGETHER: max(0.0, 1 - sum(shares.values())) if varied else 0.0}).items():
        results.add("variance_share", term=choice, value=share, unit="proportion", method="LMG, log scale", **where)


def _spread(results: Results, name: str, part: pd.DataFrame, where: dict[str, object]) -> None:
    """Add the median with the smallest and largest hazard ratio."""
    if part.empty:
        results.add(name, note="no analysis could be fitted", **where)
        return
    values = part["value"]
    method = "median and range over analyses"
    results.add(
        name, value=values.median(), low=values.min(), high=values.max(), unit="hazard ratio", method=method, **where
    )
