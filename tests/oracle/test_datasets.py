"""The reference values belong to the cohorts that are shipped."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "data"


@pytest.mark.parametrize("name", ["cohort.csv", "external.csv"])
def test_oracle_rows_are_the_shipped_rows(name):
    assert (HERE / "data" / name).read_bytes() == (SHIPPED / name).read_bytes(), (
        f"data/{name} has changed since the reference values were made: run `make oracle` where R is installed"
    )
