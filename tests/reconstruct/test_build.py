import csv
import io
from datetime import date
from pathlib import Path

import pytest

from living_article.reconstruct import build

DATA = Path(__file__).parents[2] / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shipped():
    return rows("cohort.csv")


def test_columns_are_those_documented(shipped):
    assert tuple(shipped[0]) == build.COHORT_COLUMNS
    assert tuple(rows("external.csv")[0]) == build.EXTERNAL_COLUMNS


def test_patients_are_numbered_in_the_order_of_enrolment(shipped):
    assert [r["patient_id"] for r in shipped] == [f"P{k:03d}" for k in range(1, 96)]
    assert [r["enrolled_on"] for r in shipped] == sorted(r["enrolled_on"] for r in shipped)


@pytest.mark.parametrize("name", ["cohort.csv", "external.csv"])
def test_dates_agree_with_months_and_order(name):
    for r in rows(name):
        enrolled, last = (date.fromisoformat(r[c]) for c in ("enrolled_on", "last_contact_on"))
        assert date(2020, 1, 1) <= enrolled <= date(2022, 12, 31) and last <= date(2024, 12, 31)
        assert round((last - enrolled).days / 30.4375, 1) == float(r["os_months"])
        assert (r["died_on"] == r["last_contact_on"]) == (r["os_event"] == "1")
        assert float(r["pfs_months"]) <= float(r["os_months"]) and r["pfs_event"] >= r["os_event"]
        if r["progressed_on"]:
            passed = (date.fromisoformat(r["progressed_on"]) - enrolled).days
            assert round(passed / 30.4375, 1) == float(r["pfs_months"]) and r["pfs_event"] == "1"
        else:
            assert r["pfs_months"] == r["os_months"] and r["pfs_event"] == r["os_event"]


def test_few_are_lost_to_follow_up(shipped):
    lost = [r for r in shipped if r["os_event"] == "0" and r["last_contact_on"] != "2024-12-31"]
    assert 3 <= len(lost) <= 5


def test_text_has_line_feeds_and_leaves_unknown_keys_out():
    text = build.as_csv([{"a": 1.5, "b": "x", "place": 3}], ("b", "a"))
    assert text == "b,a\nx,1.5\n"
    assert list(csv.DictReader(io.StringIO(text))) == [{"b": "x", "a": "1.5"}]


def test_targets_of_the_search_are_read_from_the_tables(fixed, targets):
    assert fixed.accuracy.tolist() == [0.80, 0.79, 0.81, 0.12, 0.15]
    assert fixed.half[0] == pytest.approx(0.0005 / targets.value("t7_arm_hr"))
