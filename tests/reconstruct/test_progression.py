import pytest

from living_article.reconstruct import progression, slots
from living_article.reconstruct.random_source import RandomSource


@pytest.fixture(scope="module")
def matched(targets, places, start):
    times = slots.progression_times(targets, places, RandomSource(3))
    return times, progression.match(places, times, start, RandomSource(3))


def test_progression_comes_before_death(places, matched):
    for slot, months in zip(places, matched[1], strict=True):
        assert months <= slot.months - progression.GAP + 1e-9 if slot.progresses else months == slot.months


def test_every_time_is_used_once(places, matched):
    times, months = matched
    for arm, wanted in times.items():
        used = [m for slot, m in zip(places, months, strict=True) if slot.arm == arm and slot.progresses]
        assert sorted(used) == sorted(wanted)


def test_an_event_is_a_progression_or_a_death(places):
    for slot, event in zip(places, progression.events(places), strict=True):
        assert event == (slot.progresses or slot.end == slots.DIED)


def test_hazards_stay_proportional(places, start, matched):
    assert progression.smallest_p(start, matched[1], progression.events(places)) >= progression.LEAST_P


def test_times_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        progression._mixed([3.0, 9.0], [4.0, 9.1], RandomSource(1))
