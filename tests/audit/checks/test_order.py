"""Values in an order, and times within the follow-up."""

import pytest

from living_article.errors import InputError

RISING = {"check": "order.rising", "printed": "b", "inputs": "values=a b 3"}
TIME = {"check": "order.follow_up", "printed": "t start end", "inputs": "months=t"}
DATES = {"start": "January 2020", "end": "December 2024"}


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("1", "2", "reproduces"),
        ("2", "2", "reproduces"),
        ("2", "1", "internally inconsistent"),
        ("1", "4", "internally inconsistent"),
    ],
)
def test_rising(judged, a, b, verdict):
    assert judged({"a": a, "b": b}, **RISING)[1] == verdict


@pytest.mark.parametrize(("months", "verdict"), [("60", "reproduces"), ("61", "impossible")])
def test_both_months_are_counted_whole(judged, months, verdict):
    assert judged(DATES | {"t": months}, **TIME)[1] == verdict


def test_dates_are_needed(judged):
    with pytest.raises(InputError, match="must be dates"):
        judged({"t": "12", "start": "1", "end": "2"}, **TIME)
