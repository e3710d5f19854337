import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from living_article.display.figures.specification_curve import (
    ABOVE,
    BELOW,
    BETWEEN,
    EXPLORATORY,
    Curve,
    specification_curve,
)

CHOICES = {"Covariates": ["All", "None"], "Patients": ["Everybody"]}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def rows(values=(0.9, 0.5, 2.0), p=(0.5, 0.01, 0.01)):
    values = np.array(values, float)
    columns = {"value": values, "low": values * 0.6, "high": values * 1.5, "p": p, "default": [True, False, False]}
    return pd.DataFrame(columns | {"Covariates": ["All", "None", "All"], "Patients": "Everybody"})


def draw(*curves, **more):
    settings = {"label": "Hazard ratio", "null": 1.0, "log": True, "alpha": 0.05} | more
    return specification_curve([Curve("Death", part) for part in curves], CHOICES, **settings)


def points(figure):
    return figure.axes[0].collections[1]


def test_values_rise_and_colours_say_side_and_significance():
    figure = draw(rows())
    offsets = points(figure).get_offsets()
    assert offsets[:, 1].tolist() == [0.5, 0.9, 2.0]
    colours = [plt.matplotlib.colors.to_hex(c).upper() for c in points(figure).get_facecolor()]
    assert colours == [c.upper() for c in (BELOW, BETWEEN, ABOVE)]
    assert figure.axes[0].get_yscale() == "log"


def test_the_default_analysis_is_marked_where_it_falls():
    (line,) = [x for x in draw(rows()).axes[0].lines if x.get_marker() == "D"]
    assert line.get_xydata().tolist() == [[1.0, 0.9]]


def marks(axes) -> dict[int, list[int]]:
    """Return the analyses marked on each line of options."""
    found: dict[int, list[int]] = {}
    for line in (line for line in axes.lines if line.get_marker() == "|"):
        for x, y in line.get_xydata():
            found.setdefault(int(y), []).append(int(x))
    return {place: sorted(at) for place, at in found.items()}


def test_options_are_marked_below_their_analyses_and_unvaried_choices_left_out():
    lower = draw(rows()).axes[1]
    assert [t.get_text() for t in lower.texts] == ["Covariates", "All", "None"]
    assert marks(lower) == {1: [1, 2], 2: [0]}


def test_without_a_p_value_the_interval_decides():
    figure = draw(rows(p=(np.nan, np.nan, np.nan)))
    colours = [plt.matplotlib.colors.to_hex(c).upper() for c in points(figure).get_facecolor()]
    assert colours == [c.upper() for c in (BELOW, BETWEEN, ABOVE)]


def test_two_panels_share_the_axis_and_the_legend_names_only_what_is_drawn():
    figure = draw(rows(), rows(values=(0.8, 0.7, 0.6), p=(0.5, 0.5, 0.5)))
    assert figure.axes[0].get_ylim() == figure.axes[2].get_ylim()
    assert figure.axes[2].get_title() == "Death\n3 analyses"
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["Below 1, significant", "Not significant", "Above 1, significant", "Default analysis"]
    assert "Above 1, significant" not in [
        t.get_text() for t in draw(rows(values=(0.8, 0.7, 0.6), p=(0.5, 0.5, 0.5))).legends[0].get_texts()
    ]


def test_one_analysis_no_estimate_and_a_huge_interval():
    lone = rows().iloc[[0]]
    draw(lone).canvas.draw()
    draw(lone.assign(value=np.nan, low=np.nan, high=np.nan)).canvas.draw()
    figure = draw(rows().assign(high=1e9))
    assert figure.axes[0].get_ylim()[1] < 1e4


def test_values_without_a_null_value_on_a_plain_axis():
    figure = draw(rows(values=(12.0, 14.0, 13.0), p=(np.nan,) * 3), null=None, log=False)
    assert figure.axes[0].get_yscale() == "linear"
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["Default analysis"]


def test_points_of_a_part_of_the_patients_are_hollow_and_named():
    figure = draw(rows().assign(part=[False, True, False]))
    full, hollow = figure.axes[0].collections[1:3]
    assert full.get_offsets()[:, 1].tolist() == [0.9, 2.0] and hollow.get_offsets()[:, 1].tolist() == [0.5]
    assert [plt.matplotlib.colors.to_hex(c) for c in hollow.get_facecolor()] == ["#ffffff"]
    assert [plt.matplotlib.colors.to_hex(c).upper() for c in hollow.get_edgecolor()] == [BELOW.upper()]
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert EXPLORATORY in names and "Below 1, significant" in names
    below = figure.axes[1]
    assert EXPLORATORY in [text.get_text() for text in below.texts], "a line of marks says the same"
    assert marks(below)[0] == [0], "the smallest value is of a part"
    assert EXPLORATORY not in [text.get_text() for axes in draw(rows()).axes for text in axes.texts]
