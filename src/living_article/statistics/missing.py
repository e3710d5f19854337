"""Missing values, counted column by column."""

from __future__ import annotations

import pandas as pd


def missing_values(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per column of ``table``: column, missing (count), percent (of the rows).

    Raises ValueError if the table has no rows.
    """
    if table.empty:
        raise ValueError("the table has no rows or no columns")
    count = table.isna().sum()
    return pd.DataFrame(
        {"column": count.index, "missing": count.to_numpy(), "percent": 100 * count.to_numpy() / len(table)}
    )
