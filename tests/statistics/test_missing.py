import numpy as np
import pandas as pd
import pytest

from living_article.statistics.missing import missing_values


def test_counts_every_kind_of_missing():
    table = pd.DataFrame({"age": [1, np.nan, 3, 4], "sex": ["m", None, None, "f"], "arm": list("abab")})
    found = missing_values(table)
    assert found.to_dict("list") == {
        "column": ["age", "sex", "arm"],
        "missing": [1, 2, 0],
        "percent": [25.0, 50.0, 0.0],
    }


def test_empty_table():
    with pytest.raises(ValueError, match="no rows"):
        missing_values(pd.DataFrame({"age": []}))
