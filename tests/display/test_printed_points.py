"""Printed points are shown as printed and compared with the printed hazard ratios."""

import math

import pytest

from living_article.display.printed_points import printed_points
from living_article.display.terms import rows
from tests.display.cox_records import AGE, SITE, TREATMENT, printed_ratio, published

AGE_ROW = rows([AGE])[0]
NEW, OLD = rows([TREATMENT])


def level(term, quantity, text):
    return (f"{term}_{quantity}", quantity, text, "nomogram", "points", term)


def ends(record, kind, low, high):
    return [
        (f"age_{kind}_{end}", f"{kind}, {end}", text, "nomogram", record, "age")
        for end, text in (("lowest", low), ("highest", high))
    ]


def test_cells_are_as_printed():
    found = printed_points(
        published(
            level("arm:new", "points, lowest", "30"),
            level("arm:new", "points, highest", "60"),
            level("arm:old", "points", "0"),
            *ends("points_range", "points", "0", "80"),
            *ends("observed_range", "range", "20", "80"),
        ),
        "os",
    )
    assert found and (found.cell(NEW), found.cell(OLD)) == ("30–60", "0")
    assert found.cell(AGE_ROW) == "0–80 over 20–80"
    assert found.cell(rows([SITE])[0]) is None


def test_points_for_one_unit_of_log_hazard_ratio():
    numbers = [
        level("arm:new", "points, lowest", "30"),
        level("arm:new", "points, highest", "60"),
        level("arm:old", "points, lowest", "0"),
        level("arm:old", "points, highest", "30"),
        *ends("points_range", "points", "0", "80"),
        *ends("observed_range", "range", "20", "80"),
        *printed_ratio("arm", hr="0.632"),
        *printed_ratio("age", hr="1.018"),
    ]
    found = printed_points(published(*numbers), "os")
    assert found.per_log_ratio(NEW) == pytest.approx(30 / math.log(0.632)), "points rise where the hazard falls"
    assert found.per_log_ratio(AGE_ROW) == pytest.approx(80 / 60 / math.log(1.018))


def test_what_is_not_printed_is_not_compared():
    only_points = printed_points(published(level("arm:new", "points", "5"), level("arm:old", "points", "0")), "os")
    assert only_points.per_log_ratio(NEW) is None
    no_effect = published(
        level("arm:new", "points", "5"), level("arm:old", "points", "0"), *printed_ratio("arm", hr="1")
    )
    assert printed_points(no_effect, "os").per_log_ratio(NEW) is None
    assert not printed_points(None, "os") and printed_points(None, "os").cell(NEW) is None
    assert not printed_points(published(*printed_ratio("arm", hr="0.6")), "os")
