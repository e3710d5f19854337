"""Coarse curves and ranges: several events a step, no time of a patient, never below the full curve."""

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.design import Design, Term
from living_article.statistics.disclosure import (
    coarse_curve,
    coarse_design,
    coarse_median,
    coarse_range,
    coarse_thresholds,
    coarse_time,
    coarse_times,
    far_apart,
    round_step,
    told_times,
)
from living_article.statistics.kaplan_meier import step_curve, steps, survival_at
from living_article.statistics.results import Estimate


@pytest.fixture(scope="module")
def curve():
    random = np.random.default_rng(3)
    return step_curve(np.round(random.exponential(20, 300), 3) + 0.0001, random.random(300) < 0.7)


@pytest.mark.parametrize("fewest", [1, 5, 20])
def test_each_step_stands_for_enough_events_at_a_round_time(curve, fewest):
    coarse = coarse_curve(curve, fewest)
    assert len(coarse.time) > 3
    assert coarse.events[:-1].min() >= fewest and coarse.events[-1] == 0
    assert curve.events.sum() - coarse.events.sum() < 2 * fewest
    assert not set(coarse.time) & set(curve.time) and not coarse.censored.any()
    width = round_step(curve.last / 60)
    assert np.allclose(coarse.time / width, np.round(coarse.time / width))


def test_it_agrees_with_the_curve_where_it_steps_and_is_never_below(curve):
    coarse = coarse_curve(curve, 5)
    at = survival_at(curve, np.minimum(coarse.time[:-1], curve.last))["survival"].to_numpy()
    assert np.allclose(coarse.survival[:-1], at)
    grid = np.linspace(0, curve.last, 500)
    assert (
        survival_at(coarse, grid)["survival"].to_numpy() >= survival_at(curve, grid)["survival"].to_numpy() - 1e-12
    ).all()


@pytest.mark.parametrize("always", [(), (7.3,), (7.3, 30.0, 32.0), (500.0,)])
def test_what_is_told_of_survival_elsewhere_divides_no_step(curve, always):
    told = told_times(curve, always, 5)
    coarse = coarse_curve(curve, 5, told)
    assert [at for at in told if at <= curve.last] == [at for at in always if at in coarse.time]
    times = sorted({*coarse.time[:-1], *told})
    between = np.diff([*(curve.events[curve.time <= at].sum() for at in [0, *times]), curve.events.sum()])
    assert all(number == 0 or number >= 5 for number in between), "between any two times at which survival is told"


def test_survival_is_not_told_where_few_have_had_the_event_or_will():
    curve = step_curve(np.arange(1.0, 41.0), [1] * 38 + [0] * 2)
    assert told_times(curve, (3.0, 10.0, 12.0, 20.0, 35.0, 50.0), 5) == [10.0, 20.0, 50.0]
    assert far_apart(curve, (3.0, 10.0, 12.0, 20.0, 35.0), 5) == [3.0, 10.0, 20.0, 35.0]


def test_a_median_and_its_limits_are_times_of_no_patient():
    found = coarse_median(Estimate(22.3, 18.1, None), 55.0, 5)
    assert (found.value, found.low, found.high) == (22.0, 18.0, None)
    assert coarse_time(0.2, 55.0, 5) == 1.0 and coarse_time(None, 55.0, 5) is None
    assert coarse_median(found, 9.0, 0) == found


def test_too_few_events_leave_a_level_line():
    coarse = coarse_curve(step_curve([1.5, 2.5, 7.3], [1, 1, 0]), 5)
    assert coarse.survival.tolist() == [1.0] and coarse.time[0] > 7.3
    assert steps(coarse)["survival"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("always", [(), (12.0,), (0.7, 12.0, 36.5), (5000.0,)])
@pytest.mark.parametrize("fewest", [2, 5, 20])
def test_times_of_a_step_function_have_enough_events_between_them(fewest, always):
    random = np.random.default_rng(7)
    time, event = np.round(random.exponential(20, 200), 3) + 0.0001, random.random(200) < 0.6
    times = coarse_times(time, event, fewest, always)
    fixed = [t for t in always if t <= time.max()]
    assert set(fixed) <= set(times) and len(times) >= 4 and (np.diff(times) > 0).all()
    round_ones = times[~np.isin(times, fixed)]
    width = round_step(time.max() / 60)
    assert np.allclose(round_ones / width, np.round(round_ones / width))
    assert all((time > t).sum() >= fewest for t in round_ones)
    events = np.histogram(time[event], np.append(0, times))[0]
    first_of_all = np.isin(times, fixed) & np.isin(np.append(0, times[:-1]), [0, *fixed])
    assert events[~first_of_all].min() >= fewest, "fewer lie only between times that were asked for"


def test_too_few_events_leave_no_times():
    assert coarse_times([1.5, 2.5, 7.3], [1, 1, 0], 5).tolist() == []
    assert coarse_times([1.5, 2.5, 7.3], [1, 1, 0], 5, [3, 9]).tolist() == [3]


def test_ends_of_a_range_are_means_of_several_values():
    values = np.array([1.0, 40, 41, 42, 43, 50, 60, 61, 62, 63, 99.0])
    assert coarse_range(values, 3) == (27.0, 75.0), "whole numbers have whole ends"
    assert coarse_range(values + 0.25, 3) == (27.5, 75.0)
    assert coarse_range([7.0] * 9, 3) == (7.0, 7.0)


def test_a_design_keeps_its_levels_and_loses_its_extremes():
    frame = pd.DataFrame({"age": [1.0, 40, 41, 42, 60, 61, 62, 99], "sex: m": [0, 1] * 4})
    design = Design(frame, (Term("age", "continuous"), Term("sex", "categorical", ("f", "m"), "f")))
    coarse = coarse_design(design, 3)
    assert (coarse.matrix["age"].min(), coarse.matrix["age"].max()) == coarse_range(frame["age"], 3)
    assert coarse.matrix["sex: m"].tolist() == frame["sex: m"].tolist()
    assert coarse_design(design, 0) is design and frame["age"].max() == 99


def test_a_curve_stops_where_few_remain_without_an_event():
    times = np.arange(1.0, 41.0)
    coarse = coarse_curve(step_curve(times, (times <= 38).astype(int)), 5)
    remaining = np.round(40 * coarse.survival)
    assert remaining.min() >= 5 and coarse.events.sum() < 38, "38 of 40 would leave two"
    assert coarse_curve(step_curve(times, np.ones(40, dtype=int)), 5).survival.min() == 0.0, "that all died may be seen"


@pytest.mark.parametrize("fewest", [0, 1, 5, 20])
def test_between_thresholds_lie_enough_predictions_or_none(fewest):
    risk, thresholds = np.random.default_rng(5).beta(2, 2, 95), [round(0.01 * i, 2) for i in range(1, 100)]
    kept = coarse_thresholds(risk, thresholds, fewest)
    between = np.histogram(risk, [0, *kept, 1.0])[0]
    assert set(kept) <= set(thresholds) and len(kept) > 3
    assert all(number == 0 or number >= fewest for number in between)
    assert (kept == thresholds) is (fewest < 2)
