"""What can be read from the curves is what is drawn: exact steps, or the coarse ones where patients are real."""

from __future__ import annotations

import json

import matplotlib.pyplot as plt
import numpy as np
import pytest

from living_article.display.figures import survival
from living_article.display.reading import curve_reading
from living_article.records import Results
from living_article.statistics.disclosure import coarse_curve
from living_article.statistics.kaplan_meier import median, risk_table, step_curve, survival_at
from living_article.study.model import Arm, Arms, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


@pytest.fixture(scope="module")
def curves():
    random = np.random.default_rng(3)
    return {
        arm: step_curve(np.round(random.exponential(scale, 60), 1) + 0.1, random.random(60) < share)
        for arm, scale, share in (("new", 20, 0.7), ("old", 10, 1.0))
    }


def read(curves, fewest=0):
    results = Results("survival")
    for arm, curve in curves.items():
        results.estimate("median", median(curve), endpoint="os", group=arm, unit="months")
    results.add("hazard_ratio", endpoint="os", value=0.5, low=0.2, high=1.1, unit="hazard ratio")
    results.add("logrank", endpoint="os", value=3.0, p=0.08, unit="statistic")
    options = {"interval": "log", "alpha": 0.05, "fewest": fewest}
    drawing = survival.kaplan_meier(ARMS, OS, curves, results, **options)
    limits = drawing.axes[0].get_xlim()
    plt.close(drawing)
    reading = curve_reading(drawing, ARMS, OS, curves, **options)
    assert reading["x"] == list(limits)
    return json.loads(json.dumps(reading, allow_nan=False))


def test_the_steps_are_those_of_the_curve(curves):
    for arm in read(curves)["arms"]:
        curve = curves["new" if arm["label"] == "New drug" else "old"]
        expected = survival_at(curve, arm["times"])
        assert arm["times"][0] == 0 and arm["last"] == curve.last
        assert arm["shown"] == [f"{100 * s:.1f}%" for s in expected["survival"]]
        assert arm["intervals"][1:-1] == [
            f"{100 * row.low:.1f} to {100 * row.high:.1f}" for row in expected[1:-1].itertuples()
        ]
        counts = risk_table(curve, arm["times"])
        assert arm["atRisk"] == counts["at_risk"].astype(str).tolist()
        assert arm["events"] == counts["events"].astype(str).tolist()


def test_where_survival_is_zero_there_is_no_interval(curves):
    assert read(curves)["arms"][1]["intervals"][-1] == "no interval"


def test_of_real_patients_nothing_can_be_read_but_what_is_drawn(curves):
    reading = read(curves, fewest=5)
    assert reading["countedAtTicks"]
    for arm, curve in zip(reading["arms"], curves.values(), strict=True):
        coarse = coarse_curve(curve, 5)
        assert arm["times"] == [0.0, *coarse.time] and arm["last"] == coarse.last
        assert len(arm["times"]) < len(curve.time) / 3
        counts = risk_table(curve, reading["ticks"])
        assert arm["atRisk"] == [survival.shown_count(n, 5) for n in counts["at_risk"]] and "< 5" in arm["atRisk"]
        assert len(arm["events"]) == len(reading["ticks"])


@pytest.mark.parametrize(("scale", "step", "decimals"), [(1, 0.1, 1), (30, 2, 0), (0.01, 0.001, 3)])
def test_times_between_steps_are_read_in_round_numbers(scale, step, decimals):
    curve = step_curve(np.array([10, 30, 60]) * scale, [1, 0, 1])
    reading = read({"new": curve, "old": curve})
    assert reading["step"] == pytest.approx(step) and reading["decimals"] == decimals
