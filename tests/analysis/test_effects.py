"""What the analyses of a sensitivity section find."""

import numpy as np
import pytest
from lifelines import CoxPHFitter

from living_article.analysis.effects import effect, effects
from living_article.analysis.specifications import BRESLOW, EFRON, specifications
from living_article.analysis.specified_rows import rows
from living_article.patients.cohort import Cohort
from living_article.statistics import cox
from living_article.study.sensitivity import Patients, choices

from .plans import only, plan


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


@pytest.mark.parametrize("terms", [(), ("age", "tumour_type")])
def test_where_all_are_of_one_arm_there_is_no_effect(cohort, os, terms):
    one = cohort.table[cohort.table["arm"] == cohort.table["arm"].iloc[0]]
    some = Cohort(cohort.study, one, cohort.flow, cohort.provenance)
    found = list(effects(some, specifications(plan(*terms), [os]), 0.05))
    assert [(e.value, e.patients) for e in found] == [(None, len(one))] * 2
    assert "no finite hazard ratio of the treatment" in found[0].reason


def test_fitted_together_or_alone_is_the_same(cohort, os):
    wanted = specifications(choices(cohort.study), [os])
    together = list(effects(cohort, wanted, 0.05))
    for specification, found in list(zip(wanted, together, strict=True))[::7]:
        alone = effect(rows(cohort, specification), 0.05, ties=specification.ties if found.tied else EFRON)
        np.testing.assert_allclose(
            [found.value, found.low, found.high, found.p], [alone.value, alone.low, alone.high, alone.p], rtol=1e-9
        )
        assert (found.patients, found.events) == (alone.patients, alone.events)
