"""Imputed data of a model: nobody is dropped, the seed alone decides, and one model comes of many by Rubin's rules."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from living_article.analysis.imputed import imputed_frames, pooled_cox
from living_article.analysis.model_frame import model_frame
from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.statistics import cox
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
TERMS = ["arm", "age", "sex"]
LACKING = [3, 5, 8, 21, 40]


@pytest.fixture(scope="module")
def gaps():
    """The cohort without the age of five patients."""
    cohort = load_cohort(STUDY)
    table = cohort.table.copy()
    table.loc[LACKING, "age"] = np.nan
    return replace(cohort, table=table)


def frames(cohort, seed=1, imputations=3):
    return imputed_frames(cohort, STUDY.primary, TERMS, imputations=imputations, seed=seed)


def test_nobody_is_dropped_and_what_was_there_stays(gaps):
    known = gaps.table["age"].dropna()
    for frame in frames(gaps):
        assert frame.dropped == 0 and len(frame.frame) == len(gaps)
        assert not frame.frame.isna().to_numpy().any()
        assert (frame.x["age"].loc[known.index] == known).all()


def test_the_seed_alone_decides(gaps):
    same = [[f.x["age"].tolist() for f in frames(gaps, seed)] for seed in (1, 1, 2)]
    assert same[0] == same[1] != same[2]
    assert len({tuple(ages) for ages in same[0]}) == 3, "each imputation draws values of its own"


def test_without_gaps_the_pooled_model_is_the_model():
    cohort = load_cohort(STUDY)
    whole = model_frame(cohort, STUDY.primary, TERMS)
    fit = cox.fit(whole.x, whole.time, whole.event)
    pooled = pooled_cox(frames(cohort), TERMS)
    assert pooled.coef == pytest.approx(fit.coef, rel=1e-10)
    assert pooled.total == pytest.approx(np.diag(fit.covariance), rel=1e-10)


def test_with_gaps_the_spread_between_imputations_adds_to_the_standard_error(gaps):
    some = frames(gaps, imputations=5)
    fits = [cox.fit(f.x, f.time, f.event) for f in some]
    pooled = pooled_cox(some, TERMS)
    within = np.mean([np.diag(fit.covariance) for fit in fits], axis=0)
    between = np.var([fit.coef for fit in fits], axis=0, ddof=1)
    assert pooled.coef == pytest.approx(np.mean([fit.coef for fit in fits], axis=0), rel=1e-10)
    assert pooled.total == pytest.approx(within + (1 + 1 / 5) * between, rel=1e-10)  # Rubin (1987), equation 3.1.5


def test_a_term_without_any_value_is_one_message(gaps):
    table = gaps.table.copy()
    table["age"] = np.nan
    with pytest.raises(InputError):
        frames(replace(gaps, table=table))
