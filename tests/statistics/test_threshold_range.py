"""Ranges of useful thresholds are said as they are: whole, broken, of one threshold, none, not estimable."""

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.threshold_range import better_than_both, positive


def curve(model, treat_all):
    threshold = np.round(np.arange(1, len(model) + 1) / 10, 1)
    frame = pd.DataFrame({"threshold": threshold, "model": model, "all": treat_all, "none": 0.0, "reason": None})
    frame.loc[frame["model"].isna(), "reason"] = "not estimable: no test-positive patient is followed to the horizon"
    return frame


def test_one_run():
    found = better_than_both(curve([0.3, 0.25, 0.2, 0.0], [0.3, 0.2, 0.1, -0.1]))
    assert (found.low, found.high, found.reason) == (0.2, 0.3, None)
    assert found.value == pytest.approx(0.1)


def test_positive_is_the_weaker_claim():
    table = curve([0.3, 0.25, 0.2, 0.0], [0.3, 0.2, 0.1, -0.1])
    assert (positive(table).low, positive(table).high) == (0.1, 0.3)


def test_several_runs_are_all_named_and_the_widest_gives_the_limits():
    found = better_than_both(curve([0.3, 0.1, 0.3, 0.2, np.nan, 0.1], [0.2, 0.2, 0.1, 0.1, 0, 0]))
    assert found.reason == "0.10, 0.30 to 0.40 and 0.60"
    assert (found.low, found.high) == (0.3, 0.4)
    assert found.value == pytest.approx(0.1)


def test_no_threshold():
    found = better_than_both(curve([0.1, 0.1], [0.2, 0.2]))
    assert (found.value, found.low, found.high, found.reason) == (0.0, None, None, "at no threshold examined")


def test_nowhere_estimable_is_not_zero():
    found = better_than_both(curve([np.nan, np.nan], [0.2, 0.2]))
    assert found.value is None
    assert found.reason.startswith("not estimable")
