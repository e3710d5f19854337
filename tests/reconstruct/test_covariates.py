from collections import Counter

import numpy as np
import pytest

from living_article.reconstruct import covariates
from living_article.reconstruct.margins import counts
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS, TERMS


@pytest.fixture(scope="module")
def patients(start, targets):
    return covariates.decode(start, targets, RandomSource(8))


def test_columns_are_the_terms_of_table_7(start, targets):
    by_term = dict(zip(TERMS, start.T, strict=True))
    assert by_term["arm"].sum() == targets.count("t1_n_observation")
    assert by_term["lung_lesions"].max() == 15
    assert set(np.unique(start[:, [2, 3, 4, 6, 7, 8, 9, 10]])) == {0, 1}


@pytest.mark.parametrize("arm", ARMS)
def test_every_printed_count_is_met(targets, patients, arm):
    group = [p for p in patients if p["arm"] == arm]
    for column, levels in counts(targets, arm).items():
        values = [("high" if p["ldh"] > 240 else "low") if column == "ldh" else p[column] for p in group]
        assert Counter(values) == levels


def test_decoding_keeps_the_rows(start, patients):
    for row, patient in zip(start, patients, strict=True):
        values = dict(zip(TERMS, row, strict=True))
        assert patient["age"] == values["age"] + 30 and patient["lung_lesions"] == values["lung_lesions"]
        assert (patient["t_stage"] in ("T3", "T4")) == values["t_high"]
        assert (patient["n_stage"] != "N0") == values["n_high"]
        assert (patient["primary_site"] == "femur") == values["femur"]
        assert (patient["ldh"] > 240) == values["ldh_high"]


def test_lesions_are_divided_among_lobes_with_the_printed_examples(patients):
    sites = [tuple(p[f"lesions_{lobe}"] for lobe in covariates.LOBES) for p in patients]
    assert all(sum(s) == p["lung_lesions"] for s, p in zip(sites, patients, strict=True))
    assert (2, 0, 0, 0, 3) in [s for s, p in zip(sites, patients, strict=True) if p["arm"] == "observation"]
    assert (0, 1, 2, 0, 0) in [s for s, p in zip(sites, patients, strict=True) if p["arm"] == "control"]


def test_ldh_is_never_near_its_threshold(targets):
    random = RandomSource(2)
    values = [covariates.ldh(high, targets, random) for high in (0, 1) for _ in range(500)]
    assert all(100 < v < 520 and not 237 < v < 244 for v in values)
