"""Printed numbers are found by the record that recomputes them."""

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.display.printed import P_VALUE, agrees, beside, signs
from living_article.published import Link, PrintedNumber, Published


def value(id, location, quantity, printed, number, decimals):
    return PrintedNumber(id, location, "row", "column", quantity, printed, "", "", number, "", decimals)


PUBLISHED = Published(
    Path("folder"),
    (
        value("a", "Table 1", "count", "31", 31.0, 0),
        value("b", "Table 1", P_VALUE, "0.912", 0.912, 3),
        value("c", "Abstract", P_VALUE, "0.05", 0.05, 2),
    ),
    (
        Link("a", "baseline", "count", None, "new", "sex:male", None),
        Link("b", "baseline", "test", None, None, "sex", None),
        Link("c", "baseline", "test", None, None, "age", None),
    ),
)


def test_finds_by_record_quantity_and_place():
    printed = beside(PUBLISHED, "baseline", "Table 1")
    assert printed.text("count", "count", group="new", term="sex:male") == "31"
    assert printed.text("count", "count", group="old", term="sex:male") is None
    assert printed.find(P_VALUE, "chi2", "test", term="sex").number == 0.912
    assert printed.find(P_VALUE, "test", term="age") is None, "printed in another place"
    assert printed.find("chi-square statistic", "test", term="sex") is None


def test_nothing_without_an_article_or_without_the_table():
    assert beside(None, "baseline", "Table 1") is None
    assert beside(PUBLISHED, "baseline", "Table 2") is None


@pytest.mark.parametrize(("number", "same"), [(0.9124, True), (0.9125, True), (0.913, False), (None, False)])
def test_agreement_is_judged_at_the_last_printed_digit(number, same):
    assert agrees(PUBLISHED.get("b"), number) is same


def test_a_sign_behind_a_printed_number_is_explained_by_its_note():
    note = "read as per cent; # marks P<0.05 against the other group"
    values = [
        replace(value(id, "Table 1", "percentage", printed, 10.0, 0), note=note)
        for id, printed in (("a", "10#"), ("b", "30#"))
    ]
    assert signs(beside(replace(PUBLISHED, values=tuple(values)), "baseline", "Table 1")) == (
        "In the printed table # marks P<0.05 against the other group.",
    )
    assert signs(beside(PUBLISHED, "baseline", "Table 1")) == () == signs(None)
