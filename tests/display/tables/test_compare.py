from pathlib import Path

from living_article.compare.pairs import Pair
from living_article.compare.sides import Number
from living_article.display.record_names import RecordNames
from living_article.display.tables import compare as tables
from living_article.study import load_study

NAMES = RecordNames(load_study(Path(__file__).parents[3] / "data" / "study.yml"))
FIRST = Number(0.236, 0.132, 0.37, unit="proportion")
PAIRS = [
    Pair(("s", "orr", None, "new", None, None), FIRST, Number(0.3, p=0.012, unit="proportion")),
    Pair(("s", "test", None, None, None, None), Number(p=0.05, bound="<", printed=True), Number(p=0.3)),
    Pair(("s", "gone", "os", None, None, 36.0), Number(None, note="not estimable"), None),
]


def test_both_numbers_the_change_and_the_verdict():
    frame = tables.side_by_side(PAIRS, ("old", "new"))
    assert list(frame.columns) == ["A (old)", "B (new)", "Change", "Verdict"]
    assert frame.loc["s orr (new)"].tolist() == ["23.6 (13.2 to 37.0)", "30.0 P = 0.012", "+6.4%", "moved"]
    assert frame.loc["s test"].tolist() == ["P < 0.05", "P = 0.300", "–", "changes significance"]
    assert frame.loc["s gone (os, 36)"].tolist() == ["not estimable", "–", "–", "only in the first"]


def test_a_change_that_rounds_to_nothing_has_no_sign():
    tiny = Pair(("s", "x", None, None, None, None), Number(1.0, unit="ratio"), Number(1.0001, unit="ratio"))
    assert tables.change(tiny) == "0.00"
    less = Pair(("s", "x", None, None, None, None), Number(2.0, unit="ratio"), Number(1.0, unit="ratio"))
    assert tables.change(less).startswith("\N{MINUS SIGN}")


def test_columns_of_the_terminal_line_up():
    lines = tables.terminal(PAIRS, ("old", "new")).splitlines()
    assert len(lines) == 4
    assert (
        len({line.index(word) for line, word in zip(lines, ("Verdict", "moved", "changes", "only"), strict=True)}) == 1
    )


def test_the_file_has_full_precision():
    frame = tables.file(PAIRS, NAMES)
    assert frame["a_value"].tolist()[0] == 0.236 and frame["difference"].tolist()[0] == 0.3 - 0.236
    assert frame["verdict"].tolist() == ["moved", "changes significance", "only in the first"]
    assert frame["label"].tolist()[2] == "Gone at 36 months (overall survival; s)"


def test_a_page_has_names_in_words():
    assert list(tables.side_by_side(PAIRS, ("old", "new"), NAMES).index)[0] == "Objective response rate: new (s)"
