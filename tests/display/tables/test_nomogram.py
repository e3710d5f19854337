"""Tables of the nomogram section."""

import pytest

from living_article.display.printed_points import printed_points
from living_article.display.tables import nomogram as tables
from living_article.display.terms import rows
from living_article.statistics import nomogram as points
from tests.display.cox_records import COVARIATES, DEATH, published
from tests.display.nomogram_records import fitted, records

VALUES = {"arm": "new", "age": 40.0, "site": "b"}


@pytest.fixture(scope="module")
def nomogram():
    return fitted()


def test_points_of_levels_and_of_observed_ends(nomogram):
    frame = tables.points(rows(COVARIATES), DEATH, records(nomogram), printed_points(None, "os"))
    assert list(frame.columns) == ["Points"] and len(frame) == 6
    assert frame.loc["Treatment: New drug", "Points"] == "0.0", "the lower hazard has no points"
    old = points.ranges(nomogram).set_index("term").loc["arm", "high"]
    assert frame.loc["Treatment: Old drug", "Points"] == f"{old:.1f}"
    low, high = frame.loc["Age: 20 to 60 years", "Points"].split(" to ")
    assert low == "0.0" and float(high) > 50


def test_points_of_a_falling_numeric_term_run_backwards(nomogram):
    results = records(nomogram)
    frame = tables.points(rows(COVARIATES), DEATH, results, printed_points(None, "os"))
    forwards = frame.loc["Age: 20 to 60 years", "Points"]
    (record,) = results.select("points", term="age")
    falling = [r for r in results if r is not record]
    flipped = type(results)("nomogram", falling)
    flipped.add("points", endpoint="os", term="age", value=-record.value, unit="points")
    backwards = tables.points(rows(COVARIATES), DEATH, flipped, printed_points(None, "os"))
    assert backwards.loc["Age: 20 to 60 years", "Points"] == " to ".join(reversed(forwards.split(" to ")))


def test_printed_points_stand_beside(nomogram):
    printed = printed_points(published(("a", "points", "35", "nomogram", "points", "site:b")), "os")
    results = records(nomogram)
    results.add("printed_points_per_log_hr", endpoint="os", term="site:b", value=93.72, unit="points")
    frame = tables.points(rows(COVARIATES), DEATH, results, printed)
    assert list(frame.loc["Site, main: Leg"])[1:] == ["35", "93.7"]
    assert list(frame.loc["Site, main: Arm"])[1:] == ["–", "–"]


def test_worked_example(nomogram):
    frame = tables.example(COVARIATES, VALUES, DEATH, [12, 99], records(nomogram), 0.05)
    assert list(frame["Value"][:3]) == ["New drug", "40 years", "Leg"]
    assert frame.loc["Total points", "Points"] == "88.8" and not frame.isna().any().any()
    assert frame.loc["Predicted OS at 12 months, % (95% CI)", "Value"] == "70.0 (60.0 to 80.0)"
    assert frame.loc["Predicted OS at 99 months, % (95% CI)", "Value"].startswith("not estimable")
    assert frame.loc["Predicted median OS, months", "Value"] == "18.4"
