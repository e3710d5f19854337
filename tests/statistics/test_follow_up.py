import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.follow_up import follow_up

ORACLE = Path(__file__).parents[1] / "oracle"
CURVES = [c for c in json.loads((ORACLE / "kaplan_meier.json").read_text())["curves"] if c["file"]]


def same(ours, theirs):
    """None and R's NA (null) are the same: not reached."""
    np.testing.assert_allclose(np.array(ours, float), np.array(theirs, float), rtol=1e-8)


@pytest.mark.parametrize("curve", CURVES, ids=[f"{c['file']}-{c['time_column']}-{c['where']['value']}" for c in CURVES])
def test_equals_survfit_of_censoring(curve):
    rows = pd.read_csv(ORACLE / "data" / f"{curve['file']}.csv")
    rows = rows[rows[curve["where"]["column"]] == curve["where"]["value"]]
    found = follow_up(rows[curve["time_column"]], rows[curve["event_column"]])
    wanted = curve["follow_up"]
    same([found.median.value, found.median.low, found.median.high], wanted["median"])
    quartiles = [found.lower_quartile.value, found.median.value, found.upper_quartile.value]
    same(quartiles, wanted["quantiles"])
    assert found.patients == len(rows)
    assert found.censored == (rows[curve["event_column"]] == 0).sum()
    assert (found.shortest, found.longest) == (rows[curve["time_column"]].min(), rows[curve["time_column"]].max())


def test_events_and_censorings_change_places():
    assert follow_up([1, 2, 3], [1, 0, 1]).median.value == 2  # the one time of a censoring


def test_nobody_censored():
    found = follow_up([1, 2, 3], [1, 1, 1])
    assert found.median.value is None
    assert "too few patients are censored" in found.median.reason


def test_empty():
    with pytest.raises(ValueError, match="no patient"):
        follow_up([], [])
