import json
from pathlib import Path

import pandas as pd
import pytest
from lifelines.statistics import multivariate_logrank_test

from living_article.statistics.logrank import logrank

ORACLE = Path(__file__).parents[1] / "oracle"
COMPARISONS = json.loads((ORACLE / "survival_comparison.json").read_text())["comparisons"]
IDS = [f"{c['file']}-{c['time_column']}-{c['arm_column']}" for c in COMPARISONS]


def rows_of(comparison):
    rows = pd.read_csv(ORACLE / "data" / f"{comparison['file']}.csv")
    rows = rows[rows[comparison["arm_column"]].notna()]
    return (rows[comparison[c]] for c in ("time_column", "event_column", "arm_column"))


@pytest.mark.parametrize("comparison", COMPARISONS, ids=IDS)
def test_equals_survdiff(comparison):
    found, wanted = logrank(*rows_of(comparison)), comparison["logrank"]
    for column in ("patients", "observed", "expected"):
        assert list(found.arms[column]) == pytest.approx(wanted[column], rel=1e-8)
    for number in ("statistic", "df", "p"):
        assert getattr(found.test, number) == pytest.approx(wanted[number], rel=1e-8), number


@pytest.mark.parametrize("comparison", COMPARISONS, ids=IDS)
def test_equals_lifelines(comparison):
    time, event, arm = rows_of(comparison)
    found, theirs = logrank(time, event, arm), multivariate_logrank_test(time, arm, event)
    assert found.test.statistic == pytest.approx(theirs.test_statistic, rel=1e-8)
    assert found.test.p == pytest.approx(theirs.p_value, rel=1e-8)


def test_order_of_arms():
    found = logrank([1, 2, 3, 4], [1, 1, 0, 1], list("abab"), order=["b", "a"])
    assert list(found.arms["group"]) == ["b", "a"]
    assert list(found.arms["observed"]) == [2, 1]


def test_arm_without_events_is_named():
    assert logrank([1, 2, 3, 4], [1, 0, 1, 0], list("abab")).test.warnings == ("no event in arm b",)


def test_no_event_at_all():
    found = logrank([1, 2, 3, 4], [0, 0, 0, 0], list("abab"))
    assert found.test.p is None
    assert "no event" in found.test.reason


def test_arms_that_never_overlap():
    assert "no event while two arms" in logrank([1, 1, 5, 6], [0, 0, 1, 1], list("aabb")).test.reason


def test_groups_must_fit():
    with pytest.raises(ValueError, match="two arms or more"):
        logrank([1, 2], [1, 1], ["a", "a"])
    with pytest.raises(ValueError, match="two arms or more"):
        logrank([1, 2], [1, 1], ["a", "b"], order=["a", "b", "c"])
    with pytest.raises(ValueError, match="exactly one"):
        logrank([1, 2, 3], [1, 1, 1], ["a", "b", "c"], order=["a", "b"])
