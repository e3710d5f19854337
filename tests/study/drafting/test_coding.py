"""Codes explained by names and labels, and spellings of one value."""

import pytest

from living_article.study.drafting.coding import (
    describes,
    named_codes,
    one_spelling,
    unknown_codes,
    without_brackets,
    without_coding,
)


@pytest.mark.parametrize(
    ("name", "codes", "rest"),
    [
        ("Status (1=dead, 2=alive)", {"1": "dead", "2": "alive"}, "Status"),
        ("OS status 1=dead 2=alive", {"1": "dead", "2": "alive"}, "OS status"),
        ("Tod [0: nein; 1: ja]", {"0": "nein", "1": "ja"}, "Tod"),
        ("Sex, m=male/f=female", {"m": "male", "f": "female"}, "Sex"),
        ("Stage 1=early and 2=locally advanced", {"1": "early", "2": "locally advanced"}, "Stage"),
        ("LDH (U/l)", {}, "LDH (U/l)"),
        ("Event (1=yes)", {"1": "yes"}, "Event (1=yes)"),
    ],
)
def test_codes_in_a_name(name, codes, rest):
    assert (named_codes(name), without_coding(name)) == (codes, rest)


def test_brackets_are_no_part_of_a_name_unless_they_are_all_of_it():
    assert without_brackets("OS (mo)") == "OS"
    assert without_brackets("PFS [d") == "PFS"
    assert without_brackets("(x)") == "(x)"


def test_labels_that_mean_missing():
    assert unknown_codes({"1": "yes", "9": "Unknown", "8": "keine Angabe", "0": "none"}) == {"9", "8"}


def test_labels_of_a_few_values_do_not_make_a_number_levels():
    assert describes({"1": "a", "2": "b"}, {"1", "2"})
    assert describes({"1": "a", "2": "b"}, {"1", "2", "3"})
    assert not describes({"0": "no pain", "10": "worst"}, set(map(str, range(11))))


def test_one_spelling_for_values_that_differ_in_capitals():
    assert one_spelling(["M", "M", "m", "F", "F", "F"], 12) == {"M": "M", "m": "M"}
    assert one_spelling(["AA", "Aa", "aa"] * 3, 12) == {}
    assert one_spelling(["P1", "p1", "P2", "p2"], 12) == {}
    assert one_spelling(["M", "M", "m", "F", "F", "F"], 2) == {}
