"""Cells of the toxicity tables."""

from pathlib import Path

from living_article.display.printed import P_VALUE, beside
from living_article.display.tables import toxicity
from living_article.published import Link, PrintedNumber, Published
from tests.display.toxicity_records import ARMS, BLOOD, GROUPS, GUT, records


def printed():
    rows = [
        ("a", "count", "1", "count", "new", "gut"),
        ("b", "percentage", "5.00", "incidence", "new", "gut"),
        ("c", "chi-square statistic", "4.333", "chi2", None, "gut"),
        ("d", P_VALUE, "0.038", "test", None, "gut"),
    ]
    values = [PrintedNumber(r[0], "Table 5", "", "", r[1], r[2], "", "", float(r[2]), "", 0) for r in rows]
    links = [Link(r[0], "toxicity", r[3], None, r[4], r[5], None) for r in rows]
    return beside(Published(Path("f"), tuple(values), tuple(links)), "toxicity", "Table 5")


def test_one_row_an_event_and_one_for_any_of_them():
    frame = toxicity.system(ARMS, [GUT], records(), None, 0.05)
    assert list(frame.index) == ["Nausea", "Vomiting", "Patients with any of these"]
    row = list(frame.loc["Patients with any of these"])
    assert row[:2] == ["1 (5.0)", "4 (20.0)"] and row[2].startswith("−15.0 (")
    assert row[3:] == ["0.200", "2.500 (0.200)", "2.500 (0.200)"]


def test_printed_cells_only_where_printed():
    frame = toxicity.system(ARMS, [GUT], records(), printed(), 0.05)
    assert list(frame.loc["Patients with any of these"])[-3:] == ["1 (5.00)", toxicity.NOT_PRINTED, "4.333 (0.038)"]
    assert list(frame.loc["Nausea"])[-3:] == [toxicity.NOT_PRINTED] * 3


def test_systems_that_share_a_table_are_named():
    frame = toxicity.system(ARMS, [BLOOD, GUT], records(), None, 0.05)
    assert list(frame.index) == ["Low white cells", "Blood toxicity, any", "Nausea", "Vomiting", "Gut reactions, any"]


def test_overall_ends_with_any_event_and_says_what_is_not_estimable():
    frame = toxicity.overall(ARMS, GROUPS, records(new=0, old=0, gut=(0, 0), p=None), 0.05)
    assert frame.index[-1] == "Any event in any system"
    assert list(frame.iloc[-1])[3:] == ["not estimable"] * 3
