import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from lifelines.utils import concordance_index

from living_article.reconstruct import assumptions
from living_article.reconstruct import external as outside
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS


@pytest.fixture(scope="module", params=[1, 2])
def built(targets, request):
    return outside.build(targets, RandomSource(request.param))


def test_sizes_and_times(built):
    places, patients = built
    assert {arm: sum(p["arm"] == arm for p in patients) for arm in ARMS} == assumptions.EXTERNAL_SIZE
    assert [s.arm for s in places] == [p["arm"] for p in patients]
    months = [s.months for s in places]
    assert months == sorted(set(months)) and sum(s.event for s in places) == 92


def test_concordance_and_slope_are_as_printed(targets, built):
    places, patients = built
    lp = np.array([outside.linear_predictor(p, targets) for p in patients])
    time, event = [s.months for s in places], np.array([s.event for s in places])
    assert targets["t11_cindex"].met_by(concordance_index(time, -lp, event))
    fitted = CoxPHFitter().fit(pd.DataFrame({"t": time, "e": event, "lp": lp}), "t", "e")
    assert targets["t11_slope"].met_by(fitted.params_.iloc[0])
    own = outside.concordance_and_slope(lp, event == 1, 0.92)
    assert own == pytest.approx((concordance_index(time, -lp, event), fitted.params_.iloc[0]), abs=1e-4)


def test_progression_never_comes_after_death(built):
    months = outside.progression_months(built[0], RandomSource(1))
    assert all(0 < m <= s.months for m, s in zip(months, built[0], strict=True))


def test_the_search_gives_up_in_the_end(targets, monkeypatch):
    monkeypatch.setattr(outside, "MOVES", 3)
    with pytest.raises(ValueError, match="exchanges"):
        outside.build(targets, RandomSource(1))
