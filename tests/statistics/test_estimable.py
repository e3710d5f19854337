"""What cannot be estimated leaves the design with a reason; everything else stays."""

import numpy as np
import pandas as pd
import pytest

from living_article.statistics import cox
from living_article.statistics.design import Term, design
from living_article.statistics.estimable import estimable, varied

AGE = Term("age", "continuous")
SEX = Term("sex", "categorical", ("m", "f"), "f")
SITE = Term("site", "categorical", ("a", "b", "c"), "a")


@pytest.fixture
def table():
    rng = np.random.default_rng(11)
    return pd.DataFrame(
        {
            "age": rng.normal(30, 8, 80),
            "sex": rng.choice(["m", "f"], 80),
            "site": rng.choice(["a", "b", "c"], 80),
            "time": rng.permutation(80) + 1.0,
            "event": rng.random(80) < 0.7,
        }
    )


def reduced(table, terms):
    return estimable(design(table, terms), table["time"], table["event"])


def test_a_sound_design_stays_as_it_is(table):
    whole = design(table, [AGE, SEX, SITE])
    found = estimable(whole, table["time"], table["event"])
    assert found.reasons == {} and found.design.terms == whole.terms
    pd.testing.assert_frame_equal(found.design.matrix, whole.matrix)


def test_a_level_without_patients_goes_alone(table):
    table["site"] = table["site"].replace("c", "b")
    found = reduced(table, [AGE, SITE])
    assert found.reasons == {"site: c": "not estimable: no patient has this level"}
    assert found.design.columns == {"age": ("age",), "site": ("site: b",)}
    assert list(found.design.matrix) == ["age", "site: b"]


def test_a_term_without_reference_or_variation_goes(table):
    table["age"], table["site"] = 30.0, table["site"].replace("a", "b")
    found = reduced(table, [AGE, SEX, SITE])
    assert list(found.design.columns) == ["sex"]
    assert "same value" in found.reasons["age"]
    assert {found.reasons[c] for c in SITE.columns} == {"not estimable: no patient has the reference level"}


def test_a_redundant_term_goes_the_first_stays(table):
    table["twice"] = 2 * table["age"] + 3
    found = reduced(table, [AGE, SEX, Term("twice", "continuous")])
    assert found.reasons == {"twice": "not estimable: determined by the terms before it"}


def test_an_infinite_estimate_takes_the_whole_term_and_the_rest_can_be_fitted(table):
    table.loc[table["site"] == "b", "event"] = False
    found = reduced(table, [AGE, SEX, SITE])
    assert set(found.reasons) == set(SITE.columns)
    assert all("separation" in reason for reason in found.reasons.values())
    model = cox.fit(found.design.matrix, table["time"], table["event"])
    assert np.isfinite(model.coef).all() and model.columns == ["age", "sex: m"]


def test_separation_by_a_combination_is_found():
    # At each death the sum of the two is largest among those at risk, but neither of the two alone is.
    x = np.array([[3, 0], [0, 2.9], [2, 0.5], [0.2, 2.0], [1.0, 0.6], [0.5, 0.5]])
    table = pd.DataFrame(x, columns=["a", "b"]).assign(time=np.arange(1.0, 7), event=True)
    found = reduced(table, [Term("a", "continuous"), Term("b", "continuous")])
    assert found.reasons and len(found.design.columns) < 2


def test_nothing_may_be_left(table):
    table["age"] = 1.0
    found = reduced(table, [AGE])
    assert found.design.matrix.empty and found.design.terms == ()


def test_without_events_nothing_can_be_estimated(table):
    found = reduced(table.assign(event=0), [AGE, SITE])
    assert found.design.matrix.empty and not found.design.terms
    assert found.reasons == dict.fromkeys(["age", "site: b", "site: c"], "not estimable: no event")


def test_what_needs_no_outcome_is_found_without_one(table):
    found = varied(design(table.assign(same=1.0), [AGE, SEX, Term("same", "continuous")]))
    assert list(found.reasons) == ["same"] and "same" not in found.design.matrix
