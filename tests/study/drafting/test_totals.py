"""Rows at the end that are no patients."""

import pandas as pd
import pytest

from living_article.patients.table_files import TableFile
from living_article.study.drafting.totals import without_totals


def left(*rows):
    table = pd.DataFrame(
        [["P1", "drug", "60", "12"], ["P2", "placebo", "61", "13"], *rows], index=range(1, 3 + len(rows))
    )
    source, told = without_totals(TableFile(table))
    return len(source.cells), told


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Summe", "", "121", "25"], "'Summe' is no patient"),
        (["", "Mean:", "60.5", ""], "'Mean:' is no patient"),
        (["n = 2", "", "", "2"], "'n = 2' is no patient"),
        (["as of last year", "", "", ""], "only one of its cells is filled"),
    ],
)
def test_a_row_below_the_patients_is_left_out_and_told(row, why):
    assert left(row) == (2, [f"row 3: left out, {why}"])


def test_several_such_rows_and_none():
    assert left(["Total", "", "", "4"], ["SD", "", "", "1"])[0] == 2
    assert left(["P3", "drug", "", ""]) == (3, [])
    assert left(["Total", "", "", "4"], ["P3", "drug", "70", "1"]) == (4, [])
