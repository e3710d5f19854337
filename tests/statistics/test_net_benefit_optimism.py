import numpy as np
import pytest

from living_article.statistics import bootstrap, cox
from living_article.statistics.decision_curve import net_benefit
from living_article.statistics.net_benefit_optimism import net_benefit_optimism
from living_article.statistics.optimism import optimism

THRESHOLDS = [0.1, 0.3, 0.5, 0.7]


def excess(rows, x, thresholds, **settings):
    boot = optimism(x, rows.time, rows.event, **settings)
    return net_benefit_optimism(x, rows.time, rows.event, boot, thresholds=thresholds)


def by_hand(rows, drawn, horizon):
    """Training minus test net benefit of each resample: a fit to the repeated rows, judged in both tables."""
    gaps = []
    for index in drawn:
        sample = rows.part(index)
        try:
            model = cox.fit(sample.design.matrix, sample.time, sample.event)
        except cox.FitError:  # a level that the resample lacks
            gaps.append(np.full(len(THRESHOLDS), np.nan))
            continue
        both = []
        for where in (sample, rows):
            risk = 1 - cox.survival_at(model, cox.linear_predictor(model, where.design.matrix), horizon)
            both.append(net_benefit(risk, where.time, where.event, horizon, THRESHOLDS)["model"].to_numpy())
        gaps.append(both[0] - both[1])
    return np.array(gaps)


@pytest.mark.parametrize("name", ["cohort_os", "veteran", "lung_tied"])
def test_it_is_the_mean_gap_of_models_fitted_one_by_one(case, name):
    rows = case(name)
    found = excess(rows, rows.design.matrix, THRESHOLDS, horizons=rows.horizons, replicates=12, seed=3)
    drawn = bootstrap.indices(len(rows.time), 12, 3)
    for horizon, part in found.groupby("horizon"):
        gaps = by_hand(rows, drawn, horizon)
        np.testing.assert_allclose(part["optimism"], np.nanmean(gaps, axis=0), rtol=1e-8, atol=1e-12)
        assert part["used"].tolist() == np.isfinite(gaps).sum(axis=0).tolist()
        assert part["threshold"].tolist() == THRESHOLDS
    if name == "lung_tied":
        assert 0 < found["used"].max() < 12, "some resamples have no model"


def test_a_model_of_noise_has_optimism_and_the_seed_alone_decides(case):
    rows = case("cohort_os")
    x = rows.design.matrix.sample(frac=1, random_state=1).reset_index(drop=True)
    arguments = {"horizons": [12.0], "replicates": 300, "seed": 1}
    many = excess(rows, x, [0.3], **arguments)
    assert many["optimism"][0] > 0.02
    again = excess(rows, x, [0.3], **arguments)
    assert again["optimism"].tolist() == many["optimism"].tolist()


def test_beyond_follow_up_there_is_nothing_to_take_off(case):
    rows = case("cohort_os")
    found = excess(rows, rows.design.matrix, [0.5], horizons=[500.0], replicates=10, seed=1)
    assert found["used"].tolist() == [0] and found["optimism"].isna().all()


def test_resamples_without_a_seed_are_refused(case):
    rows = case("cohort_os")
    x, drawn = rows.design.matrix, bootstrap.indices(len(rows.time), 10, 1)
    boot = optimism(x, rows.time, rows.event, horizons=[12.0], rows=drawn)
    with pytest.raises(ValueError, match="no seed"):
        net_benefit_optimism(x, rows.time, rows.event, boot, thresholds=[0.5])
