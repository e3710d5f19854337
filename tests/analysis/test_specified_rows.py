"""What the analyses of a sensitivity section are fitted to."""

from dataclasses import replace

import numpy as np
import pandas as pd

from living_article.analysis.model_frame import model_frame
from living_article.analysis.specifications import specifications
from living_article.analysis.specified_rows import apart, rows
from living_article.patients.cohort import Cohort
from living_article.study.sensitivity import (
    LOGARITHM,
    SCORE,
    Adjustment,
    Coding,
    Form,
    Option,
    Patients,
    Sensitivity,
    choices,
)

from .plans import only, plan


def test_the_default_analysis_is_the_model_of_the_study(cohort, os):
    study = cohort.study
    first = specifications(choices(study), [os])[0]
    wanted = model_frame(cohort, os, study.model.terms)
    pd.testing.assert_frame_equal(rows(cohort, first).design.matrix, wanted.x)


def test_forms_of_a_covariate(cohort, os):
    table = cohort.table
    score = Coding("s", "S", (Option("0"), Option("1", {"t_stage": Form("t_stage", SCORE)})))
    log = Coding("l", "L", (Option("0"), Option("1", {"lung_lesions": Form("lung_lesions", LOGARITHM)})))
    matrix = only(cohort, os, plan("t_stage", "lung_lesions", codings=[score, log])).design.matrix
    assert list(matrix.columns[1:]) == ["score of t_stage", "logarithm of lung_lesions"]
    ranks = table["t_stage"].str[1].astype(float) - 1
    np.testing.assert_array_equal(matrix["score of t_stage"], ranks)
    np.testing.assert_allclose(2 ** matrix["logarithm of lung_lesions"], table["lung_lesions"])


def test_rules_for_patients(cohort, os):
    table = cohort.table
    where = only(cohort, os, plan(patients=[Patients("F", column="sex", among=("female",))]))
    assert list(where.time.index) == list(table.index[table["sex"] == "female"])
    where = only(cohort, os, plan(patients=[Patients("Old", column="age", at_least=30, at_most=40)]))
    assert list(where.time.index) == list(table.index[table["age"].between(30, 40)])
    where = only(cohort, os, plan(patients=[Patients("Followed", followed=True)]))
    lost = (table["os_event"] == 0) & (pd.to_datetime(table["last_contact_on"]) < "2024-12-31")
    assert list(where.time.index) == list(table.index[~lost])


def test_follow_up_that_ends_early(cohort, os):
    short = only(cohort, os, plan(patients=[Patients("Year", until=12)]))
    table = cohort.table
    assert len(short.time) == len(table)
    assert short.time.max() == 12
    assert short.event.sum() == ((table["os_months"] <= 12) & (table["os_event"] == 1)).sum() < table["os_event"].sum()


def test_of_real_patients_options_that_differ_in_a_few_are_left_out(cohort):
    followed, all_, late = Patients("Followed", followed=True), Patients("All"), Patients("Early", until=500.0)
    old = Patients("Old", column="age", at_least=30)
    plan = Sensitivity((Adjustment("none", "None", ()),), patients=(all_, followed, late, old))
    assert apart(plan, cohort) == (plan, [])
    real = replace(cohort, provenance=replace(cohort.provenance, kind="patients"))
    lost = cohort.table["last_contact_on"] < pd.Timestamp(cohort.study.dates.cutoff)
    assert 0 < (lost & (cohort.table["os_event"] == 0)).sum() < 10
    kept, alike = apart(plan, real)
    assert alike == ["Followed"], "a follow-up longer than any leaves out nobody and no event"
    assert kept.patients == (all_, late, old)
    last = cohort.table.loc[cohort.table["os_event"] == 1, "os_months"].nlargest(3).iloc[-1]
    assert "Early" in apart(replace(plan, patients=(all_, replace(late, until=last - 0.01))), real)[1], (
        "three events less"
    )


def test_a_covariate_that_is_missing_leaves_its_patient_out_where_it_is_asked_for(cohort, os):
    table = cohort.table.copy()
    table.loc[table.index[:3], "lung_lesions"] = np.nan
    some = Cohort(cohort.study, table, cohort.flow, cohort.provenance)
    with_it, without = (specifications(plan(*terms), [os])[0] for terms in (("age", "lung_lesions"), ("age",)))
    assert list(rows(some, with_it).time.index) == list(table.index[3:])
    assert list(rows(some, without).time.index) == list(table.index)
    np.testing.assert_array_equal(rows(some, with_it).design.matrix["age"], table["age"][3:])
