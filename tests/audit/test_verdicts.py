"""The verdict follows from attempts, bounds and reasons alone."""

from types import SimpleNamespace

import pytest

from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.verdicts import Ruling, meaning, rule, significant

CHECK = Check(run=lambda case: None, agreements=("rounding",), failure=Verdict.INCONSISTENT, meaning="They differ.")


def attempt(how="", *, named=True, method="Yates's correction", value=None):
    return Attempt(method, "1.0", how, value, named)


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (Outcome((attempt("rounding"),)), "reproduces"),
        (Outcome((attempt(), attempt("exact"))), "reproduces"),
        (Outcome((attempt("truncation"),)), "reproduces only with truncation"),
        (Outcome((attempt(), attempt("rounding", named=False))), "reproduces only with Yates's correction"),
        (
            Outcome((attempt(), attempt("truncation", named=False))),
            "reproduces only with Yates's correction and truncation",
        ),
        (
            Outcome((attempt("truncation"), attempt("rounding", named=False, method="mid-P"))),
            "reproduces only with truncation or mid-P",
        ),
        (
            Outcome(tuple(attempt("rounding", named=False, method=m) for m in "abc")),
            "reproduces only with a or 2 other methods tried",
        ),
        (Outcome((attempt(),), condition="other counts"), "reproduces only with other counts"),
        (Outcome((attempt(), attempt(named=False))), "internally inconsistent"),
        (Outcome((attempt("rounding"),), bound="2 < 3"), "impossible"),
        (Outcome((attempt("rounding"),), patients=True), "needs patient data"),
        (Outcome(reason="A word."), "definitional"),
    ],
)
def test_rule(outcome, text):
    assert str(rule(CHECK, outcome)) == text


def test_the_bound_is_kept_as_detail():
    assert rule(CHECK, Outcome(bound="2 < 3")) == Ruling(Verdict.IMPOSSIBLE, "2 < 3")


def p(number, bound=""):
    return SimpleNamespace(number=number, bound=bound)


@pytest.mark.parametrize(
    ("printed", "says"), [(p(0.049), True), (p(0.05), False), (p(0.05, "<"), True), (p(0.05, ">"), False)]
)
def test_what_a_printed_p_says(printed, says):
    assert significant(printed, 0.05) is says


def values(*numbers):
    return Outcome(tuple(attempt(value=number) for number in numbers))


@pytest.mark.parametrize(
    ("outcome", "printed", "text"),
    [
        (values(0.2, 0.3), p(0.04), "Not significant at 0.05 under any of the 2 tests tried, unlike what is printed."),
        (values(0.2, 0.3), p(0.9), "Not significant at 0.05 under any of the 2 tests tried, as printed."),
        (values(0.01, 0.02), p(0.9), "Significant at 0.05 under each of the 2 tests tried, unlike what is printed."),
        (values(0.01, 0.2), p(0.04), "Significant at 0.05 under 1 of the 2 tests tried."),
        (values(0.01), p(0.04), "P is below 0.05, as printed."),
    ],
)
def test_a_discrepancy_is_told_by_its_conclusion(outcome, printed, text):
    ruling = Ruling(Verdict.NOT)
    assert meaning(CHECK, outcome, ruling, printed, 0.05) == f"They differ. {text}"


def test_nothing_is_said_where_nothing_differs():
    for verdict in (Verdict.REPRODUCES, Verdict.DEFINITIONAL, Verdict.PATIENTS):
        assert meaning(CHECK, values(0.2), Ruling(verdict), p(0.04), 0.05) == ""
    assert meaning(CHECK, values(0.2), Ruling(Verdict.ONLY_WITH, "truncation"), None, None) == ""
