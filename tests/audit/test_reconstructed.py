"""Numbers of a cohort beside printed ones."""

import csv
from dataclasses import replace

import pytest

from living_article.audit.reconstructed import beside, number_of
from living_article.published import CROSSWALK_COLUMNS, load_published
from living_article.records import Record, Results

VALUES = {
    "median": ("22", "median"),
    "median_again": ("22.0", "median"),
    "low": ("18.0", "confidence limit, lower"),
    "p": ("0.046", "P value"),
    "alone": ("5", "count"),
}


@pytest.fixture
def published(write):
    folder = write(VALUES)
    with (folder / "crosswalk.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CROSSWALK_COLUMNS)
        for id in ("median", "median_again", "low", "p"):
            writer.writerow((id, "survival", "median", "os", "treated", "", ""))
    return load_published(folder)


@pytest.fixture
def results():
    record = Record("survival", "median", endpoint="os", group="treated", value=22.3, low=18.02, p=0.2, unit="months")
    return {"survival": Results("survival", [record])}


def test_value_limit_and_p_are_taken_from_one_record(published, results):
    found = beside(published, ("median", "low", "p", "alone"), results)
    assert [(b.quantity, b.value, b.agrees) for b in found] == [
        ("median", "22.3", True),
        ("confidence limit, lower", "18.02", True),
        ("P value", "0.2000", False),
    ]


def test_a_p_value_below_the_digits_shown_is_a_bound(published):
    tiny = {"survival": Results("survival", [Record("survival", "median", "os", "treated", value=22.3, p=1e-9)])}
    assert [b.value for b in beside(published, ("p",), tiny)] == ["<0.0001"]


def test_one_number_printed_twice_is_shown_once_if_both_agree(published):
    exact = {"survival": Results("survival", [Record("survival", "median", "os", "treated", value=22.0)])}
    assert len(beside(published, ("median", "median_again"), exact)) == 1


def test_without_records_there_is_nothing(published):
    assert beside(published, ("median",), {}) == ()
    empty = {"survival": Results("survival", [Record("survival", "median", "os", "treated", note="not reached")])}
    assert beside(published, ("median",), empty) == ()


def test_a_share_is_read_as_per_cent(write):
    published = load_published(write({"orr": ("23.6", "percentage")}))
    value = replace(published.number("orr"), unit="%")
    assert number_of(Record("response", "orr", value=0.25, unit="proportion"), value) == 25.0
