import pytest

from living_article.reconstruct.targets import EXACT, IMPOSSIBLE, SOFT, TERMS, Targets


def test_a_target_is_the_rounding_interval_of_what_is_printed(targets):
    hr = targets["t7_arm_hr"]
    assert (hr.value, hr.low, hr.high) == (0.632, pytest.approx(0.6315), pytest.approx(0.6325))
    assert hr.half_width == pytest.approx(0.0005)
    assert hr.met_by(0.6324) and not hr.met_by(0.6326)


def test_a_bound_is_open_on_one_side(targets):
    p = targets["res_os_p"]
    assert p.met_by(0.0001) and not p.met_by(0.02) and p.half_width == 0
    assert targets["res_diameter_before_p"].met_by(0.3)


def test_every_target_has_a_class(targets):
    assert {targets[f"t7_{term}_hr"].kind for term in TERMS} == {SOFT}
    for id in (
        "t1_n_control",
        "t2_sd_observation",
        "t3_orr_control",
        "t6_total_count_control",
        "res_median_os_control",
    ):
        assert targets[id].kind == EXACT
    for id in ("t1_sex_chi2", "t2_p", "t4_total_p", "t7_arm_p", "t9_slope", "t10_cindex", "t11_slope_ci_low"):
        assert targets[id].kind == IMPOSSIBLE and targets[id].reason


def test_counts_must_be_whole_numbers(targets):
    assert targets.count("t1_example_left_upper_observation") == 2
    with pytest.raises(ValueError, match="not a count"):
        targets.count("t7_arm_hr")


def test_dates_are_read_as_months(targets):
    assert targets.month("meth_enrolment_start").isoformat() == "2020-01-01"


def test_targets_follow_the_published_files(tmp_path):
    (tmp_path / "x.csv").write_text("id,location,row,column,quantity,printed,unit,note\nt7_arm_hr,T,r,c,q,0.70,,\n")
    assert Targets.read(tmp_path).value("t7_arm_hr") == 0.70
    assert "t7_age_hr" not in Targets.read(tmp_path)
