import pytest
from lifelines import KaplanMeierFitter

from living_article.reconstruct import assumptions, slots
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS
from living_article.statistics.kaplan_meier import median, step_curve
from living_article.statistics.logrank import logrank


@pytest.fixture(params=range(4))
def drawn(targets, request):
    random = RandomSource(request.param)
    places = slots.overall_slots(targets, random)
    return places, slots.progression_times(targets, places, random)


def test_medians_of_survival_are_exact_under_both_rules(targets, drawn):
    for arm in ARMS:
        group = [s for s in drawn[0] if s.arm == arm]
        months, events = [s.months for s in group], [s.event for s in group]
        assert len(group) == targets.count(f"t1_n_{arm}") and sum(events) == assumptions.DEATHS[arm].events
        assert KaplanMeierFitter().fit(months, events).median_survival_time_ == targets.value(f"res_median_os_{arm}")
        assert median(step_curve(months, events)).value == targets.value(f"res_median_os_{arm}")


def test_medians_of_progression_are_exact(targets, drawn):
    places, times = drawn
    for arm in ARMS:
        settled = [s for s in places if s.arm == arm and not s.progresses]
        months = times[arm] + [s.months for s in settled]
        events = [1] * len(times[arm]) + [s.event for s in settled]
        assert len(months) == targets.count(f"t1_n_{arm}") and sum(events) == assumptions.PROGRESSIONS[arm].events
        assert median(step_curve(months, events)).value == targets.value(f"res_median_pfs_{arm}")


def test_no_two_times_are_equal(drawn):
    places, times = drawn
    months = [s.months for s in places]
    progressions = [*times["observation"], *times["control"], *(s.months for s in places if not s.progresses)]
    for values in (months, progressions):
        assert len(set(values)) == len(values) == 95
        assert all(round(v, 1) == v for v in values)


def test_survival_differs_between_the_arms(drawn):
    places, _ = drawn
    test = logrank([s.months for s in places], [s.event for s in places], [s.arm for s in places]).test
    assert test.p < 0.01


def test_a_curve_that_stays_on_one_half_is_refused():
    assert slots.falls_below_half([1, 2, 3], [], 3, 2)
    assert not slots.falls_below_half([1, 2, 3, 4], [], 4, 2)  # S(2) is exactly one half
    assert slots.falls_below_half([1, 2, 3], [0.5], 4, 2)


def test_times_that_cannot_be_spread_are_refused():
    with pytest.raises(ValueError, match="median"):
        slots.event_times(assumptions.Curve(4, 2.0, 0.0), 40, 10.0, [], set(), RandomSource(1))
