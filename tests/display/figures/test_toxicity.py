"""The two-sided plot has one row an event, a total for each system, and both arms on each row."""

import matplotlib.pyplot as plt

from living_article.display.figures import toxicity
from tests.display.toxicity_records import ARMS, GROUPS, records


def test_rows_from_the_top_with_totals_in_bold():
    figure = toxicity.two_sided(ARMS, GROUPS, records(), 0.05)
    left, right = figure.axes
    labels = left.get_yticklabels()
    names = [label.get_text() for label in labels]
    assert names == ["Blood toxicity", "Low white cells", "Gut reactions", "Nausea", "Vomiting", "Any event"]
    assert [label.get_fontweight() for label in labels] == ["bold", "normal", "bold", "normal", "normal", "bold"]
    assert left.get_ylim()[0] > left.get_ylim()[1], "the first row is on top"
    low, high = right.get_xlim()
    assert low == -high
    plt.close(figure)


def test_draws_without_any_event():
    figure = toxicity.two_sided(ARMS, GROUPS, records(new=0, old=0, gut=(0, 0), p=None), 0.05)
    assert len(figure.legends[0].get_texts()) == 2
    plt.close(figure)
