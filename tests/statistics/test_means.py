import json
from pathlib import Path

import numpy as np
import pytest

from living_article.statistics import means

REFERENCE = json.loads((Path(__file__).parents[1] / "oracle" / "means.json").read_text())
GROUPS, PAIRS = REFERENCE["groups"], REFERENCE["pairs"]


def same(found, wanted):
    for number in ("statistic", "df", "p"):
        if wanted.get(number) is not None:
            assert getattr(found, number) == pytest.approx(wanted[number], rel=1e-8), number
    if wanted.get("interval"):
        assert [found.effect.low, found.effect.high] == pytest.approx(wanted["interval"], rel=1e-8)


@pytest.mark.parametrize("wanted", GROUPS)
def test_t_tests_equal_r(wanted):
    same(means.t_test(wanted["first"], wanted["second"]), wanted["student"])
    same(means.t_test(wanted["first"], wanted["second"], equal_variances=False), wanted["welch"])


@pytest.mark.parametrize("wanted", GROUPS)
def test_mann_whitney_equals_r(wanted):
    found = means.mann_whitney(wanted["first"], wanted["second"])
    same(found, wanted["mann_whitney"])
    assert ("exact" in found.method) == wanted["exact"]


@pytest.mark.parametrize("wanted", GROUPS)
def test_shapiro_wilk_equals_r(wanted):
    for values, theirs in zip((wanted["first"], wanted["second"]), wanted["shapiro"], strict=True):
        found = means.shapiro_wilk(values)
        # SciPy keeps the 7-digit normal quantile of the published algorithm AS R94, R takes its own exact one.
        assert found.statistic == pytest.approx(theirs["statistic"], rel=1e-8)
        assert found.p == pytest.approx(theirs["p"], rel=1e-6)


@pytest.mark.parametrize("wanted", GROUPS)
def test_summary_equals_r(wanted):
    theirs = wanted["summary"]
    for kind, name in ((7, "type7"), (6, "type6")):
        found = means.summarise(wanted["first"], quartile_type=kind)
        ours = [found.lower_quartile, found.median, found.upper_quartile]
        assert ours == pytest.approx(theirs[name], rel=1e-8)
    assert [found.mean, found.sd] == pytest.approx([theirs["mean"], theirs["sd"]], rel=1e-8)


@pytest.mark.parametrize("wanted", PAIRS)
def test_paired_tests_equal_r(wanted):
    same(means.paired_t(wanted["before"], wanted["after"]), wanted["t"])
    found = means.signed_rank(wanted["before"], wanted["after"])
    same(found, wanted["signed_rank"])
    assert ("exact" in found.method) == wanted["exact"]


def test_from_summary_equals_r_on_data_with_that_summary():
    wanted = REFERENCE["from_summary"]
    same(means.t_from_summary(30, 6.44, 55, 28, 8.03, 40), wanted["student"])
    same(means.t_from_summary(30, 6.44, 55, 28, 8.03, 40, equal_variances=False), wanted["welch"])


def test_the_rule_names_its_choice():
    normal = np.random.default_rng(1).normal(30, 6, 40)
    skewed = np.exp(normal / 3)
    found = means.compare_groups(normal, normal + 1)
    assert (found.normal, found.test.method) == (True, "Student's t test")
    assert means.compare_groups(normal, normal + 1, equal_variances=False).test.method == "Welch's t test"
    found = means.compare_groups(normal, skewed)
    assert (found.normal, found.test.method) == (False, "Mann–Whitney U test (exact)")
    assert found.normality[1].p < 0.05
    # With the normality limit at 0 nothing is rejected.
    assert means.compare_groups(normal, skewed, alpha=0).normal


def test_the_rule_for_pairs():
    normal = np.random.default_rng(2).normal(0, 1, 30)
    assert means.compare_pairs(np.zeros(30), normal).method == "paired t test"
    assert means.compare_pairs(np.zeros(30), np.exp(3 * normal)).method == "Wilcoxon signed-rank test (exact)"


def test_missing_values_are_counted_and_left_out():
    found = means.summarise([1, np.nan, 3])
    assert (found.n, found.missing, found.mean, found.minimum, found.maximum) == (2, 1, 2, 1, 3)
    assert means.t_test([1, 2, np.nan], [2, 3]).df == 2
    assert means.paired_t([1, 2, np.nan, 4], [2, 4, 5, 5]).df == 2
    assert means.summarise([5]).sd is None


def test_no_variance_has_a_reason():
    assert means.t_test([2, 2], [3, 3]).reason == "not estimable: no variance in either group"
    assert means.t_test([2, 2], [3, 3]).effect.value == -1
    assert means.mann_whitney([1, 1], [1, 1]).reason == "not estimable: all values are equal"
    assert "same" in means.paired_t([1, 2], [2, 3]).reason
    assert "no pair changes" in means.signed_rank([1, 2], [1, 2]).reason
    assert "all equal" in means.shapiro_wilk([1, 1, 1, 1]).reason
    assert means.compare_groups([1, 1, 1], [2, 2, 3]).normal is False


@pytest.mark.parametrize("test", [means.t_test, means.mann_whitney, means.compare_groups])
def test_empty_group(test):
    with pytest.raises(ValueError, match="no value"):
        test([], [1, 2])
    with pytest.raises(ValueError, match="infinite"):
        test([1, np.inf], [1, 2])


def test_impossible_arguments():
    with pytest.raises(ValueError, match="one shape"):
        means.paired_t([1, 2], [1])
    with pytest.raises(ValueError, match="quartile type"):
        means.summarise([1], quartile_type=5)
    with pytest.raises(ValueError, match="two patients"):
        means.t_from_summary(1, 1, 1, 2, 1, 9)
