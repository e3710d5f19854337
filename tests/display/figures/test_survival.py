"""The Kaplan-Meier figure draws also where a median is not reached or nobody is censored."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from living_article.display.figures import survival
from living_article.records import Results
from living_article.statistics.kaplan_meier import median, step_curve
from living_article.study.model import Arm, Arms, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


def drawn(new_events):
    curves = {"new": step_curve(np.arange(1, 11), new_events), "old": step_curve(np.arange(1, 11) / 2, np.ones(10))}
    results = Results("survival")
    for arm, curve in curves.items():
        results.estimate("median", median(curve), endpoint="os", group=arm, unit="months")
    results.add("hazard_ratio", endpoint="os", value=0.5, low=0.2, high=1.1, unit="hazard ratio")
    results.add("logrank", endpoint="os", value=3.0, p=0.08, unit="statistic")
    return survival.kaplan_meier(ARMS, OS, curves, results, interval="log", alpha=0.05)


@pytest.mark.parametrize("events", [np.ones(10), np.array([1] + [0] * 9)])
def test_draws_with_numbers_at_risk(events):
    figure = drawn(events)
    texts = [text.get_text() for text in figure.axes[1].texts]
    assert "10 (0)" in texts and "At risk (events)" in texts
    assert "Log-rank P = 0.080" in figure.axes[0].get_legend().get_title().get_text()
    plt.close(figure)


@pytest.mark.parametrize("longest", [0.5, 7, 55, 400, 5000, 99999])
def test_at_most_six_numbers_a_row(longest):
    assert len(survival.ticks({"new": step_curve([longest], [1])})) <= 6


def test_log_log_has_a_panel_for_each_endpoint():
    curve = step_curve(np.arange(1, 11), np.ones(10))
    figure = survival.log_log(ARMS, [OS], {("os", "new"): curve, ("os", "old"): curve})
    assert [axes.get_title() for axes in figure.axes] == ["Overall survival"]
    plt.close(figure)


def test_figure_numbers_of_further_endpoints_do_not_meet_those_of_other_sections():
    assert [survival.number(position) for position in range(4)] == ["2", "3", "3b", "3c"]
