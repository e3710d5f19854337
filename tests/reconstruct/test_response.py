from collections import Counter

import pytest

from living_article.reconstruct import response
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS
from living_article.statistics.response import CRITERIA, best_response


def pretended(targets):
    """Patients with follow-up only: some without progression, of whom some die."""
    patients = []
    for arm in ARMS:
        for k in range(targets.count(f"t1_n_{arm}")):
            progresses, months = k % 9 != 0, 1.0 + (7 * k) % 40
            patients.append(
                {"arm": arm, "place": len(patients), "progresses": progresses, "pfs_months": months,
                 "os_months": months + 5 * progresses, "os_event": int(progresses or k % 2 == 0)}
            )  # fmt: skip
    response.assign(patients, targets, RandomSource(6))
    return patients


@pytest.fixture(scope="module")
def patients(targets):
    return pretended(targets)


def test_counts_are_as_printed(targets, patients):
    for arm in ARMS:
        counted = Counter(p["best_response"] for p in patients if p["arm"] == arm and p["counted_in_table_2"] == "yes")
        assert [counted[level] for level in response.LEVELS] == [
            targets.count(f"t2_{level.lower()}_{arm}") for level in response.LEVELS
        ]


def test_the_two_left_out_are_stable_and_in_the_observation_group(patients):
    left_out = [p for p in patients if p["counted_in_table_2"] == "no"]
    assert [(p["arm"], p["best_response"], p["progresses"]) for p in left_out] == [("observation", "SD", False)] * 2


def test_no_progressive_disease_without_progression(patients):
    assert all(p["progresses"] for p in patients if p["best_response"] == "PD")


def test_better_responses_go_with_longer_progression_free_survival(patients):
    mean = {
        level: sum(p["pfs_months"] for p in patients if p["best_response"] == level)
        / sum(p["best_response"] == level for p in patients)
        for level in response.LEVELS
    }
    assert mean["PR"] > mean["SD"] > mean["PD"]


def test_diameters_give_the_response_and_the_pattern_of_figure_4(targets):
    patients = pretended(targets)
    response.measure(patients, targets, RandomSource(1))
    before, after = ([p[f"metastasis_{m}_mm"] for p in patients] for m in response.MOMENTS)
    new = [p["new_lesions"] == "yes" for p in patients]
    assert list(best_response(before, after, new, CRITERIA["article"])) == [p["best_response"] for p in patients]
    assert [response.classify(*row, 0.5, 0.5) for row in zip(before, after, new, strict=True)] == [
        p["best_response"] for p in patients
    ]
    assert response.shows_figure_4([p["arm"] for p in patients], patients)


def test_the_pattern_of_figure_4_can_fail(targets):
    patients = pretended(targets)
    response.measure(patients, targets, RandomSource(1))
    swapped = ["control" if p["arm"] == "observation" else "observation" for p in patients]
    assert not response.shows_figure_4(swapped, patients)


def test_a_pattern_out_of_reach_is_reported(targets, monkeypatch):
    monkeypatch.setattr(response, "TRIALS", 2)
    monkeypatch.setattr(response, "shows_figure_4", lambda arms, drawn: False)
    with pytest.raises(ValueError, match="Figure 4"):
        response.measure(pretended(targets), targets, RandomSource(1))
