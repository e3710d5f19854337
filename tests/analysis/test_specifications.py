"""The analyses of a sensitivity section: which there are."""

from living_article.analysis.specifications import EFRON, NOTHING, offered, specifications
from living_article.study.sensitivity import SCORE, Adjustment, Coding, Form, Option, Sensitivity, choices


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
