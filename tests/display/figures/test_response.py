"""The figures of the response section draw with ordinary and with degenerate patients."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from living_article.display.figures import response
from living_article.statistics.response import CRITERIA
from tests.display.response_records import ARMS, LESION, RESPONSE, records


def patients(change, new=False):
    return pd.DataFrame({"arm": ["new", "new", "old"], "change": change, "response": ["PR", "PD", "SD"], "new": new})


def test_waterfall_orders_bars_and_draws_the_limits():
    figure = response.waterfall(ARMS, RESPONSE, patients([-0.6, 0.3, 0.0], [False, True, False]), CRITERIA["article"])
    left, right = figure.axes[:2]
    heights = sorted((bar.get_x(), bar.get_height()) for bar in left.patches)
    assert [height for _, height in heights] == [0.3, -0.6] and len(right.patches) == 1
    assert {tuple(line.get_ydata()) for line in left.lines} >= {(-0.5, -0.5), (0.5, 0.5)}
    assert "New lesion" in [text.get_text() for text in figure.legends[0].get_texts()]
    plt.close(figure)


def test_growth_beyond_the_axis_is_cut_and_said():
    figure = response.waterfall(ARMS, RESPONSE, patients([-0.6, 3.0, 0.0]), None)
    assert figure.axes[0].get_ylim()[1] < 1.3
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "Beyond +100%" in labels and "New lesion" not in labels
    plt.close(figure)


def test_limits_of_a_product_are_those_of_its_root():
    assert response._limits(CRITERIA["who"]) == pytest.approx([0.5**0.5 - 1, 1.25**0.5 - 1])


def test_waterfall_without_patients_in_an_arm():
    figure = response.waterfall(ARMS, RESPONSE, patients([-0.6, 0.3, 0.0]).head(2), CRITERIA["recist"])
    assert figure.axes[1].get_xlabel() == "0 patients"
    plt.close(figure)


def test_one_lettered_panel_a_lesion():
    rows = pd.DataFrame({"before": [20.0, 25.0, None], "after": [10.0, 30.0, 5.0]})
    figure = response.diameters(ARMS, [LESION, LESION], {"new": rows, "old": rows}, records())
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["A  Liver lesion", "B  Liver lesion"]
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["P < 0.001", "P < 0.001", "before: P = 0.200", "after: P = 0.200"]
    plt.close(figure)
