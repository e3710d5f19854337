"""Chained equations: known values stay, draws are seeded and plausible, and recover what complete cases miss."""

import numpy as np
import pandas as pd
import pytest

from living_article.statistics import cox
from living_article.statistics.design import Term, design
from living_article.statistics.imputation import impute, nelson_aalen
from living_article.statistics.pooling import pool

TERMS = (
    Term("age", "continuous"),
    Term("sex", "categorical", ("f", "m"), "f"),
    Term("stage", "ordinal", ("I", "II", "III"), "I"),
)


def patients(n=300, seed=5):
    random = np.random.default_rng(seed)
    age = random.normal(60, 10, n)
    sex = np.where(random.random(n) < 1 / (1 + np.exp(-(age - 60) / 5)), "m", "f")
    stage = np.array(["I", "II", "III"])[np.clip((age + random.normal(0, 5, n) - 45) // 10, 0, 2).astype(int)]
    hazard = 0.05 * np.exp(0.05 * (age - 60) + 0.5 * (sex == "m"))
    death, end = random.exponential(1 / hazard), random.uniform(5, 40, n)
    frame = pd.DataFrame({"age": age, "sex": sex.astype(object), "stage": stage.astype(object)})
    return frame, np.minimum(death, end), (death <= end).astype(int), random


@pytest.fixture(scope="module")
def gaps():
    frame, time, event, random = patients()
    full = frame.copy()
    frame.loc[random.random(300) < 0.3, "age"] = np.nan
    frame.loc[random.random(300) < 0.2, "sex"] = np.nan
    frame.loc[random.random(300) < 0.1, "stage"] = np.nan
    return full, frame, time, event


def test_nelson_aalen_by_hand():
    assert nelson_aalen([3, 1, 2, 2], [1, 1, 1, 0]) == pytest.approx(
        [1 / 4 + 1 / 3 + 1, 1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3]
    )


def test_known_values_stay_and_only_known_kinds_of_values_are_drawn(gaps):
    _, frame, time, event = gaps
    first, second = impute(frame, TERMS, time, event, imputations=2, seed=1)
    for done in (first, second):
        assert not done.isna().any().any()
        for name in frame:
            known = frame[name].notna()
            assert (done.loc[known, name] == frame.loc[known, name]).all()
            assert set(done[name]) <= set(frame[name].dropna())
    assert not first.equals(second)


def test_the_seed_decides_and_more_imputations_begin_alike(gaps):
    _, frame, time, event = gaps
    two = impute(frame, TERMS, time, event, imputations=2, seed=1, cycles=2)
    three = impute(frame, TERMS, time, event, imputations=3, seed=1, cycles=2)
    other = impute(frame, TERMS, time, event, imputations=2, seed=2, cycles=2)
    assert all(a.equals(b) for a, b in zip(two, three, strict=False))
    assert not two[0].equals(other[0])


def test_draws_follow_what_is_known_of_the_patient(gaps):
    full, frame, time, event = gaps
    done = impute(frame, TERMS, time, event, imputations=5, seed=3)
    age, sex = frame["age"].isna(), frame["sex"].isna()
    drawn = np.mean([d.loc[age, "age"].astype(float) for d in done], axis=0)
    assert np.corrcoef(drawn, full.loc[age, "age"])[0, 1] > 0.6
    right = np.mean([(d.loc[sex, "sex"] == full.loc[sex, "sex"]).mean() for d in done])
    assert right > 0.62


def test_bias_of_complete_cases_is_removed():
    """Age is missing more often in those who die early; complete cases then misjudge its effect."""
    errors = {"complete": [], "imputed": []}
    for seed in range(6):
        frame, time, event, random = patients(600, seed)
        terms = TERMS[:1]
        truth = cox.fit(frame[["age"]], time, event).coef[0]
        likely = np.where((event == 1) & (frame["age"] > 60), 0.7, 0.1)
        frame.loc[random.random(600) < likely, "age"] = np.nan
        known = frame["age"].notna().to_numpy()
        errors["complete"].append(cox.fit(frame.loc[known, ["age"]], time[known], event[known]).coef[0] - truth)
        done = impute(frame, TERMS, time, event, imputations=5, seed=seed, cycles=3)
        fits = [cox.fit(design(d[["age"]], terms).matrix, time, event) for d in done]
        pooled = pool(["age"], np.array([f.coef for f in fits]), np.array([f.covariance for f in fits]), 100)
        errors["imputed"].append(pooled.coef[0] - truth)
    assert abs(np.mean(errors["imputed"])) < 0.5 * abs(np.mean(errors["complete"]))


def test_nothing_missing_changes_nothing_and_nothing_known_is_refused():
    frame, time, event, _ = patients(50)
    assert impute(frame, TERMS, time, event, imputations=1, seed=0)[0].equals(frame)
    with pytest.raises(ValueError, match="age has no value"):
        impute(frame.assign(age=np.nan), TERMS, time, event, imputations=1, seed=0)
    with pytest.raises(ValueError, match="at least one"):
        impute(frame, TERMS, time, event, imputations=0, seed=0)
