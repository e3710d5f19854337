"""The nomogram can be read: marks lie where the points are, labels never meet, predictions agree with the model."""

from dataclasses import replace
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from living_article.display import theme
from living_article.display.figures import nomogram as figures
from living_article.statistics import cox
from living_article.statistics import nomogram as points
from tests.display.cox_records import AGE, COVARIATES, DEATH, SITE, TREATMENT
from tests.display.nomogram_records import fitted


@pytest.fixture(scope="module")
def nomogram():
    return fitted()


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def draw(nomogram, covariates=COVARIATES, horizons=(12, 36), example=None):
    theme.use()
    return figures.draw(nomogram, covariates, DEATH, list(horizons), example)


def labels(axes):
    return [text.get_text() for text in axes.texts]


def overlaps(figure):
    renderer = figure.canvas.get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in figure.axes[0].texts]
    return [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)]


def test_every_axis_and_level_is_named(nomogram):
    found = labels(draw(nomogram).axes[0])
    for name in ("Points", "Treatment", "Age", "Site, main", "Total points", "Linear predictor"):
        assert name in found
    for name in ("12-month survival", "36-month survival", "Median survival", "New drug", "Old drug", "Leg"):
        assert name in " ".join(found)
    assert "20" in found and "60" in found, "ends of the observed ages"


def test_labels_never_overlap(nomogram):
    assert overlaps(draw(nomogram)) == []


def test_labels_of_many_close_and_long_levels_do_not_overlap(nomogram):
    long = {key: f"A very long name of the level {key}" for key in "abc"}
    axes = nomogram.axes.copy()
    axes.loc[axes["term"] == "site", "points"] = [0.0, 0.5, 1.0]
    figure = draw(
        replace(nomogram, axes=axes),
        [replace(TREATMENT, label="A treatment whose name takes two lines"), AGE, replace(SITE, levels=long)],
    )
    assert overlaps(figure) == []
    assert all(any(key in text for text in labels(figure.axes[0])) for key in long.values())


def test_the_example_lies_on_its_points_and_its_total(nomogram):
    example = nomogram.design.matrix.iloc[[7]]
    given = points.points(nomogram, example).iloc[0]
    axes = draw(nomogram, example=example).axes[0]
    marks = {
        float(line.get_ydata()[0]): float(line.get_xdata()[0]) for line in axes.lines if len(line.get_xdata()) == 1
    }
    for row, covariate in enumerate(COVARIATES, start=1):
        assert marks[row] == pytest.approx(given[covariate.id] / 100)
    below = [marks[row] for row in sorted(marks) if row > len(COVARIATES)]
    assert len(below) == 5 and np.ptp(below) < 1e-9, "total and predictions are read off one vertical line"


def test_predictions_on_the_axis_are_those_of_the_model(nomogram):
    scales = list(figures._totals(nomogram, DEATH, [12], None))
    total, survival = scales[0], scales[2]
    start, end = (float(total.labels[i]) for i in (0, -1))
    for place, label in zip(survival.places, survival.labels, strict=True):
        predictor = points.linear_predictor(nomogram, start + place * (end - start))
        assert cox.survival_at(nomogram.model, predictor, 12) == pytest.approx(float(label) / 100)


def test_predictions_end_where_the_patients_do(nomogram):
    totals = points.points(nomogram, nomogram.design.matrix)["total"]
    total, *predictions = figures._totals(nomogram, DEATH, [12, 36], None)
    start, end = (float(total.labels[i]) for i in (0, -1))
    for scale in predictions:
        for place in (*scale.places, *scale.line):
            assert totals.min() - 1e-6 <= start + place * (end - start) <= totals.max() + 1e-6
