"""P from statistic and degrees of freedom, and back."""

import pytest

from living_article.audit.checks.p_values import statistic_of, tail
from living_article.errors import InputError

PAIR = {"check": "p_values.from_statistic", "printed": "s p", "methods": "chi2", "agreement": "inputs"}


@pytest.mark.parametrize(
    ("distribution", "statistic", "df", "p"),
    [
        ("chi2", 3.841459, 1, 0.05),
        ("chi2", 15.507313, 8, 0.05),
        ("t", 2.0, 10, 0.07338803),
        ("normal", 1.959964, 0, 0.05),
    ],
)
def test_tails_of_tables_there_and_back(distribution, statistic, df, p):
    assert tail(distribution, statistic, df) == pytest.approx(p, rel=1e-5)
    assert tail(distribution, -statistic, df) == pytest.approx(p, rel=1e-5) or distribution == "chi2"
    assert statistic_of(distribution, p, df) == pytest.approx(statistic, rel=1e-5)


@pytest.mark.parametrize(
    ("statistic", "p", "df", "verdict"),
    [
        ("7.982", "0.046", "3", "reproduces"),
        ("8.23", "0.32", "8", "internally inconsistent"),
        ("4.167", "0.041", "1", "reproduces"),
        ("4.762", "0.047", "1", "internally inconsistent"),
        ("0.000", "0.991", "1", "reproduces"),  # anything below 0.0005 is printed like this
        ("0.000", "0.912", "1", "internally inconsistent"),
        ("3.84", "0.025", "1", "reproduces only with a one-sided P of χ² with 1 degree of freedom"),
        ("3.84", "0.147", "1", "reproduces only with χ² with 2 degrees of freedom"),
        ("3.841", "<0.06", "1", "reproduces"),
        ("3.84", "<0.05", "1", "reproduces"),  # the statistic may have been 3.8449
        ("3.83", "<0.05", "1", "reproduces only with a one-sided P of χ² with 1 degree of freedom"),
    ],
)
def test_pairs(judged, statistic, p, df, verdict):
    given = PAIR | {"inputs": f"df={df}", "alternatives": "chi2_one_sided chi2_df_more_1"}
    assert judged({"s": statistic, "p": p}, **given)[1] == verdict


def test_without_rounding_of_the_statistic_only_the_point_counts(judged):
    values = {"s": "0.000", "p": "0.991"}
    assert judged(values, **PAIR | {"inputs": "df=1", "agreement": "rounding"})[1] == "internally inconsistent"


def test_the_way_back_is_told(judged):
    outcome, _ = judged({"s": "4.762", "p": "0.047"}, **PAIR | {"inputs": "df=1"})
    assert "P = 0.047 belongs to a statistic of 3.9454" in outcome.working[1]


def test_no_degree_of_freedom_is_left(judged):
    with pytest.raises(InputError, match="leaves no degree of freedom"):
        judged({"s": "1", "p": "0.3"}, **PAIR | {"inputs": "df=1", "alternatives": "chi2_df_less_1"})


LIST = {"check": "p_values.listed", "printed": "said", "methods": "below"}
PS = {"said": "<0.05", "p1": "0.006", "p2": "0.033", "p3": "0.317", "p4": "0.05"}


@pytest.mark.parametrize(
    ("listed", "method", "verdict", "told"),
    [
        ("p1 p2", "below", "reproduces", "the same 2 variables"),
        ("p2", "below", "reproduces only with a list that leaves variables out", "not in the list: p1 (P 0.006)"),
        ("p2 p3", "below", "internally inconsistent", "not in the list: p1 (P 0.006); in the list: p3 (P 0.317)"),
        ("p1 p2 p3", "below", "internally inconsistent", "in the list: p3 (P 0.317)"),
        ("p3 p4", "above", "reproduces", "the same 2 variables"),
    ],
)
def test_lists_of_significant_variables(judged, listed, method, verdict, told):
    given = LIST | {"methods": method, "inputs": f"listed={listed}; all=p1 p2 p3 p4; alpha=0.05"}
    outcome, found = judged(PS, **given)
    assert found == verdict and outcome.attempts[0].shown == told
