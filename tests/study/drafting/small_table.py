"""A small table for the tests of guesses."""

import pandas as pd

from living_article.patients.table_files import TableFile
from living_article.study.drafting.columns import columns

TIMES = ["1.5", "20", "7", "33"]


def table(levels=None, labels=None, **cells):
    """Return the tidied columns of a table with these cells."""
    return columns(TableFile(pd.DataFrame(cells, dtype=object), labels or {}, levels or {}))[0]
