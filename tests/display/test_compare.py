from pathlib import Path

from bs4 import BeautifulSoup

from living_article.compare.pairs import Pair
from living_article.compare.sides import Number
from living_article.display.compare import compare_page, summary
from living_article.display.record_names import RecordNames
from living_article.study import load_study

NAMES = RecordNames(load_study(Path(__file__).parents[2] / "data" / "study.yml"))
LABELS = ("before", "<after>")


def pairs(second=1.2):
    first = Number(0.8, 0.6, 0.9, 0.01, "hazard ratio")
    return [
        Pair(("cox", "hr", "os", None, "age", None), first, Number(second, 0.9, 1.6, 0.2, "hazard ratio")),
        Pair(("cox", "n", None, None, None, None), Number(95.0, unit="patients"), Number(95.0, unit="patients")),
        Pair(("cox", "old", None, None, None, None), Number(1.0), None),
    ]


def test_summary_counts_what_moved_and_what_one_side_lacks():
    assert summary(pairs()) == (
        "Both sides have 2 numbers: 1 are the same, 1 moved to the other side of no effect. "
        "Besides, 1 stand only in the first."
    )
    assert "1 moved" not in summary(pairs()[1:2])


def test_the_page_is_whole_and_says_what_moved():
    page = BeautifulSoup(compare_page(pairs(), LABELS, NAMES), "html.parser")
    assert page.html["lang"] == "en" and not page.select("script, link, img")
    assert (
        "gravest change is that of “Hazard ratio: Age (overall survival; cox)”: changes side" in page.svg["aria-label"]
    )
    rows = page.select("tbody tr")
    assert rows[0].th.get_text() == "Hazard ratio: Age (overall survival; cox)" and rows[0].th["scope"] == "row"
    assert "B (<after>)" in [cell.get_text() for cell in page.select("thead th")]


def test_without_a_change_there_is_no_plot():
    page = compare_page(pairs()[1:], LABELS, NAMES)
    assert "<svg" not in page and "No number with a value on both sides moved." in page


def test_figure_and_table_say_which_side_is_exploratory():
    sides = ("before (Real patients)", "after (Real patients; exploratory: Age at least 60 years)")
    page = BeautifulSoup(compare_page(pairs(), LABELS, NAMES, sides), "html.parser")
    said = "B: exploratory, on a part of the patients."
    assert all(said in element.get_text() for element in (page.figcaption, page.caption))
    assert said in page.svg["aria-label"]
    assert said not in compare_page(pairs(), LABELS, NAMES, (sides[0], sides[0]))
