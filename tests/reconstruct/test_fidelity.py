import csv
import io
from pathlib import Path

import pytest

from living_article.reconstruct import fidelity
from living_article.reconstruct.achieved import achieved
from living_article.reconstruct.targets import EXACT, SOFT, TERMS

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def shipped():
    with (DATA / "fidelity.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_shipped_table_belongs_to_the_shipped_cohort(targets, cohort, external, shipped):
    table = fidelity.rows(targets, achieved(targets, cohort, external))
    assert {row["id"]: row for row in table} == shipped


def test_every_reachable_target_is_hit(targets, shipped):
    reachable = [id for id in shipped if targets[id].kind in (EXACT, SOFT)]
    assert [id for id in reachable if shipped[id]["verdict"] == "miss"] == []
    assert {f"t7_{term}_hr" for term in TERMS} <= set(reachable)
    assert {"t9_cindex", "t9_auc_12", "t9_auc_36", "t9_brier_12", "t9_brier_36", "t11_cindex", "t11_slope"} <= set(
        reachable
    )


def test_every_miss_has_a_reason(shipped):
    misses = [row for row in shipped.values() if row["verdict"] == "miss"]
    assert misses and all(row["reason"] for row in misses)
    assert all(row["printed"] and row["achieved"] and row["verdict"] in ("hit", "miss") for row in shipped.values())


def test_printed_values_are_the_published_ones(targets, shipped):
    assert all(row["printed"] == targets[id].printed.rstrip("#*") for id, row in shipped.items())


def row(targets, id, value, **others):
    return fidelity.rows(targets, {id: value, **others})[0]


def test_verdicts(targets):
    assert row(targets, "t7_age_hr", 1.01840)["verdict"] == "hit"
    assert row(targets, "t7_age_hr", 1.01860) | {"target": ""} == {
        "id": "t7_age_hr", "target": "", "printed": "1.018", "achieved": "1.0186", "verdict": "miss",
        "reason": "not reached by the search",
    }  # fmt: skip
    assert row(targets, "res_os_p", 0.0042)["verdict"] == "hit"
    assert row(targets, "res_os_p", 0.0142)["verdict"] == "miss"


def test_a_percentage_that_was_cut_off_is_a_hit_with_a_note(targets):
    cut = row(targets, "t3_orr_observation", 100 * 13 / 55)
    assert cut["verdict"] == "hit" and "cut off" in cut["reason"]
    with pytest.raises(ValueError, match="by construction"):
        row(targets, "t3_orr_observation", 100 * 14 / 55)


def test_an_interval_is_compared_with_the_printed_one(targets):
    limits = {"t7_arm_ci_low": 0.4, "t7_arm_ci_high": 1.0}
    reason = fidelity.rows(targets, limits)[0]["reason"]
    assert "1.40 times as wide" in reason and "142 deaths" in reason
    possible = fidelity.rows(targets, {"t7_sex_ci_low": 0.7, "t7_sex_ci_high": 2.0})[0]["reason"]
    assert "deaths" not in possible and "not at intervals" in possible


def test_the_intervals_of_the_external_cohort_are_compared_with_each_other(targets):
    limits = {"t11_cindex_ci_low": 0.74, "t11_cindex_ci_high": 0.84, "t11_slope_ci_low": 0.7, "t11_slope_ci_high": 1.14}
    table = {row["id"]: row["reason"] for row in fidelity.rows(targets, limits)}
    assert len(set(table.values())) == 1
    assert (
        "C-index is 0.77 times as wide" in table["t11_slope_ci_low"] and "slope 2.00 times" in table["t11_slope_ci_low"]
    )


def test_a_number_too_small_for_its_decimals_is_not_shown_as_zero(targets):
    assert row(targets, "t7_lung_lesions_p", 1e-5, t7_lung_lesions_ci_low=1.1, t7_lung_lesions_ci_high=1.4)[
        "achieved"
    ].startswith("<0.0001")


def test_an_exact_target_that_is_missed_is_an_error(targets):
    with pytest.raises(ValueError, match="by construction"):
        row(targets, "t1_n_control", 41)


def test_missed_lists_what_the_search_should_have_met(targets):
    table = fidelity.rows(targets, {"t7_age_hr": 1.2, "t1_sex_chi2": 0.5, "t7_sex_hr": 1.203})
    assert fidelity.missed(table, targets) == ["t7_age_hr"]


def test_csv_has_the_documented_columns(targets):
    text = fidelity.as_csv(fidelity.rows(targets, {"t7_sex_hr": 1.203}))
    assert next(csv.reader(io.StringIO(text))) == list(fidelity.COLUMNS) and "\r" not in text
