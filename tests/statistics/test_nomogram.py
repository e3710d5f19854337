import numpy as np
import pytest

from living_article.statistics import cox, nomogram

NAMES = ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"]


@pytest.fixture(params=NAMES)
def drawn(request, case, oracle):
    rows = case(request.param)
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    return oracle("nomogram")["models"][request.param], rows, nomogram.nomogram(model, rows.design)


# rms::cph standardises differently and stops once the log-likelihood stands still, which leaves up to 1e-7 in
# its coefficients; points are compared to 1e-6 (a millionth of a point) for that reason.
RMS = 1e-6


def test_points_equal_rms(drawn, close):
    wanted, rows, found = drawn
    coef = dict(zip(found.model.columns, found.model.coef, strict=True))
    lowest = found.axes.groupby("term")["contribution"].min()
    for axis in wanted["terms"]:
        own = found.axes[found.axes["term"] == axis["term"]]
        if isinstance(axis["at"][0], str):
            ours = own.set_index("level").loc[axis["at"], "points"]
        else:
            ours = (np.array(axis["at"]) * coef[axis["term"]] - lowest[axis["term"]]) * found.scale
            close(own["points"].iloc[[0, -1]], np.array(axis["points"])[[0, -1]], atol=RMS)
        close(ours, axis["points"], atol=RMS)


def test_scale_and_zero_equal_rms(drawn, close):
    wanted, _, found = drawn
    close(found.scale, wanted["scale"], rtol=RMS)
    # rms' linear predictor is centred; its intercept is the one at 0 points
    close(found.lowest - wanted["center"], wanted["intercept"], rtol=RMS)


def test_points_of_a_patient_give_back_the_linear_predictor(drawn):
    _, rows, found = drawn
    table = nomogram.points(found, rows.design.matrix)
    lp = cox.linear_predictor(found.model)
    np.testing.assert_allclose(nomogram.linear_predictor(found, table["total"]), lp, atol=1e-12)
    np.testing.assert_allclose(nomogram.total_points(found, lp), table["total"], atol=1e-9)
    assert table.to_numpy().min() >= -1e-9
    assert table["total"].max() <= found.highest + 1e-9


def test_the_widest_term_spans_100_points_and_axes_end_at_the_data(drawn):
    _, rows, found = drawn
    spans = nomogram.ranges(found)
    assert spans["high"].max() == pytest.approx(100)
    assert (spans["low"].abs() < 1e-12).all()
    for term, axis in found.axes[found.axes["value"].notna()].groupby("term"):
        observed = rows.design.matrix[term]
        assert (axis["value"].min(), axis["value"].max()) == (observed.min(), observed.max())


def test_survival_axis_inverts_the_prediction(drawn):
    _, rows, found = drawn
    horizon = rows.horizons[1]
    axis = nomogram.survival_axis(found, horizon, [0.9, 0.5, 0.1])
    assert len(axis) >= 2
    lp = nomogram.linear_predictor(found, axis["total"])
    np.testing.assert_allclose(cox.survival_at(found.model, lp, horizon), axis["survival"], rtol=1e-9)


def test_median_axis_is_where_the_median_steps(drawn):
    _, rows, found = drawn
    times = np.quantile(rows.time[rows.event == 1], [0.3, 0.6], method="nearest")
    axis = nomogram.median_axis(found, times)
    assert len(axis) >= 1
    base = cox.baseline_hazard(found.model)
    for row in axis.itertuples():
        for total, compare in ((row.total - 1e-6, np.greater_equal), (row.total + 1e-6, np.less)):
            hazard = base["hazard"] * np.exp(nomogram.linear_predictor(found, total))
            assert compare(base["time"][np.argmax(hazard >= np.log(2))], row.median)


def test_values_outside_the_data_are_warned_of(case):
    rows = case("cohort_os")
    found = nomogram.nomogram(cox.fit(rows.design.matrix, rows.time, rows.event), rows.design)
    who = rows.design.matrix.iloc[[0]].assign(age=97.0)
    assert nomogram.outside(found, rows.design.matrix) == []
    assert "age 97 lies outside" in nomogram.outside(found, who)[0]


def test_horizons_without_an_answer_are_refused(case):
    rows = case("veteran")
    found = nomogram.nomogram(cox.fit(rows.design.matrix, rows.time, rows.event), rows.design)
    with pytest.raises(ValueError, match="beyond follow-up"):
        nomogram.survival_axis(found, 5000, [0.5])
    with pytest.raises(ValueError, match="no event"):
        nomogram.survival_axis(found, 0.5, [0.5])


def test_model_of_another_design_is_refused(case):
    rows = case("veteran")
    model = cox.fit(rows.design.matrix, rows.time, rows.event)
    with pytest.raises(ValueError, match="not fitted to this design"):
        nomogram.nomogram(model, rows.design.subset(["karno", "age"]))


@pytest.mark.parametrize(
    ("low", "high", "whole", "wanted"),
    [
        (18, 51, True, [18, 20, 25, 30, 35, 40, 45, 51]),
        (1, 15, True, [1, 2, 4, 6, 8, 10, 12, 14, 15]),
        (1, 4, True, [1, 2, 3, 4]),
        (0.13, 0.97, False, [0.13, 0.2, 0.4, 0.6, 0.8, 0.97]),
        (3, 3, False, [3]),
    ],
)
def test_ticks_are_round_inside_and_end_at_the_data(low, high, whole, wanted):
    np.testing.assert_allclose(nomogram.ticks(low, high, whole=whole), wanted)
