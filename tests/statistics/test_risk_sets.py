import numpy as np
import pytest

from living_article.statistics.risk_sets import risk_sets

TIME = np.array([5.0, 2.0, 5.0, 3.0, 2.0, 5.0])
EVENT = np.array([1, 1, 0, 0, 1, 1])


def test_each_risk_set_is_a_prefix():
    sets = risk_sets(TIME, EVENT)
    assert sets.death_times.tolist() == [5.0, 2.0]
    for time, last in zip(sets.death_times, sets.last, strict=True):
        assert set(sets.order[: last + 1]) == set(np.flatnonzero(time <= TIME))


def test_censored_stand_before_deaths_of_their_time_and_deaths_together():
    sets = risk_sets(TIME, EVENT)
    assert sets.order[0] == 2
    assert sets.group_of_death.tolist() == [0, 0, 1, 1]
    assert sets.tied
    assert sets.event[sets.deaths].all()


def test_reached_points_to_the_latest_death_time_a_patient_saw():
    sets = risk_sets(TIME, EVENT)
    assert dict(zip(sets.order.tolist(), sets.reached.tolist(), strict=True)) == {0: 0, 1: 1, 2: 0, 3: 1, 4: 1, 5: 0}


def test_without_events_there_is_no_risk_set():
    sets = risk_sets([1, 2], [0, 0])
    assert (sets.deaths.size, sets.last.size, sets.tied) == (0, 0, False)
    assert sets.reached.tolist() == [0, 0]


@pytest.mark.parametrize(("time", "event"), [([1, -1], [1, 0]), ([1, np.nan], [1, 0]), ([1, 2], [1, 2]), ([1], [1, 0])])
def test_impossible_outcomes_are_refused(time, event):
    with pytest.raises(ValueError, match=r"time|event"):
        risk_sets(time, event)
