"""Contingency tests of printed counts."""

import numpy as np
import pytest

from living_article.audit.checks.contingency import TESTS, table
from living_article.errors import InputError

COUNTS = {"a": "13", "b": "4", "m": "55", "n": "40", "pa": "23.63", "pb": "10#"}
GIVEN = {"check": "contingency.p", "methods": "pearson", "agreement": "rounding"}
ORR = "events=a b; totals=m n"


def row(printed, **more):
    return GIVEN | {"printed": "p", "inputs": ORR} | more, COUNTS | {"p": printed}


def test_counts_come_from_a_table_from_events_or_from_percentages(case):
    expected = [[13, 42], [4, 36]]
    for inputs in ("table=a 42 | b 36", ORR, "percents=pa pb; totals=m n"):
        claim, values = row("0.087", inputs=inputs)
        np.testing.assert_array_equal(table(case(values, **claim)), expected)


# Known values: R 4.2, chisq.test (with and without correct), fisher.test; (N - 1)/N and halves by hand.
@pytest.mark.parametrize(
    ("method", "p"),
    [
        ("pearson", "0.0869"),
        ("yates", "0.1496"),
        ("n_minus_1", "0.0886"),
        ("likelihood_ratio", "0.0783"),
        ("fisher", "0.1082"),
        ("pearson_one_sided", "0.0434"),
        ("yates_one_sided", "0.0748"),
    ],
)
def test_each_method_gives_its_own_p(judged, method, p):
    claim, values = row(p, methods=method)
    outcome, verdict = judged(values, **claim)
    assert verdict == "reproduces", outcome.attempts


def test_mid_p_lies_between_one_half_and_the_whole_of_the_observed_probability():
    full, mid = (TESTS[name].run(np.array([[3, 1], [1, 3]])).p for name in ("fisher", "mid_p"))
    # of the five tables two are as probable as the observed one, 16/70 each, two less probable, 1/70 each
    assert full == pytest.approx(34 / 70) and mid == pytest.approx(34 / 70 - 8 / 70)


def test_the_one_sided_exact_p_is_the_smaller_tail():
    assert TESTS["fisher_one_sided"].run(np.array([[3, 1], [1, 3]])).p == pytest.approx(17 / 70)


def test_a_statistic_is_compared_too(judged):
    claim, values = row("2.076", check="contingency.statistic", alternatives="yates")
    assert judged(values, **claim)[1] == "reproduces only with Yates's correction"


def test_a_printed_bound_is_kept_or_not(judged):
    claim, values = row("<0.05", alternatives="yates fisher")
    assert judged(values, **claim)[1] == "does not reproduce"
    claim, values = row(">0.05")
    assert judged(values, **claim)[1] == "reproduces"


def test_small_expected_counts_are_told(judged):
    claim, values = row("0.222", inputs="table=3 52 | 5 35")
    assert "2 cells of 4 have expected counts below 5" in " ".join(judged(values, **claim)[0].working)


def test_a_method_for_other_tables_is_refused(judged):
    claim, values = row("0.2", inputs="table=1 2 3 | 3 2 1", methods="yates")
    with pytest.raises(InputError, match="yates gives no P value for a table of this shape"):
        judged(values, **claim)
    claim, values = row("0.2", inputs="table=1 2 3 | 3 2")
    with pytest.raises(InputError, match="differ in length"):
        judged(values, **claim)


def test_a_table_that_tells_nothing_agrees_with_nothing(judged):
    claim, values = row("1.000", inputs="table=0 55 | 0 40")
    outcome, verdict = judged(values, **claim)
    assert verdict == "does not reproduce" and "not estimable" in outcome.attempts[0].shown


def test_a_table_too_large_to_enumerate_does_not_stop_the_audit(judged):
    outcome, verdict = judged(
        {"p": "0.999"}, check="contingency.p", printed="p", methods="pearson", alternatives="fisher",
        inputs="table=300 301 302 303 | 300 301 302 303 | 300 301 302 303", agreement="rounding",
    )  # fmt: skip
    assert verdict == "does not reproduce" and "too many to enumerate" in outcome.attempts[1].shown


def test_mid_p_of_one_row_is_not_estimable():
    found = TESTS["mid_p"].run(np.array([[3, 4], [0, 0]]))
    assert found.p is None and found.reason.startswith("not estimable")
