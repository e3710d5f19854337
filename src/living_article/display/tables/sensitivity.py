"""Tables of the sensitivity section: what matters most, and what each option leads to."""

from __future__ import annotations

import pandas as pd

from living_article.display import format
from living_article.records import Results
from living_article.study.model import Endpoint


def shares(choices: dict[str, list[str]], endpoints: list[Endpoint], results: Results) -> pd.DataFrame:
    """Return one row a choice, the most influential first: share of the variance for each endpoint.

    A choice with one option is left out: nothing can be learned about it.
    """
    found = {}
    for choice, options in _varied(choices).items():
        records = [results.one("variance_share", endpoint=e.id, term=choice) for e in endpoints]
        cells = [format.estimate(record) for record in records]
        found[choice] = (sum(record.number for record in records), [format.count(len(options)), *cells])
    ordered = dict(sorted(found.items(), key=lambda item: -item[1][0]))
    rest = [results.one("variance_share", endpoint=e.id, term="together") for e in endpoints]
    rows = {choice: cells for choice, (_, cells) in ordered.items()}
    rows["Choices acting together"] = ["–", *(format.estimate(record) for record in rest)]
    columns = ["Options", *(f"{endpoint.short}: share of variance" for endpoint in endpoints)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Choice")


def options(choices: dict[str, list[str]], endpoints: list[Endpoint], results: Results) -> pd.DataFrame:
    """Return one row an option: the median hazard ratio over the analyses that took it, with their range."""
    rows = {}
    for choice, names in _varied(choices).items():
        for option in names:
            records = [results.select("option", endpoint=e.id, term=choice, group=option) for e in endpoints]
            rows[f"{choice}: {option}"] = [format.cell(found[0]) if found else "–" for found in records]
    columns = [f"{endpoint.short}: median hazard ratio (range)" for endpoint in endpoints]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Option")


def _varied(choices: dict[str, list[str]]) -> dict[str, list[str]]:
    return {choice: options for choice, options in choices.items() if len(options) > 1}
