import numpy as np
import pytest

from living_article.statistics import bootstrap, calibration, cox, ipcw
from living_article.statistics.batched_cox import fit_replicates, linear_predictor
from living_article.statistics.concordance import concordance
from living_article.statistics.replicate_scores import score

NAMES = ["lung_tied", "cohort_os"]


@pytest.fixture(params=NAMES)
def replicates(request, case):
    """Models of four resamples, and their scores in the resamples and in the patients."""
    rows = case(request.param)
    drawn = bootstrap.indices(len(rows.time), 4, 8)
    counts = bootstrap.counts(drawn)
    frequent = rows.design.matrix.astype(bool).sum() >= 20  # a rare level is missing from some resamples
    x, horizons = rows.design.matrix.loc[:, frequent].to_numpy(), np.array(rows.horizons, float)
    fitted = fit_replicates(x, rows.time, rows.event, counts, horizons=horizons)
    lp = linear_predictor(fitted.coef, (x - fitted.centre).T)
    grids = np.array([[0.3, 0.5, 0.7], [0.4, 0.6, 0.8]])
    scores = {
        "training": score(lp, fitted.hazard, rows.time, rows.event, counts, horizons, grids),
        "test": score(lp, fitted.hazard, rows.time, rows.event, np.ones((1, len(rows.time))), horizons, grids),
    }
    return rows, drawn, fitted, lp, grids, scores


@pytest.mark.parametrize("kind", ["training", "test"])
def test_scores_equal_those_of_one_sample_at_a_time(replicates, kind):
    rows, drawn, fitted, lp, grids, scores = replicates
    found = scores[kind]
    for b in range(4):
        index = drawn[b] if kind == "training" else np.arange(len(rows.time))
        outcome, own = (rows.time[index], rows.event[index]), lp[b, index]
        assert found.concordance[b] == pytest.approx(concordance(own, *outcome).estimate.value, rel=1e-13)
        assert found.slope[b] == pytest.approx(calibration.slope(own, *outcome).value, rel=1e-9)
        for h, horizon in enumerate(rows.horizons):
            hazard = fitted.hazard[b, h] * np.exp(own)
            risk = -np.expm1(-hazard)
            assert found.brier[b, h] == pytest.approx(ipcw.brier(risk, *outcome, horizon).value, rel=1e-11)
            assert found.auc[b, h] == pytest.approx(ipcw.auc(own, *outcome, horizon).value, rel=1e-11)
            curve = calibration.smooth(risk, *outcome, horizon, hazard=hazard, grid=grids[h])
            np.testing.assert_allclose(found.curve[b, h], curve.curve["observed"], rtol=1e-8)
            assert found.ici[b, h] == pytest.approx(curve.ici, rel=1e-7)


def test_scores_are_the_same_to_the_last_digit_whoever_shares_the_batch(case):
    rows = case("cohort_os")
    counts = bootstrap.counts(bootstrap.indices(len(rows.time), 40, 4))
    x, horizons = rows.design.matrix.to_numpy(), np.array(rows.horizons, float)
    fitted = fit_replicates(x, rows.time, rows.event, counts, horizons=horizons)
    lp, grids = linear_predictor(fitted.coef, (x - fitted.centre).T), np.full((2, 3), [0.3, 0.5, 0.7])
    together = score(lp, fitted.hazard, rows.time, rows.event, counts, horizons, grids)
    for b in range(40):
        one = slice(b, b + 1)
        alone = score(lp[one], fitted.hazard[one], rows.time, rows.event, counts[one], horizons, grids)
        for name, values in vars(together).items():
            np.testing.assert_array_equal(getattr(alone, name), values[one], err_msg=name)


def test_models_score_1_in_slope_where_they_were_fitted(replicates):
    np.testing.assert_allclose(replicates[-1]["training"].slope, 1, rtol=1e-9)


def test_a_missing_model_has_no_scores_and_leaves_the_others_alone(replicates):
    rows, _, fitted, lp, grids, scores = replicates
    lp, hazard = lp.copy(), fitted.hazard.copy()
    lp[1], hazard[1] = np.nan, np.nan
    found = score(lp, hazard, rows.time, rows.event, np.ones((1, len(rows.time))), rows.horizons, grids)
    for name, values in vars(found).items():
        assert np.isnan(values[1]).all(), name
        np.testing.assert_allclose(values[[0, 2, 3]], getattr(scores["test"], name)[[0, 2, 3]], rtol=1e-10)


def test_sample_not_followed_to_the_horizon_has_no_brier_score_and_no_auc(case):
    rows = case("cohort_os")
    counts = np.ones((2, len(rows.time)))
    counts[0, rows.time >= 30] = 0
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    lp = np.tile(cox.linear_predictor(model, centred=True), (2, 1))
    found = score(lp, np.full((2, 1), 1.0), rows.time, rows.event, counts, [36.0], np.array([[0.5]]))
    assert np.isnan(found.brier[0, 0]) and np.isnan(found.auc[0, 0])
    assert np.isfinite(found.brier[1, 0]) and np.isfinite(found.auc[1, 0])


def test_scores_without_horizons_and_without_calibration(replicates):
    rows, _, _, lp, _, scores = replicates
    found = score(lp, np.zeros((4, 0)), rows.time, rows.event, np.ones((1, len(rows.time))), [], np.zeros((0, 3)))
    assert found.auc.shape == (4, 0) and found.curve.shape == (4, 0, 3)
    assert np.array_equal(found.concordance, scores["test"].concordance)
    bare = score(
        lp, np.ones((4, 1)), rows.time, rows.event, np.ones((1, len(rows.time))), [12], [[0.5]], calibration=False
    )
    assert np.isnan(bare.slope).all() and np.isnan(bare.ici).all() and np.isfinite(bare.auc).all()
