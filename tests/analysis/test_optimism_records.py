"""Records of a bootstrap: every stage of every measure, failures counted, horizons beyond follow-up with a reason."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from living_article.analysis.optimism_records import add_optimism
from living_article.records import Results
from living_article.statistics.optimism import Optimism, optimism
from living_article.study.model import Endpoint

OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


@pytest.fixture(scope="module")
def found() -> Optimism:
    random = np.random.default_rng(1)
    x = pd.DataFrame({"a": random.normal(size=60), "b": random.normal(size=60)})
    time = random.exponential(np.exp(-x["a"].to_numpy())) + 0.01
    event = random.random(60) < 0.8
    return optimism(x, time, event, horizons=[0.5, 1e6], replicates=40, seed=3)


@pytest.fixture
def results(found) -> Results:
    results = Results("validation")
    results.add("brier_null_apparent", endpoint="os", horizon=0.5, value=0.25, unit="brier")
    add_optimism(results, found, OS, 0.05)
    return results


@pytest.mark.parametrize(("measure", "horizon"), [("cindex", None), ("slope", None), ("auc", 0.5), ("brier", 0.5)])
def test_stages_fit_together(results, found, measure, horizon):
    stage = {s: results.one(f"{measure}_{s}", horizon=horizon).value for s in ("training", "test", "optimism")}
    assert stage["optimism"] == pytest.approx(stage["training"] - stage["test"])
    name = {"cindex": "concordance"}.get(measure, measure)
    table = found.table.set_index(["measure", found.table["horizon"].fillna(-1)])
    apparent = table.loc[(name, horizon or -1), "apparent"]
    assert results.one(f"{measure}_corrected", horizon=horizon).value == pytest.approx(apparent - stage["optimism"])


def test_percentiles_are_those_of_the_replicates(results, found):
    test = results.one("cindex_test")
    assert (test.low, test.high) == pytest.approx(
        tuple(np.quantile(found.replicates["test concordance"], (0.025, 0.975)))
    )
    assert results.one("slope_training").low is None, "the slope is 1 in every own sample"


def test_horizon_beyond_follow_up_has_a_reason(results):
    for name in ("auc_corrected", "brier_test", "ici_optimism", "calibration_error_mean_corrected"):
        record = results.one(name, horizon=1e6)
        assert record.value is None and record.note.startswith("not estimable: beyond follow-up")


def test_scaled_brier_is_corrected_against_the_null_model(results):
    brier = results.one("brier_corrected", horizon=0.5).value
    assert results.one("brier_scaled_corrected", horizon=0.5).value == pytest.approx(1 - brier / 0.25)


def test_failures_are_counted_with_reasons(found):
    failed = replace(found, seed=3, failed={"no events": 2, "infinite": 1}, warnings=())
    results = Results("validation")
    add_optimism(results, failed, OS, 0.05)
    record = results.one("replicates_failed")
    assert (record.value, record.note) == (3, "2: no events; 1: infinite")


def test_a_curve_that_no_replicate_gives_has_a_reason(found):
    lost = found.errors.assign(mean=np.nan, q90=np.nan).where(found.errors["curve"] == "corrected", found.errors)
    results = Results("validation")
    add_optimism(results, replace(found, errors=lost), OS, 0.05)
    for quantity in ("mean", "q90"):
        record = results.one(f"calibration_error_{quantity}_corrected", horizon=0.5)
        assert record.value is None and record.note.startswith("not estimable: in no replicate")
