"""The drawn findings: markers and intervals stand where the numbers are, in words for those who do not see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from living_article.display.finding_cards import cards
from living_article.display.findings import Finding, Row
from living_article.records import Record
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
SENTENCE = "Relief was seen in 40% & 20%."


def drawn(*arms, unit="proportion", effect=0.2, p=0.01):
    records = tuple(Record("relief", "share", unit=unit, **arm) for arm in arms)
    row = Row(
        "Relief",
        records,
        Record("s", "d", value=effect, unit="risk difference", note="no"),
        Record("s", "t", p=p, note="no"),
        SENTENCE,
    )
    return cards([Finding("relief", "% of patients", "more", "less", (row,), 0.05)], STUDY)


def page(*arms, **options):
    return BeautifulSoup(drawn(*arms, **options), "html.parser")


def percent(element, name):
    return float(element[name].rstrip("%"))


FULL = ({"value": 0.4, "low": 0.3, "high": 0.5}, {"value": 0.2, "low": 0.1, "high": 0.3})


def test_markers_and_intervals_are_at_their_share_of_the_axis():
    found = page(*FULL).select_one(".finding-arms")
    circle, square = found.circle, found.rect
    assert percent(circle, "cx") == pytest.approx(2 * percent(square, "x"), abs=0.02)
    treated = found.select_one(".arm-treated line:not(.cap)")
    assert percent(treated, "x1") / percent(circle, "cx") == pytest.approx(0.75, abs=0.001)
    assert percent(treated, "x2") / percent(circle, "cx") == pytest.approx(1.25, abs=0.001)
    assert all(0 <= percent(line, end) <= 100 for line in found.select("line") for end in ("x1", "x2"))


def test_the_drawing_is_told_in_words_and_its_numbers_are_text():
    found = page(*FULL)
    assert found.select_one(".finding-arms")["aria-label"] == SENTENCE
    assert found.select_one(".finding-values").get_text("|") == "40.0 (30.0 to 50.0)|20.0 (10.0 to 30.0)"
    assert (
        found.select_one(".finding-effect").get_text().replace("\N{NO-BREAK SPACE}", " ")
        == "Difference 20.0, P = 0.010"
    )


def test_section_arms_and_provenance_are_named():
    text = drawn(*FULL)
    assert "**{doc}`notebooks/relief`** [% of patients (95% CI)]{.finding-unit}" in text
    key = page(*FULL).select_one(".finding-key").get_text("|")
    assert [part.strip() for part in key.split("|")] == [
        "Thalidomide + ifosfamide",
        "Etoposide + ifosfamide",
        STUDY.provenance.badge,
    ]


def test_an_open_interval_runs_to_the_end_without_a_cap():
    found = page({"value": 0.4, "low": 0.3}, FULL[1]).select_one(".finding-arms")
    line = found.select_one(".arm-treated line:not(.cap)")
    assert percent(line, "x2") == 100
    assert len(found.select(".arm-treated line.cap")) == 1


def test_a_value_that_is_not_shown_is_not_drawn_either():
    found = page({"note": "< 5"}, FULL[1], effect=None, p=None)
    assert not found.select(".finding-arms circle") and found.select(".finding-arms rect")
    assert "< 5" in found.select_one(".finding-values").get_text()


def test_without_findings_there_is_nothing():
    assert cards([], STUDY) == ""
