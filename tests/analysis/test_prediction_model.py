"""The model as plain numbers: whoever computes with them gets what the statistics give, and sees no patient."""

import json

import numpy as np
import pytest

from living_article.analysis.prediction_model import prediction_model
from living_article.statistics import cox
from living_article.statistics import nomogram as points
from living_article.statistics.design import design
from living_article.statistics.disclosure import coarse_range
from tests.display.nomogram_records import EXAMPLE, TERMS, fitted, patients

HORIZONS = [12, 36, 99]


@pytest.fixture(scope="module")
def nomogram():
    return fitted()


def made(nomogram, **options):
    """Return the model after a round through JSON."""
    return json.loads(json.dumps(prediction_model(nomogram, "os", HORIZONS, EXAMPLE, **options), allow_nan=False))


def predicted(model, x, time):
    """Predict from nothing but the plain numbers, with matrices: survival, low, high (rows of ``x`` each)."""
    base = {name: np.array(values) for name, values in model["baseline"].items()}
    step = np.flatnonzero(base["time"] <= time)[-1]
    centred = x - np.array(model["centre"])
    ratio = np.exp(centred @ np.array(model["coef"]))
    away = base["hazard"][step] * centred - base["mean"][step]
    spread = np.diag(away @ np.array(model["covariance"]) @ away.T)
    hazard, se = ratio * base["hazard"][step], ratio * np.sqrt(base["variance"][step] + spread)
    low, high = np.exp(-hazard - model["quantile"] * se), np.exp(-hazard + model["quantile"] * se)
    return np.column_stack([np.exp(-hazard), low, np.minimum(high, 1)])


@pytest.mark.parametrize("options", [{}, {"conf_level": 0.9}, {"fewest": 5}])
def test_predictions_from_the_numbers_are_those_of_the_model(nomogram, options):
    x, model = nomogram.design.matrix, made(nomogram, **options)
    for time in HORIZONS[:2]:
        wanted = cox.predict_survival(nomogram.model, x, [time], options.get("conf_level", 0.95))
        found = predicted(model, x.to_numpy(), time)
        np.testing.assert_allclose(found, wanted[["survival", "low", "high"]], rtol=0, atol=1e-13)


def test_points_from_the_numbers_are_those_of_the_nomogram(nomogram):
    model, x = made(nomogram), nomogram.design.matrix
    wanted = points.points(nomogram, x)
    coef = dict(zip(x.columns, model["coef"], strict=True))
    for term, own in zip(TERMS, model["terms"], strict=True):
        found = (sum(x[c] * coef[c] for c in term.columns) - own["lowest"]) * model["points_per_log_hr"]
        np.testing.assert_allclose(found, wanted[term.name], atol=1e-11)
    assert model["totals"] == [wanted["total"].min(), wanted["total"].max()]


def test_terms_tell_what_may_be_entered(nomogram):
    arm, age, site = made(nomogram)["terms"]
    assert [(t["id"], t["kind"], t["example"]) for t in (arm, age, site)] == [
        ("arm", "categorical", "new"),
        ("age", "continuous", 35),
        ("site", "categorical", "b"),
    ]
    ages = patients()["age"]
    assert (age["low"], age["high"]) == (ages.min(), ages.max())
    assert [level for level, _ in site["axis"]] == ["a", "b", "c"] and site["contrasts"] == ["b", "c"]
    assert min(at for _, at in site["axis"]) == 0


def test_a_level_that_nobody_has_cannot_be_entered():
    table = patients().query("site != 'c'")
    whole = design(table, TERMS)
    whole.matrix["site: c"] = np.random.default_rng(0).normal(size=len(table)) * 1e-3  # estimable, but no patient's
    found = points.nomogram(cox.fit(whole.matrix, table["time"], table["event"]), whole)
    assert [level for level, _ in made(found)["terms"][2]["axis"]] == ["a", "b"]


def test_horizons_beyond_follow_up_or_before_the_first_event_have_no_axis(nomogram):
    found = made(nomogram)["horizons"]
    assert [(h["time"], h["estimable"], bool(h["axis"])) for h in found] == [
        *((12, True, True), (36, True, True), (99, False, False)),
    ]
    early = prediction_model(nomogram, "os", [1e-9], EXAMPLE)["horizons"]
    assert early == [{"time": 1e-9, "estimable": True, "axis": []}]


def test_single_patients_cannot_be_seen_where_they_may_not(nomogram):
    table, model = patients(), made(nomogram, fewest=5)
    shown = set(model["baseline"]["time"]) - set(HORIZONS)
    assert len(shown) > 10 and not shown & set(table["time"])
    events = np.histogram(table.loc[table["event"] == 1, "time"], [0, *model["baseline"]["time"]])[0]
    assert events.min() >= 5 and model["coarse"]
    assert model["last"] == model["baseline"]["time"][-1] < table["time"].max()
    totals = points.points(nomogram, nomogram.design.matrix)["total"]
    assert model["totals"] == list(coarse_range(totals, 5)) != [totals.min(), totals.max()]


def test_of_real_patients_the_centre_is_no_share_of_them(nomogram):
    """The mean of a 0/1 column, times the patients, is a count."""
    x = nomogram.design.matrix
    levels = [n for n, column in enumerate(x.columns) if set(x[column]) == {0.0, 1.0}]
    open_, coarse = (np.array(made(nomogram, fewest=fewest)["centre"]) for fewest in (0, 5))
    assert levels and open_[levels] == pytest.approx(x.to_numpy()[:, levels].mean(axis=0))
    assert not coarse[levels].any()
    others = [n for n in range(len(coarse)) if n not in levels]
    assert coarse[others].tolist() == [float(f"{mean:.2g}") for mean in open_[others]]
