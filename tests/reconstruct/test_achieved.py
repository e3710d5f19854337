from dataclasses import replace

import pytest

from living_article.reconstruct import achieved as module


@pytest.fixture(scope="module")
def found(targets, cohort, external):
    return module.achieved(targets, cohort, external)


def test_every_kind_of_target_is_covered(found):
    for id in ("t1_age_sd_control", "t1_example_right_upper_control", "t1_ldh_p", "res_median_pfs_control", "res_os_p",
               "t2_sd_observation", "t3_dcr_chi2", "fig_4_between_p", "t4_total_percent_control", "t5_total_p",
               "t7_ldh_high_p", "t9_slope", "t9_brier_36", "t10_cindex", "t11_slope_ci_high"):  # fmt: skip
        assert id in found


def test_achieved_values_follow_the_patients(targets, cohort, external, found):
    table = cohort.table.copy()
    table.loc[table.index[0], "age"] += 10
    arm = table.loc[table.index[0], "arm"]
    changed = module.achieved(targets, replace(cohort, table=table), external)
    assert changed[f"t1_age_mean_{arm}"] > found[f"t1_age_mean_{arm}"]
    assert changed["t7_age_hr"] != found["t7_age_hr"]
    assert changed["t1_n_control"] == found["t1_n_control"] == 40


def test_the_nearest_patient_stands_for_the_example_of_sites(targets, cohort):
    table = cohort.table.copy()
    lobes = [c for c in table.columns if c.startswith("lesions_")]
    table[lobes] = "1"
    values = dict(module.baseline(targets, table))
    assert values["t1_example_right_lower_observation"] == 1


def test_an_unknown_id_is_refused(targets, cohort, external, monkeypatch):
    monkeypatch.setattr(module, "survival", lambda table: iter([("res_nothing", 1.0)]))
    with pytest.raises(ValueError, match="res_nothing"):
        module.achieved(targets, cohort, external)
