import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from living_article.statistics import contingency as ct

REFERENCE = json.loads((Path(__file__).parents[1] / "oracle" / "contingency.json").read_text())
TABLES = REFERENCE["tables"]
FOURFOLD = {name: wanted for name, wanted in TABLES.items() if "yates" in wanted}


def same(found, wanted):
    for number in ("statistic", "df", "p"):
        assert getattr(found, number) == pytest.approx(wanted[number], rel=1e-8, abs=1e-14), number


@pytest.mark.parametrize("name", TABLES)
def test_any_size_equals_r(name):
    wanted = TABLES[name]
    table = wanted["table"]
    same(ct.pearson(table), wanted["pearson"])
    same(ct.likelihood_ratio(table), wanted["likelihood_ratio"])
    same(ct.linear_by_linear(table), wanted["linear_by_linear"])


# Agresti's 4 × 4 table of 104 patients has more tables with its margins than are enumerated: see the test of the limit.
@pytest.mark.parametrize("name", sorted(set(TABLES) - {"job_satisfaction"}))
def test_fisher_equals_r(name):
    assert ct.fisher(TABLES[name]["table"]).p == pytest.approx(TABLES[name]["fisher"], rel=1e-8)


@pytest.mark.parametrize("name", FOURFOLD)
def test_two_by_two_equals_r(name):
    wanted = FOURFOLD[name]
    same(ct.yates(wanted["table"]), wanted["yates"])
    same(ct.n_minus_1(wanted["table"]), wanted["n_minus_1"])


@pytest.mark.parametrize("name", FOURFOLD)
def test_conditional_odds_ratio_equals_r(name):
    # R's equations solved to 1e-15; fisher.test() itself stops at 1e-4, so its printed value is compared to that.
    wanted = FOURFOLD[name]["odds_ratio"]
    found = ct.conditional_odds_ratio(FOURFOLD[name]["table"])
    for number in ("value", "low", "high"):
        assert getattr(found, number) == pytest.approx(wanted[number], rel=1e-8), number
    assert found.value == pytest.approx(wanted["printed_by_fisher.test"], rel=1e-3)


@pytest.mark.parametrize("trend", REFERENCE["trends"])
def test_cochran_armitage_equals_r(trend):
    same(ct.cochran_armitage(trend["events"], trend["totals"], trend["scores"]), trend["test"])


def test_fisher_by_brute_force():
    """Every table with these margins, one by one, in exact integers."""
    table = np.array([[2, 0, 3], [1, 4, 0], [0, 2, 2]])
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def ways(cells):
        return math.prod(map(math.factorial, cells))

    denominators = []
    for a, b, c, d in itertools.product(range(6), repeat=4):
        full = np.array([[a, b, rows[0] - a - b], [c, d, rows[1] - c - d], [0, 0, 0]])
        full[2] = columns - full[0] - full[1]
        if full.min() >= 0:
            denominators.append(ways(full.ravel().tolist()))
    observed = ways(table.ravel().tolist())
    exact = sum(1 / x for x in denominators if x >= observed) / sum(1 / x for x in denominators)
    assert ct.fisher(table).p == pytest.approx(exact, rel=1e-12)


def test_fisher_agrees_with_scipy_on_fourfold_tables():
    for wanted in FOURFOLD.values():
        assert ct.fisher(wanted["table"]).p == pytest.approx(stats.fisher_exact(wanted["table"]).pvalue, rel=1e-9)


def test_fisher_does_not_depend_on_orientation_or_order():
    table = np.array(TABLES["three_by_four"]["table"])
    for other in (table.T, table[::-1], table[:, [2, 0, 3, 1]]):
        assert ct.fisher(other).p == pytest.approx(ct.fisher(table).p, rel=1e-12)


def test_choice_follows_expected_counts():
    assert ct.choose_test([[31, 24], [23, 17]]).method == "Pearson's χ² test"
    chosen = ct.choose_test([[3, 52], [5, 35]])
    assert chosen.method == "Fisher's exact test"
    assert chosen.effect.value < 1
    # expected exactly 5 is enough
    assert ct.choose_test([[5, 5], [5, 5]]).method == "Pearson's χ² test"


def test_too_many_tables_falls_back_with_a_warning():
    table = TABLES["job_satisfaction"]["table"]
    with pytest.raises(ValueError, match="too many to enumerate"):
        ct.fisher(table)
    found = ct.choose_test(table)
    assert found.method == "Pearson's χ² test"
    assert "no exact test" in found.warnings[0]


@pytest.mark.parametrize("test", [ct.pearson, ct.yates, ct.n_minus_1, ct.fisher, ct.choose_test, ct.linear_by_linear])
def test_one_category_has_a_reason(test):
    found = test([[55, 0], [40, 0]])
    assert found.p is None
    assert "one row or one column" in found.reason


def test_empty_rows_and_columns_are_left_out_and_named():
    found = ct.pearson([[3, 0, 2], [1, 0, 4], [0, 0, 0]])
    assert found.df == 1
    assert found.warnings == ("1 empty row left out", "1 empty column left out")
    assert found.p == pytest.approx(ct.pearson([[3, 2], [1, 4]]).p)


def test_infinite_odds_ratio_has_a_reason():
    found = ct.conditional_odds_ratio([[4, 0], [2, 5]])
    assert found.value is None
    assert found.low > 0
    assert "infinite" in found.reason


@pytest.mark.parametrize("table", [[[1, 2]], [[1.5, 2], [3, 4]], [[-1, 2], [3, 4]], [[np.nan, 2], [3, 4]], [1, 2]])
def test_not_a_table(table):
    with pytest.raises(ValueError, match="contingency table"):
        ct.pearson(table)


def test_two_by_two_only():
    for test in (ct.yates, ct.n_minus_1, ct.conditional_odds_ratio):
        with pytest.raises(ValueError, match="2×2"):
            test([[1, 2, 3], [4, 5, 6]])


def test_trend_input():
    with pytest.raises(ValueError, match="no more events"):
        ct.cochran_armitage([5], [4])
    with pytest.raises(ValueError, match="scores"):
        ct.cochran_armitage([1, 2], [4, 4], [1, 2, 3])
