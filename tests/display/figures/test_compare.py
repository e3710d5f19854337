from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from living_article.compare.pairs import Pair
from living_article.compare.sides import Number
from living_article.display.figures.compare import FARTHEST, MOST, moved
from living_article.display.record_names import RecordNames
from living_article.study import load_study

NAMES = RecordNames(load_study(Path(__file__).parents[3] / "data" / "study.yml"))


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def months(name, first, second, *ends):
    return Pair(("s", name, None, None, None, None), Number(first, *ends, unit="months"), Number(second, unit="months"))


def test_numbers_with_an_interval_lie_on_the_scale_of_the_first_and_others_by_relative_change():
    figure = moved([months("a", 10.0, 13.0, 8.0, 12.0), months("b", 10.0, 5.0), months("same", 1.0, 1.0)], NAMES)
    upper, lower = figure.axes
    assert [t.get_text() for t in upper.texts] == ["A (s)"]
    assert upper.lines[-1].get_xdata().tolist() == [1.5]
    assert [t.get_text() for t in lower.texts] == ["B (s)"]
    assert lower.lines[-1].get_xdata().tolist() == [-0.5]


def test_what_lies_far_outside_is_an_arrow_at_the_edge():
    axes = moved([months("a", 10.0, 1000.0, 9.0, 11.0), months("b", 10.0, 9.0, 9.0, 11.0)], NAMES).axes[0]
    markers = {line.get_marker(): line.get_xdata()[0] for line in axes.lines if line.get_marker() in ("<", ">")}
    assert markers == {">": FARTHEST}


def test_only_the_farthest_are_drawn():
    figure = moved([months(f"n{n}", 10.0, 10.0 + n, 9.0, 11.0) for n in range(1, 60)], NAMES)
    names = [t.get_text() for t in figure.axes[0].texts]
    assert len(names) == MOST and names[0] == "N59 (s)"


def test_nothing_moved():
    assert moved([months("a", 1.0, 1.0)], NAMES) is None
