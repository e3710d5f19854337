"""Survival of real patients is told at no two times with a few events between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from living_article.disclosure.milestones import refuse_close, shown_times, withheld
from living_article.disclosure.small_cells import HIDDEN
from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.statistics.kaplan_meier import step_curve
from living_article.statistics.results import Estimate
from living_article.study import load_study

COHORT = load_cohort(load_study(Path(__file__).parents[2] / "data" / "study.yml"))


def test_what_is_told_of_no_arm_alone():
    early = step_curve(np.arange(1.0, 41.0), np.ones(40))
    late = step_curve(np.arange(11.0, 51.0), np.ones(40))
    assert shown_times([early], [10.0, 13.0, 20.0], 5) == [10.0, 20.0], "three events between 10 and 13"
    assert shown_times([early, late], [20.0, 14.0, 10.0], 5) == [20.0, 10.0], "few of the second had it by 14"
    assert shown_times([early, late], [14.0, 13.0], 0) == [14.0, 13.0]


def test_times_with_few_events_between_them_in_an_arm_are_refused():
    refuse_close(COHORT, [10.0, 20.0], 5)
    refuse_close(COHORT, [10.0, 10.1], 0)
    with pytest.raises(InputError, match="'10.5, of 10, 10.5': few real patients had an event"):
        refuse_close(replace(COHORT), [10.5, 10.0], 5)


def test_an_estimate_withheld_has_no_number():
    found = withheld(Estimate(0.4, 0.3, 0.5, 0.1, method="m"))
    assert (found.value, found.low, found.std_error, found.reason, found.method) == (None, None, None, HIDDEN, "m")
