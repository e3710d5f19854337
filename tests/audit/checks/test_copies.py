"""One number printed in several places."""

import pytest

from living_article.audit.checks.copies import agree
from living_article.published import PrintedDate, PrintedNumber, parse


def printed(text):
    where, read = ("x", "Table 1", "", "", "count", text, "", ""), parse(text)
    return PrintedNumber(*where, *read) if isinstance(read, tuple) else PrintedDate(*where, read)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10", "10.00", True),
        ("10#", "10", True),
        ("10", "10.4", True),
        ("10.0", "10.4", False),
        ("one", "1", True),
        ("<0.05", "0.042", True),
        ("<0.05", "0.05", False),
        ("0.856", ">0.05", True),
        ("<0.05", "<0.05", True),
        ("<0.05", "<0.01", False),
        ("0.1", "0.10", True),
        ("May 2020", "May 2020", True),
        ("May 2020", "June 2020", False),
        ("May 2020", "5", False),
    ],
)
def test_two_printings(one, other, same):
    assert agree(printed(one), printed(other)) is same
    assert agree(printed(other), printed(one)) is same


def test_one_that_differs_is_not_hidden_by_others(judged):
    row = {"check": "copies.equal", "printed": "a b c"}
    assert judged({"a": "1.256", "b": "1.256", "c": "1.256"}, **row)[1] == "reproduces"
    outcome, verdict = judged({"a": "1.256", "b": "1.256", "c": "1.265"}, **row)
    assert verdict == "internally inconsistent"
    assert "1.265 (Table of c)" in outcome.working[0] and len(outcome.attempts) == 1
