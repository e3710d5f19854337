import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from living_article.statistics import optimism as module
from living_article.statistics.calibration import default_grid
from living_article.statistics.cox import FitError
from living_article.statistics.optimism import optimism

NAMES = ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"]


@pytest.fixture(params=NAMES)
def reference(request, case, oracle):
    """R's scores, replicate by replicate, and ours on the same resamples."""
    rows, wanted = case(request.param), oracle("optimism")["models"][request.param]
    drawn = np.array([r["rows"] for r in wanted["replicates"]]) - 1
    found = optimism(
        rows.design.matrix, rows.time, rows.event, horizons=rows.horizons, rows=drawn, grid_size=len(wanted["grids"][0])
    )
    return wanted, rows, found


def test_every_replicate_equals_r(reference, close):
    wanted, rows, found = reference
    for kind in ("training", "test"):
        theirs = [r[kind] for r in wanted["replicates"]]
        close(found.replicates[f"{kind} concordance"], [t["concordance"] for t in theirs])
        close(found.replicates[f"{kind} slope"], [t["slope"] for t in theirs])
        for h, horizon in enumerate(rows.horizons):
            for name in ("auc", "brier"):
                close(found.replicates[f"{kind} {name} {horizon:g}"], [t["horizons"][h][name] for t in theirs])
            # A mean of distances near 0: the spline of a model in its own sample is almost the diagonal.
            close(found.replicates[f"{kind} ici {horizon:g}"], [t["horizons"][h]["ici"] for t in theirs], atol=1e-10)


def test_apparent_scores_equal_r(reference, close):
    wanted, rows, found = reference
    table = found.table.set_index(["measure", "horizon"])["apparent"]
    close(table[("concordance", np.nan)], wanted["apparent"]["concordance"])
    close(table[("slope", np.nan)], 1.0)
    for h, horizon in enumerate(rows.horizons):
        for name in ("auc", "brier", "ici"):
            close(table[(name, horizon)], wanted["apparent"]["horizons"][h][name], atol=1e-10)


def test_optimism_is_the_mean_difference(reference, close):
    wanted, rows, found = reference
    table = found.table.set_index(["measure", "horizon"])
    for name in ("concordance", "slope"):
        gaps = [r["training"][name] - r["test"][name] for r in wanted["replicates"]]
        row = table.loc[(name, np.nan)].squeeze()
        close(row["optimism"], np.mean(gaps), atol=1e-10)
        close(row["corrected"], wanted["apparent"][name] - np.mean(gaps), atol=1e-10)
    for h, horizon in enumerate(rows.horizons):
        gaps = [r["training"]["horizons"][h]["brier"] - r["test"]["horizons"][h]["brier"] for r in wanted["replicates"]]
        close(table.loc[("brier", horizon), "optimism"], np.mean(gaps))
    assert (found.table["used"] == len(wanted["replicates"])).all()


def test_corrected_curve_equals_r(reference, close):
    wanted, rows, found = reference
    for h, horizon in enumerate(rows.horizons):
        curve = found.curves[found.curves["horizon"] == horizon]
        close(curve["predicted"], wanted["grids"][h])
        apparent = np.array(wanted["apparent"]["horizons"][h]["curve"])
        close(curve["apparent"], apparent)
        gap = [
            np.subtract(r["training"]["horizons"][h]["curve"], r["test"]["horizons"][h]["curve"])
            for r in wanted["replicates"]
        ]
        close(curve["corrected"], np.clip(apparent - np.mean(gap, axis=0), 0, 1), atol=1e-10)


def test_result_depends_on_the_seed_alone(case, monkeypatch):
    rows = case("cohort_os")
    arguments = (rows.design.matrix, rows.time, rows.event)
    first = optimism(*arguments, horizons=rows.horizons, replicates=60, seed=4)
    monkeypatch.setattr(module, "_NUMBERS", 1)  # the smallest batches
    again = optimism(*arguments, horizons=rows.horizons, replicates=60, seed=4)
    pd.testing.assert_frame_equal(first.replicates, again.replicates, check_exact=True)
    pd.testing.assert_frame_equal(first.curves, again.curves, check_exact=True)
    fewer = optimism(*arguments, horizons=rows.horizons, replicates=25, seed=4)
    pd.testing.assert_frame_equal(first.replicates.iloc[:25], fewer.replicates, check_exact=True)
    other = optimism(*arguments, horizons=rows.horizons, replicates=25, seed=5)
    assert not np.array_equal(other.replicates["test concordance"], fewer.replicates["test concordance"])


SCRIPT = """
import hashlib, sys
import numpy as np, pandas as pd
from living_article.statistics.optimism import optimism
n = int(sys.argv[1])
rng = np.random.default_rng(1)
x = pd.DataFrame(rng.normal(size=(n, 12)))
time, event = rng.exponential(np.exp(-x[0] - x[1])), rng.random(n) < 0.7
found = optimism(x, time, event, horizons=[np.median(time)], replicates=20, seed=1)
print(hashlib.sha256(found.replicates.to_numpy().tobytes() + found.curves.to_numpy().tobytes()).hexdigest())
"""


@pytest.mark.parametrize("n", [95, 1000])
def test_result_does_not_depend_on_the_number_of_cores(n):
    def digest(cores):
        environment = os.environ | {f"{name}_NUM_THREADS": str(cores) for name in ("OPENBLAS", "OMP", "MKL")}
        command = [sys.executable, "-c", SCRIPT, str(n)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert digest(1) == digest(2) != ""


def test_horizon_beyond_follow_up_has_a_reason_and_no_curve(case):
    rows = case("cohort_os")
    found = optimism(rows.design.matrix, rows.time, rows.event, horizons=[12, 500], replicates=20, seed=1)
    beyond = found.table[found.table["horizon"] == 500]
    assert beyond["measure"].tolist() == ["auc", "brier", "ici"]
    assert beyond["corrected"].isna().all() and beyond["reason"].str.contains("beyond follow-up").all()
    assert found.curves["horizon"].unique().tolist() == [12]


def test_failed_replicates_are_counted_and_said(case):
    rows = case("veteran").part(np.arange(0, 137, 5))
    x = rows.design.matrix[["trt: 2", "karno", "prior: 10"]].copy()
    x["rare"] = (np.arange(len(x)) == 3).astype(float)  # missing in about a third of the resamples
    found = optimism(x, rows.time, rows.event, replicates=100, seed=2)
    failed = sum(found.failed.values())
    assert failed == (found.replicates["status"] != 0).sum() > 20
    assert found.table.loc[0, "used"] == 100 - failed
    assert any("of 100 replicates have no model" in w for w in found.warnings)
    assert found.replicates.loc[found.replicates["status"] != 0, "test concordance"].isna().all()


def test_model_without_an_estimate_is_refused():
    with pytest.raises(FitError, match="constant"):
        optimism(pd.DataFrame({"x": np.ones(5)}), [1, 2, 3, 4, 5], [1, 1, 1, 0, 1], replicates=5)


def test_without_horizons_only_c_and_slope(case):
    rows = case("veteran")
    found = optimism(rows.design.matrix, rows.time, rows.event, replicates=30, seed=3)
    assert found.table["measure"].tolist() == ["concordance", "slope"]
    assert found.curves.empty and found.errors.empty
    assert found.table.loc[0, "optimism"] > 0 and found.table.loc[1, "corrected"] < 1


def test_intervals_and_errors_follow_their_definitions(case):
    rows = case("cohort_os")
    found = optimism(rows.design.matrix, rows.time, rows.event, horizons=[12], replicates=200, seed=3)
    table = found.table.set_index("measure")
    c = found.replicates["training concordance"]
    np.testing.assert_allclose(
        table.loc["concordance", ["low", "high"]].astype(float),
        np.quantile(c - table.loc["concordance", "optimism"], (0.025, 0.975)),
    )
    np.testing.assert_allclose(
        table.loc["slope", ["low", "high"]].astype(float),
        np.quantile(found.replicates["test slope"], (0.025, 0.975)),
    )
    assert set(table["interval"]) == set(module.INTERVALS)
    assert found.errors["curve"].tolist() == ["apparent", "corrected"]
    assert (found.errors["q90"] >= found.errors["mean"]).all()
    assert len(found.curves) == len(default_grid(np.linspace(0, 1, 95)))
