"""The analyses of a sensitivity section: which there are, what they are fitted to, what they find."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from living_article.analysis.model_frame import model_frame
from living_article.analysis.specifications import (
    BRESLOW,
    EFRON,
    NOTHING,
    apart,
    effect,
    effects,
    offered,
    rows,
    specifications,
)
from living_article.patients.cohort import Cohort, load_cohort
from living_article.statistics import cox
from living_article.study import load_study
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

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return load_cohort(load_study(SHIPPED))


@pytest.fixture(scope="module")
def os(cohort):
    return cohort.study.endpoints["os"]


EVERYBODY = (Patients("All"),)


def plan(*terms, codings=(), patients=EVERYBODY):
    return Sensitivity((Adjustment("some", "Some", terms),), tuple(codings), tuple(patients))


def only(cohort, endpoint, sensitivity, ties=(EFRON,)):
    return rows(cohort, specifications(sensitivity, [endpoint], ties)[-1])


def test_the_shipped_study_has_at_least_200_analyses_and_none_twice(cohort):
    found = specifications(choices(cohort.study), cohort.study.endpoints.values())
    keys = {(s.endpoint.id, *s.options.items()) for s in found}
    assert len(keys) == len(found) >= 200
    models = {(s.endpoint.id, tuple(s.forms), s.patients.label, s.ties) for s in found}
    assert len(models) == len(found)
    listed = offered(choices(cohort.study))
    assert all(option in [*listed[choice], NOTHING] for s in found for choice, option in s.options.items())


def test_a_coding_is_varied_only_where_it_is_adjusted_for(os):
    stage = Coding("stage", "Stage", (Option("Two"), Option("Score", {"t_high": Form("t_stage", SCORE)})))
    adjustments = (Adjustment("a", "With", ("age", "t_high")), Adjustment("b", "Without", ("age",)))
    found = specifications(Sensitivity(adjustments, (stage,)), [os], (EFRON,))
    assert [(s.adjustment.id, s.options["Stage"]) for s in found] == [("a", "Two"), ("a", "Score"), ("b", NOTHING)]
    assert found[1].forms == [Form("age"), Form("t_stage", SCORE)]


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


def test_an_effect_is_that_of_lifelines(cohort, os):
    data = only(cohort, os, plan("age", "lung_lesions"))
    frame = data.design.matrix.assign(t=data.time, d=data.event)
    wanted = CoxPHFitter(alpha=0.1).fit(frame, "t", "d", fit_options=cox.FIT_OPTIONS).summary.iloc[0]
    found = effect(data, 0.1)
    low, high = (wanted[f"exp(coef) {end} 90%"] for end in ("lower", "upper"))
    np.testing.assert_allclose([found.value, found.low, found.high], [wanted["exp(coef)"], low, high], rtol=1e-8)
    assert found.p == pytest.approx(wanted["p"])
    assert (found.patients, found.events) == (len(frame), frame["d"].sum())


def test_methods_for_ties_differ_only_with_tied_events(cohort, os):
    table = cohort.table.assign(os_months=cohort.table["os_months"] + np.arange(len(cohort)) * 1e-6)
    apart = Cohort(cohort.study, table, cohort.flow, cohort.provenance)
    tied = Cohort(cohort.study, table.assign(os_months=np.ceil(table["os_months"] / 6)), cohort.flow, cohort.provenance)
    wanted = specifications(plan("age"), [os], (EFRON, BRESLOW))
    efron, breslow = effects(apart, wanted, 0.05)
    assert efron is breslow and not efron.tied
    efron, breslow = effects(tied, wanted, 0.05)
    assert efron.tied and abs(np.log(breslow.value)) < abs(np.log(efron.value))


def test_what_cannot_be_estimated(cohort, os):
    rule = Patients("One kind", column="tumour_type", among=("osteosarcoma",))
    found = effect(only(cohort, os, plan("tumour_type", "age", patients=[rule])), 0.05)
    alone = effect(only(cohort, os, plan("age", patients=[rule])), 0.05)
    assert found == alone, "a covariate that all patients share leaves the model"
    rule = Patients("One arm", column="age", at_least=200)
    nobody = effect(only(cohort, os, plan(patients=[rule])), 0.05)
    assert nobody.value is None and nobody.reason.startswith("not estimable")


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
