"""Validation figures draw what they are given, also where a curve, an interval or a whole horizon is missing."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from living_article.display.figures import validation
from living_article.records import Results
from living_article.study.model import Endpoint

OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")
THRESHOLD = np.linspace(0.1, 0.9, 9)


def panel(horizon, *, known=True, corrected=True):
    missing = np.nan if not known else 1.0
    groups = pd.DataFrame(
        {
            "group": [1, 2],
            "predicted": [0.2, 0.8],
            "observed": [0.0, 1.0 * missing],
            "low": [0.0, np.nan],
            "high": [0.3, np.nan],
        }
    )
    grid = np.linspace(0.2, 0.8, 5)
    smooth = pd.DataFrame({"predicted": grid, "observed": grid, "low": grid - 0.1, "high": grid + 0.1})
    benefit = pd.DataFrame({"threshold": THRESHOLD, "model": (0.5 - THRESHOLD / 2) * missing, "all": 0.6 - THRESHOLD})
    benefit = benefit.assign(none=0.0, avoided=10.0 * missing)
    band = pd.DataFrame({"threshold": THRESHOLD, "low": benefit["model"] - 0.1, "high": benefit["model"] + 0.1})
    curve = pd.DataFrame({"predicted": grid, "corrected": grid + 0.05})
    return validation.Panel(
        horizon,
        np.linspace(0.1, 0.9, 20),
        groups,
        smooth if known else smooth[:0],
        curve if corrected and known else curve[:0],
        benefit,
        band,
    )


def records(horizons, prefix="", known=True):
    results = Results("validation")
    results.add(f"{prefix}patients", endpoint="os", value=20, unit="patients")
    for name in ("slope_corrected", "external_slope"):
        results.add(name, endpoint="os", value=0.5, unit="slope")
    for horizon in horizons:
        where = {"endpoint": "os", "horizon": horizon}
        results.add(f"{prefix}events", value=7, unit="events", **where)
        note = None if known else "not estimable: beyond follow-up"
        for name in ("ici_corrected", "external_ici", "external_observed_expected"):
            results.add(name, value=0.04 if known else None, unit="ratio", note=note, **where)
    return results


@pytest.mark.parametrize("horizons", [[12.0], [12.0, 36.0], [6.0, 12.0, 36.0]])
def test_one_row_a_horizon(horizons):
    figure = validation.validation([panel(h) for h in horizons], OS, records(horizons), external=False)
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == [f"{kind} at {h:g} months" for h in horizons for kind in ("Calibration", "Net benefit")]
    assert figure.axes[0].texts[0].get_text().splitlines()[:2] == ["20 patients, 7 events", "Slope 0.50"]
    plt.close(figure)


def test_legend_names_the_corrected_curve_only_where_there_is_one():
    inside = validation.validation([panel(12.0)], OS, records([12.0]), external=False)
    outside = validation.validation([panel(12.0, corrected=False)], OS, records([12.0], "external_"), external=True)
    labels = [{text.get_text() for text in figure.legends[0].get_texts()} for figure in (inside, outside)]
    assert {"Corrected for optimism", "Apparent"} <= labels[0]
    assert "Smooth curve" in labels[1] and "Apparent" not in labels[1]
    assert "O/E 0.04" in outside.axes[0].texts[0].get_text()
    plt.close("all")


def test_a_corrected_decision_curve_is_drawn_beside_the_apparent_one():
    one = panel(12.0)
    one.benefit["corrected"] = one.benefit["model"] - 0.1
    figure = validation.validation([one], OS, records([12.0]), external=False)
    drawn = {line.get_label(): line.get_ydata() for line in figure.axes[1].lines}
    assert np.allclose(drawn["Apparent"] - drawn["Corrected for optimism"], 0.1) and "Model" not in drawn
    plt.close(figure)


def test_beyond_follow_up_is_written_into_the_panel():
    figure = validation.validation([panel(80.0, known=False)], OS, records([80.0], known=False), external=False)
    assert "ICI not estimable" in figure.axes[0].texts[0].get_text()
    assert "Not estimable" in figure.axes[1].texts[0].get_text()
    plt.close(figure)


def test_decision_detail_draws_every_run_and_the_printed_range():
    broken = panel(12.0)
    broken.benefit.loc[4, "model"] = -1.0
    figure = validation.decision_detail({"Ours": [broken], "Theirs": [panel(12.0)]}, {"Ours": (0.1, 0.8)}, OS)
    bars = figure.axes[-1]
    assert [text.get_text() for text in bars.texts] == ["Theirs, 12 months", "Ours, printed", "Ours, 12 months"]
    assert len(bars.patches) == 4  # one run, the printed range, two runs
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["Ours", "Theirs"]
    plt.close(figure)


def test_bootstrap_marks_apparent_and_corrected():
    results = Results("validation")
    for name in ("cindex", "slope"):
        results.add(f"{name}_apparent", endpoint="os", value=1.0, unit="slope")
        results.add(f"{name}_corrected", endpoint="os", value=0.6, unit="slope")
    values = np.linspace(0.5, 0.9, 30)
    replicates = pd.DataFrame(dict.fromkeys(("training concordance", "test concordance", "test slope"), values))
    replicates.loc[3] = np.nan  # a replicate without a model
    figure = validation.bootstrap(replicates, results)
    for axes in figure.axes:
        assert sorted(line.get_xdata()[0] for line in axes.lines) == [0.6, 1.0]
    plt.close(figure)


def test_a_group_whose_events_are_hidden_is_not_drawn():
    results = records([12.0])
    where = {"endpoint": "os", "horizon": 12.0, "group": "1"}
    results.add("group_observed", value=None, note="not shown", unit="proportion", **where)
    left, _ = validation.validation([panel(12.0)], OS, results, external=False).axes
    (points,) = [line for line in left.lines if line.get_marker() == "o"]
    assert list(points.get_xdata()) == [0.8]
