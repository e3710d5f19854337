"""Rows below the patients that are none: sums, means, a remark."""

from __future__ import annotations

import re
from dataclasses import replace

from living_article.patients.table_files import TableFile
from living_article.study.vocabulary import vocabulary


def without_totals(source: TableFile) -> tuple[TableFile, list[str]]:
    """Return the table without the rows at its end that are no patients, and what was left out."""
    left_out = []
    cells = source.cells
    while len(cells) > 1:
        filled = [text.strip() for text in cells.iloc[-1] if text.strip()]
        lone = len(filled) == 1 and len(cells.columns) > 3
        if not filled or (not lone and not re.fullmatch(vocabulary().totals, filled[0].rstrip(":").casefold())):
            break
        why = "only one of its cells is filled" if lone else f"{filled[0]!r} is no patient"
        left_out.append(f"row {cells.index[-1]}: left out, {why}")
        cells = cells.iloc[:-1]
    return (replace(source, cells=cells) if left_out else source), left_out
