"""Figures of the regression section draw what the records say, with and without printed numbers and estimates."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from living_article.display.figures import cox as figures
from living_article.display.terms import printed
from living_article.statistics import cox
from living_article.statistics.zph import zph
from tests.display.cox_records import AGE, CONTRASTS, DEATH, TREATMENT, printed_ratio, published, records


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def texts(axes):
    return [text.get_text() for text in axes.texts]


def estimates(axes):
    """Places of the markers of estimates: hazard ratio by height."""
    return {
        float(y): float(x)
        for line in axes.lines
        if line.get_label() == "Computed here"
        for x, y in [line.get_xydata()[0]]
    }


def test_forest_marks_each_estimate_on_a_log_axis():
    axes = figures.forest(CONTRASTS, DEATH, records(), {}, alpha=0.05).axes[0]
    assert axes.get_xscale() == "log"
    assert estimates(axes) == {0: 0.6, 1: 1.02, 2: 2.0, 3: 0.9}
    assert "0.600 (0.400 to 0.900)" in texts(axes) and axes.get_legend() is None


def test_forest_puts_printed_numbers_below():
    numbers = published(*printed_ratio("arm", hr="0.632", low="0.456", high="0.879"))
    found = printed(numbers, "cox", "hr_multivariable", "os")
    axes = figures.forest(CONTRASTS, DEATH, records(), found, alpha=0.05).axes[0]
    assert "0.632 (0.456 to 0.879)" in texts(axes)
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["Computed here", "Printed in the article"]


def test_forest_without_estimate_and_with_a_very_wide_interval():
    results = records(arm=(0.001, 1e-9, 1e6, 0.9), missing=("site:b",))
    axes = figures.forest(CONTRASTS, DEATH, results, {}, alpha=0.05).axes[0]
    assert "not estimable" in texts(axes)
    low, high = axes.get_xlim()
    assert low >= 1 / figures.WIDEST and high <= figures.WIDEST
    assert {line.get_marker() for line in axes.lines} >= {"<", ">"}, "both ends leave the axis"


def test_schoenfeld_has_a_panel_for_each_term_with_its_p_value():
    rng = np.random.default_rng(5)
    x = pd.DataFrame({"arm": rng.integers(0, 2, 60).astype(float), "age": rng.normal(30, 7, 60)})
    model = cox.fit(x, rng.exponential(10, 60).round(1) + 0.1, rng.random(60) < 0.8)
    figure = figures.schoenfeld(zph(model), [TREATMENT, AGE], DEATH, records(zph=0.0321))
    assert [axes.get_title() for axes in figure.axes] == ["Treatment\nP = 0.032", "Age\nP = 0.032"]
    for axes in figure.axes:
        ticks = axes.get_xticks()
        assert len(ticks) == len(axes.get_xticklabels()) > 1 and all(0 <= t <= 1 for t in ticks)
        dashed = next(line for line in axes.lines if line.get_linestyle() == "--")
        column = {"Treatment": "arm", "Age": "age"}[axes.get_title().split("\n")[0]]
        assert dashed.get_ydata()[0] == pytest.approx(dict(zip(model.columns, model.coef, strict=True))[column])
