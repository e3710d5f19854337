"""Sentences of the methods section."""

from __future__ import annotations

import pandas as pd

from living_article.display import format, words
from living_article.patients.cohort import Cohort
from living_article.records import Results
from living_article.study.model import Study


def flow(study: Study, results: Results) -> str:
    """Say how many patients were in the table, how many remain, and how they divide between the arms."""
    first, last = (results.select("remaining", group=None)[position] for position in (0, -1))
    arms = words.listed(
        [
            f"{format.estimate(results.one('remaining', group=arm.id, term=last.term))} "
            f"with {words.lower_first(arm.label)}"
            for arm in study.arms
        ]
    )
    return (
        f"Of {words.counted(first, 'patient')} in the table, {format.estimate(last)} meet every rule "
        f"of the study file: {arms}."
    )


def dates(study: Study) -> str:
    """Say the accrual window and the cut-off of the study file, or that it has none."""
    if study.dates is None or study.dates.accrual is None or study.dates.cutoff is None:
        return "The study file states no accrual window."
    start, end = study.dates.accrual
    return (
        f"Patients were enrolled from {start:%-d %B %Y} to {end:%-d %B %Y}, and follow-up ended on "
        f"{study.dates.cutoff:%-d %B %Y}."
    )


def endpoints(study: Study) -> str:
    """Name the endpoints, the primary one, and what counts as an event."""
    named = [f"{words.lower_first(e.label)} ({e.short}; event: {e.event_label})" for e in study.endpoints.values()]
    return f"The endpoints are {words.listed(named)}; the primary endpoint is {words.lower_first(study.primary.label)}."


def plan(study: Study) -> list[str]:
    """Return the paragraphs of the statistical plan that only some studies need: response and toxicity, prediction."""
    paragraphs = []
    measured = [name for name, given in (("Response", study.response), ("toxicity", study.toxicity)) if given]
    if measured:
        heading = words.listed(measured)
        paragraphs.append(
            f"**{heading[0].upper()}{heading[1:]}.** Proportions have exact intervals {{cite}}`clopper1934fiducial`, "
            "differences the score intervals of Newcombe {cite}`newcombe1998interval`; tests are exact."
        )
    if study.model:
        examined = " and examined in the external cohort" if study.external else ""
        paragraphs.append(
            "**Prediction.** The nomogram is drawn from the fitted Cox model.\n"
            f"Its performance is corrected for optimism by bootstrap {{cite}}`harrell1996multivariable`{examined}: "
            "concordance, calibration, time-dependent area under the curve, Brier score {cite}`graf1999assessment` "
            "and net benefit {cite}`vickers2006decision`."
        )
    return paragraphs


def analysed(cohort: Cohort, arm_id: str, results: Results) -> list[str]:
    """Return the lines of an arm's last box: who is analysed for each endpoint, for response and for toxicity.

    With a limit, a number is not shown that fewer patients than that are missing from, nor how many have all covariates
    of the model if anybody lacks one: the section of the regression says of these what may be said.
    """
    study, patients, limit = cohort.study, cohort.of(arm_id), results.limit
    lines = []
    for e in study.endpoints.values():
        events = results.one("events", endpoint=e.id, group=arm_id)
        told = "" if events.value is None else f", {format.count(events.value)} events"
        lines.append(f"{e.short}: {_complete(patients, [e.time], limit)} analysed{told}")
    if study.response:
        lines.append(f"Response: {_complete(patients, [study.response.column], limit)} assessed")
    if study.toxicity:
        columns = [event for group in study.toxicity for event in group.events]
        lines.append(f"Toxicity: {_complete(patients, columns, limit)} assessed")
    if study.model:
        terms = [study.term(term).column for term in study.model.terms]
        all_known = not limit or cohort.table[terms].notna().all(axis=None)
        lines.append(f"Cox model: {_complete(patients, terms) if all_known else 'some'} with all covariates")
    return lines


def _complete(patients: pd.DataFrame, columns: list[str], limit: int = 0) -> str:
    """Return how many patients have a value in all of these columns."""
    number = int(patients[columns].notna().all(axis=1).sum())
    if any(0 < part < limit for part in (number, len(patients) - number)):
        return "some"
    return str(number)


def external(cohort: Cohort) -> list[str]:
    """Return the lines of the box of the external cohort; with a limit, no events from which a few could be told."""
    study, limit = cohort.study, cohort.provenance.limit
    if study.external is None:
        raise LookupError(f"{study.file}: the study has no external cohort")
    endpoint = study.endpoints[study.model.endpoint] if study.model else study.primary
    terms = [study.term(term).column for term in study.model.terms] if study.model else []
    complete = cohort.table[[term for term in terms if term in cohort.table]].notna().all(axis=None)
    events = int(cohort.table[endpoint.event].sum())
    few = any(0 < part < limit for part in (events, len(cohort) - events)) or (limit and not complete)
    return [
        f"{study.external.label}: {words.plural(len(cohort), 'patient')}",
        f"{endpoint.short}: {'events not shown' if few else f'{events} events'}, for validation only",
    ]
