"""A time and its event, told from names, labels and values."""

from __future__ import annotations

import pytest

from living_article.study.drafting.pairs import horizons, outer, pairs
from tests.study.drafting.small_table import TIMES, table


@pytest.mark.parametrize(
    ("time", "event", "kind"),
    [
        ("os_months", "os_event", "os"),
        ("OS.time", "OS", "os"),
        ("survtime", "death", "os"),
        ("days_to_death", "vital_status", "os"),
        ("pfs_months", "progression_event", "pfs"),
        ("rectime", "censrec", "rfs"),
        ("DFS_MONTHS", "DFS_STATUS", "dfs"),
        ("time", "cens", "survival"),
        ("T", "E", "survival"),
        ("pfs_t", "pfs_e", "pfs"),
        ("followup_days", "status", "survival"),
        ("Zeit", "Ereignis", "survival"),
        ("PFS_Monate", "PFS_Ereignis", "pfs"),
        ("Gesamtüberleben_Tage", "verstorben", "os"),
        ("Überlebenszeit", "Tod", "os"),
    ],
)
def test_a_time_finds_its_event(time, event, kind):
    (pair,) = pairs(table(age_years=TIMES, er_status=["0", "1"] * 2, **{time: TIMES, event: ["0", "1"] * 2}))
    assert (pair.time.name, pair.event.name, pair.kind.id) == (time, event, kind)


def test_two_endpoints_with_overall_survival_last_and_no_event_used_twice():
    events = ["0", "1", "1", "0"]
    found = pairs(table(os_time=TIMES, pfs_time=TIMES, pfs_event=events, os_event=events))
    assert [pair.kind.id for pair in found] == ["pfs", "os"]
    found = pairs(table(time=TIMES, os_time=TIMES, death=events))
    assert [(pair.time.name, pair.kind.id) for pair in found] == [("os_time", "os")]
    assert pairs(table(time=TIMES, event=["a", "b"] * 2)) == []
    assert pairs(table(time=["-1", *TIMES[1:]], event=events)) == []


@pytest.mark.parametrize(
    ("time", "event", "kind", "unit"),
    [
        ("Gesamtüberleben (Monate)", "Tod (1 = ja)", "os", "months"),
        ("Zeit bis zum Tod [Tage]", "verstorben", "os", "days"),
        ("Progressionsfreies Überleben in Monaten", "Progress", "pfs", "months"),
        ("Overall survival, months", "Death", "os", "months"),
        ("Zeit bis zum Rezidiv (Wochen)", "Rezidiv (ja/nein)", "rfs", "weeks"),
    ],
)
def test_labels_of_the_file_tell_endpoints_whose_names_do_not(time, event, kind, unit):
    labels = {"v3": time, "v4": event, "v5": "Geschlecht"}
    found = table(v3=TIMES, v4=["0", "1"] * 2, v5=["0", "1"] * 2, labels=labels)
    (pair,) = pairs(found)
    assert (pair.time.name, pair.event.name, pair.kind.id, pair.unit) == ("v3", "v4", kind, unit)


def test_a_time_named_like_no_endpoint_is_survival_if_it_is_never_the_shorter():
    events = ["0", "1"] * 2
    found = pairs(table(Zeit=TIMES, Status=events, PFS=["1", "19", "7", "2"], PFS_Ereignis=events))
    assert [pair.kind.id for pair in found] == ["pfs", "survival"]
    assert outer(found) is found[1]
    found = pairs(table(Zeit=TIMES, Status=events, PFS=["2", "19", "7", "2"], PFS_Ereignis=events))
    assert outer(found) is None


@pytest.mark.parametrize(
    ("name", "longest", "unit", "whole"),
    [
        ("os_months", 60, "months", [12, 36]),
        ("os_days", 2000, "days", [365, 1095]),
        ("os", 2500, "days", [365, 1825]),
        ("os", 30, "months", [12, 24]),
        ("os", 14, "years", [1, 10]),
        ("OS_Jahre", 14, "years", [1, 10]),
        ("OS_Monate", 60, "months", [12, 36]),
        ("os_weeks", 20, "weeks", [10]),
    ],
)
def test_units_and_horizons(name, longest, unit, whole):
    cells = {name: ["1", "2", "3", str(longest)], "os_event": ["0", "1", "1", "0"]}
    (pair,) = pairs(table(**cells))
    assert pair.unit == unit
    assert horizons(pair) == whole


def test_endpoints_of_short_names_and_of_labels_in_the_file():
    found = table(os_wk=TIMES, os_ev=["0", "1", "1", "0"], efs_mo=TIMES, efs_evt=["0", "1", "1", "0"])
    assert [(pair.kind.id, pair.time.name, pair.event.name, pair.unit, pair.unit_named) for pair in pairs(found)] == [
        ("efs", "efs_mo", "efs_evt", "months", True), ("os", "os_wk", "os_ev", "weeks", True),
    ]  # fmt: skip
    labels = {"v1": "Overall survival (weeks)", "v2": "Death"}
    assert [pair.kind.id for pair in pairs(table(v1=TIMES, v2=["0", "1", "1", "0"], labels=labels))] == ["os"]
