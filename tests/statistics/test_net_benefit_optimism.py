import numpy as np
import pytest

from living_article.statistics import bootstrap, cox
from living_article.statistics.decision_curve import net_benefit
from living_article.statistics.net_benefit_optimism import net_benefit_optimism

THRESHOLDS = [0.1, 0.3, 0.5, 0.7]


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
    arguments = {"horizons": rows.horizons, "thresholds": THRESHOLDS, "replicates": 12, "seed": 3}
    found = net_benefit_optimism(rows.design.matrix, rows.time, rows.event, **arguments)
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
    arguments = {"horizons": [12.0], "thresholds": [0.3], "seed": 1}
    many = net_benefit_optimism(x, rows.time, rows.event, replicates=300, **arguments)
    assert many["optimism"][0] > 0.02
    again = net_benefit_optimism(x, rows.time, rows.event, replicates=300, **arguments)
    assert again["optimism"].tolist() == many["optimism"].tolist()


def test_beyond_follow_up_there_is_nothing_to_take_off(case):
    rows = case("cohort_os")
    found = net_benefit_optimism(
        rows.design.matrix, rows.time, rows.event, horizons=[500.0], thresholds=[0.5], replicates=10, seed=1
    )
    assert found["used"].tolist() == [0] and found["optimism"].isna().all()
