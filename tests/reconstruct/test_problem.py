import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from living_article.reconstruct import problem


def test_censoring_weights_are_those_of_kaplan_meier():
    time, event = np.arange(1.0, 9.0), np.array([1, 0, 1, 1, 0, 1, 0, 1])
    weights, after = problem.censoring_weights(time, event, (4.5, 7.5))
    curve = KaplanMeierFitter().fit(time, 1 - event)
    assert 1 / weights == pytest.approx(curve.predict(time - 0.5).to_numpy())
    assert 1 / after == pytest.approx(curve.predict([4.5, 7.5]).to_numpy())
