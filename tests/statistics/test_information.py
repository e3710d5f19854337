"""No interval of a 0/1 covariate is narrower than the bound, and the bound is nearly reached."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_article.statistics import cox
from living_article.statistics.information import events_needed, narrowest_ratio


def test_a_standard_error_of_two_by_the_root_of_events():
    assert narrowest_ratio(95) == pytest.approx(np.exp(2 * 1.959964 * 2 / np.sqrt(95)), rel=1e-6)
    assert narrowest_ratio(95, 0.9) < narrowest_ratio(95) < narrowest_ratio(50)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_no_fit_is_narrower(seed):
    rng = np.random.default_rng(seed)
    x = pd.DataFrame({"arm": rng.integers(0, 2, 60), "age": rng.normal(size=60)}).astype(float)
    event = rng.random(60) < 0.8
    try:
        row = cox.coefficient_table(cox.fit(x, rng.exponential(1, 60), event)).iloc[0]
    except cox.FitError:
        return
    assert row.high / row.low >= narrowest_ratio(int(event.sum()))


def test_balanced_arms_without_effect_come_close():
    n = 2000
    x = pd.DataFrame({"arm": np.tile([0.0, 1.0], n // 2)})
    row = cox.coefficient_table(cox.fit(x, np.arange(n) + 1.0, np.ones(n))).iloc[0]
    assert 1 <= (row.high / row.low) / narrowest_ratio(n) < 1.01


@given(st.integers(1, 5000), st.floats(0.05, 20))
def test_events_needed_inverts_the_bound(events, middle):
    ratio = narrowest_ratio(events)
    assert events_needed(middle / np.sqrt(ratio), middle * np.sqrt(ratio)) == events


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        narrowest_ratio(0)
    for low, high in ((0, 1), (2, 1), (1, 1)):
        with pytest.raises(ValueError, match="not an interval"):
            events_needed(low, high)
