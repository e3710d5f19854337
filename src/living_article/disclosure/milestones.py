"""Times at which the survival of real patients may be told: no few events lie between them.

Survival told at many times is a curve with all its steps, and a step is the time at which a patient had the event.
"""

from __future__ import annotations

from collections.abc import Iterable

from living_article.disclosure.small_cells import HIDDEN
from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.statistics.disclosure import far_apart, told_times
from living_article.statistics.kaplan_meier import StepCurve, step_curve
from living_article.statistics.results import Estimate


def shown_times(curves: Iterable[StepCurve], times: Iterable[float], fewest: int) -> list[float]:
    """Return those of the times at which survival may be told of every curve; all of them if ``fewest`` is 0.

    What is not told of one arm is not told of the other: events of both arms together by a time stand in the section
    on validation.
    """
    allowed = [set(told_times(curve, times, fewest)) for curve in curves]
    return [at for at in times if all(at in each for each in allowed)]


def withheld(estimate: Estimate) -> Estimate:
    """Return an estimate without its numbers."""
    return Estimate(None, method=estimate.method, reason=HIDDEN)


def refuse_close(cohort: Cohort, times: Iterable[float], limit: int) -> None:
    """Refuse times between which a few patients of an arm, 1 to ``limit - 1``, had an event.

    Raises
    ------
    InputError
        If two of the times are so close.
    """
    asked = sorted(set(times))
    for endpoint in cohort.study.endpoints.values():
        for arm in cohort.study.arms:
            patients = cohort.of(arm)
            curve = step_curve(patients[endpoint.time], patients[endpoint.event])
            if close := set(asked) - set(far_apart(curve, asked, limit)):
                said = f"{min(close):g}, of {', '.join(f'{at:g}' for at in asked)}"
                remedy = "leave this time out, or ask for times further apart"
                raise InputError("few real patients had an event since the time before", value=said, remedy=remedy)
