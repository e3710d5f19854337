import numpy as np
import pytest

from living_article.statistics import batched_cox as bc
from living_article.statistics import bootstrap


def draws(oracle, name):
    replicates = oracle("optimism")["models"][name]["replicates"]
    return replicates, np.array([r["rows"] for r in replicates]) - 1


@pytest.mark.parametrize("name", ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"])
def test_replicates_equal_coxph_on_repeated_rows(case, oracle, close, name):
    rows, (wanted, drawn) = case(name), draws(oracle, name)
    found = bc.fit_replicates(rows.design.matrix, rows.time, rows.event, bootstrap.counts(drawn))
    assert not found.failed
    close(found.coef, [r["coef"] for r in wanted], rtol=1e-11, atol=2e-13)
    close(found.loglik, [r["loglik"] for r in wanted], rtol=1e-12)


def test_sums_over_tied_deaths_equal_their_definition():
    number = np.array([[0, 1, 4], [3, 1, 2]])
    at_risk, dead = np.array([[5.0, 9, 12], [7, 8, 20]]), np.array([[0.0, 2, 7], [6, 1, 3]])
    found = bc.efron_sums(at_risk, dead, number)
    for b, k in np.ndindex(number.shape):
        share = np.arange(number[b, k]) / max(number[b, k], 1)
        rest = at_risk[b, k] - share * dead[b, k]
        wanted = (1 / rest, share / rest, 1 / rest**2, share / rest**2, (share / rest) ** 2, np.log(rest))
        for name, terms in zip(vars(found), wanted, strict=True):
            assert getattr(found, name)[b, k] == pytest.approx(terms.sum(), rel=1e-14), name


def test_result_depends_neither_on_batch_nor_on_start(case):
    rows = case("cohort_os")
    x, counts = rows.design.matrix, bootstrap.counts(bootstrap.indices(len(rows.time), 50, 1))
    first = bc.fit_replicates(x, rows.time, rows.event, counts, horizons=rows.horizons)
    for batch in (1, 7, 50):
        again = bc.fit_replicates(x, rows.time, rows.event, counts, horizons=rows.horizons, batch=batch)
        assert np.array_equal(first.coef, again.coef)
        assert np.array_equal(first.loglik, again.loglik)
        assert np.array_equal(first.hazard, again.hazard)
    warm = bc.fit_replicates(x, rows.time, rows.event, counts, start=first.coef[3])
    np.testing.assert_allclose(warm.coef, first.coef, rtol=1e-11, atol=1e-12)


def test_own_covariates_for_each_replicate(case):
    rows, draw = case("lung_tied"), np.random.default_rng(0)
    n = len(rows.time)
    x, counts = draw.normal(size=(4, n, 2)), bootstrap.counts(bootstrap.indices(n, 4, 5))
    together = bc.fit_replicates(x, rows.time, rows.event, counts, horizons=[6, 12])
    for b in range(4):
        alone = bc.fit_replicates(x[b], rows.time, rows.event, counts[b : b + 1], horizons=[6, 12])
        np.testing.assert_allclose(together.coef[b], alone.coef[0], rtol=1e-11)
        np.testing.assert_allclose(together.centre[b], alone.centre, rtol=1e-14)
        np.testing.assert_allclose(together.hazard[b], alone.hazard[0], rtol=1e-11)


def test_gradient_and_information_are_derivatives(case):
    rows = case("lung_tied")
    sets = bc.risk_sets(rows.time, rows.event)
    x = ((rows.design.matrix - rows.design.matrix.mean()) / rows.design.matrix.std()).to_numpy().T[:, sets.order]
    counts = np.take(bootstrap.counts(bootstrap.indices(len(rows.time), 1, 2)), sets.order, axis=1).astype(float)
    coef, step = np.linspace(-0.3, 0.4, x.shape[0])[None], 1e-5
    _, gradient, information = bc.derivatives(coef, x, counts, sets)
    for j in range(x.shape[0]):
        move = np.zeros_like(coef)
        move[0, j] = step
        up, down = (bc.derivatives(coef + sign * move, x, counts, sets) for sign in (1, -1))
        assert gradient[0, j] == pytest.approx((up[0][0] - down[0][0]) / (2 * step), rel=1e-6, abs=1e-6)
        np.testing.assert_allclose(information[0, j], -(up[1][0] - down[1][0]) / (2 * step), rtol=1e-6, atol=1e-6)


def test_every_kind_of_failure_is_counted():
    x = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    time, event = np.arange(1.0, 7.0), np.array([1, 1, 0, 1, 1, 1])
    counts = np.array(
        [
            [1, 1, 1, 1, 1, 1],
            [0, 0, 6, 0, 0, 0],  # nobody has the event
            [3, 0, 0, 0, 0, 3],  # second covariate constant
            [2, 2, 2, 0, 0, 0],  # the first to die has the largest value: infinite
        ]
    )
    found = bc.fit_replicates(x, time, event, counts, horizons=[3])
    assert found.status.tolist() == [bc.FITTED, bc.NO_EVENTS, bc.SINGULAR, bc.INFINITE]
    assert sum(found.failed.values()) == 3
    assert set(found.failed) == {bc.STATUS[k] for k in (bc.NO_EVENTS, bc.SINGULAR, bc.INFINITE)}
    assert np.isfinite(found.coef[0]).all() and np.isnan(found.coef[1:]).all() and np.isnan(found.hazard[1:]).all()


def test_wrong_shapes_and_missing_values_are_refused():
    with pytest.raises(ValueError, match="belong together"):
        bc.fit_replicates(np.ones((3, 1)), [1, 2, 3], [1, 1, 1], np.ones((2, 4)))
    with pytest.raises(ValueError, match="finite"):
        bc.fit_replicates(np.array([[1.0], [np.nan], [0.0]]), [1, 2, 3], [1, 1, 1], np.ones((2, 3)))


def test_a_replicate_without_a_finite_step_does_not_stop_the_others():
    information = np.stack([np.full((2, 2), np.nan), np.zeros((2, 2)), np.eye(2)])
    steps = bc._solve(information, np.ones((3, 2)))
    assert np.isnan(steps[:2]).all()
    np.testing.assert_array_equal(steps[2], [1, 1])
