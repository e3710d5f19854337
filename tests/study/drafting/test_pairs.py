"""A time and its event, told from names, labels and values."""

from __future__ import annotations

import pytest

from living_article.study.drafting.pairs import event_codes, horizons, outcome, outer, pairs, several_outcomes
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
        ("OS_time", "OS_death", "os"),
        ("PFSMON", "PFS progression", "pfs"),
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
    (unclear,) = pairs(table(time=TIMES, event=["a", "b"] * 2))
    assert unclear.recode == {}
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
        ("os", 30, None, [12, 24]),
        ("os", 14, None, [1, 10]),
        ("OS (mo)", 60, "months", [12, 36]),
        ("OS [d]", 60, "days", [30]),
        ("OSMON", 60, "months", [12, 36]),
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


@pytest.mark.parametrize(
    ("event", "values", "codes"),
    [
        ("status", ["0", "1"], {"0": "0", "1": "1"}),
        ("status", ["1", "2"], {}),
        ("status", ["a", "b"], {}),
        ("status (1=dead, 2=alive)", ["1", "2"], {"1": "1", "2": "0"}),
        ("Censored", ["yes", "no"], {"yes": "0", "no": "1"}),
        ("zensiert", ["ja", "nein"], {"ja": "0", "nein": "1"}),
        ("cens", ["0", "1"], {}),
        ("Censored", ["0", "1"], {}),
        ("censored", ["censored", "event"], {"censored": "0", "event": "1"}),
        ("alive", ["0", "1"], {"0": "1", "1": "0"}),
        ("alive", ["alive", "dead"], {"alive": "0", "dead": "1"}),
        ("status", ["0", "1", "2"], None),
    ],
)
def test_what_is_the_event_is_known_or_asked_never_assumed(event, values, codes):
    assert event_codes(table(**{event: values})[event]) == codes


def test_overall_survival_goes_with_a_status_that_no_other_time_explains():
    found = pairs(table(OS_months=TIMES, PFS_months=TIMES, PFS_event=["0", "1"] * 2, status=["dead", "alive"] * 2))
    assert [(pair.kind.id, pair.event.name) for pair in found] == [("pfs", "PFS_event"), ("os", "status")]
    assert pairs(table(PFS_months=TIMES, status=["dead", "alive"] * 2)) == []


def test_columns_that_look_like_outcomes():
    found = table(
        pfs=TIMES, death_cause=["a", "b", "c", "d"], relapse=["yes", "no"] * 2, _t=TIMES, _d=["0", "1"] * 2,
        days_to_last_followup=TIMES, er_status=["pos", "neg"] * 2, Disease=["CLL", "MCL"] * 2, age=TIMES, stage=["1", "2", "3", "4"],
    )  # fmt: skip
    assert [name for name, column in found.items() if outcome(column)] == [
        "pfs", "death_cause", "relapse", "_t", "_d", "days_to_last_followup",
    ]  # fmt: skip


def test_an_event_of_several_kinds_is_found():
    assert several_outcomes(table(time=TIMES, status=["0", "1", "2", "0"])).name == "status"
    assert several_outcomes(table(time=TIMES, status=["0", "1"] * 2, stage=["1", "2", "3", "1"])) is None
