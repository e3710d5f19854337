"""The balance plot orders covariates by size and draws with a covariate that has no difference to show."""

import matplotlib.pyplot as plt

from living_article.display.figures import baseline
from tests.display.baseline_records import AGE, ARMS, COVARIATES, records


def labels(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_largest_on_top_and_level_named():
    figure = baseline.balance(ARMS, COVARIATES, records(), limit=0.1, alpha=0.05)
    assert labels(figure) == ["Sex: male", "Age", "Site"]
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert {"More with New", "More with Old", "More than two levels, no direction"} <= set(names)
    plt.close(figure)


def test_draws_without_an_estimable_difference():
    figure = baseline.balance(ARMS, [AGE], records(smd=None), limit=0.1, alpha=0.05)
    assert labels(figure) == []
    plt.close(figure)
