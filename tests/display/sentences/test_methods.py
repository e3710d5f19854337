"""Sentences of the methods section come from the study and the flow."""

from dataclasses import replace
from pathlib import Path

from living_article.display.sentences import methods
from living_article.patients.cohort import load_cohort, load_external
from living_article.records import Results
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[3] / "data" / "study.yml")


def test_flow_gives_first_and_last_count():
    results = Results("methods")
    for term, counts in (("table", (60, 40)), ("adult", (50, 30))):
        results.add("remaining", term=term, value=sum(counts), unit="patients")
        for arm, count in zip(STUDY.arms, counts, strict=True):
            results.add("remaining", group=arm.id, term=term, value=count, unit="patients")
    text = methods.flow(STUDY, results)
    assert text.startswith("Of 100 patients in the table, 80 meet every rule")
    assert "50 with" in text and "30 with" in text


def test_dates_with_and_without_a_window():
    assert "1 January 2020" in methods.dates(STUDY)
    assert "no accrual window" in methods.dates(replace(STUDY, dates=None))


def counted(cohort, limit=0):
    results = Results("methods", limit=limit)
    for endpoint in STUDY.endpoints.values():
        for arm in STUDY.arms:
            where, patients = {"endpoint": endpoint.id, "group": arm.id}, cohort.of(arm)
            results.add("patients", value=len(patients), unit="patients", **where)
            results.add("events", value=patients[endpoint.event].sum(), unit="events", **where)
    return results


def test_analysed_counts_what_is_there():
    cohort = load_cohort(STUDY)
    lines = methods.analysed(cohort, STUDY.arms.reference.id, counted(cohort))
    assert len(lines) == len(STUDY.endpoints) + 3 and "events" in lines[0]
    small = replace(STUDY, response=None, toxicity=(), model=None)
    few = methods.analysed(replace(cohort, study=small), STUDY.arms.reference.id, counted(cohort))
    assert len(few) == len(STUDY.endpoints)


def test_analysed_tells_of_real_patients_neither_few_without_an_event_nor_few_left_out():
    cohort = load_cohort(STUDY)
    table = cohort.table.copy()
    table.loc[table.index[:12], "sex"] = None
    lines = methods.analysed(replace(cohort, table=table), STUDY.arms.reference.id, counted(cohort, limit=5))
    assert not [line for line in lines if "events" in line], "2 of 40 are without an event"
    assert lines[-1] == "Cox model: some with all covariates", "the regression says what may be said"


def test_events_of_the_external_cohort_are_not_shown_if_they_tell_of_few():
    cohort = load_external(STUDY)
    assert "events, for validation" in methods.external(cohort)[1]
    real = replace(cohort, provenance=replace(cohort.provenance, kind="patients"))
    table = cohort.table.copy()
    table["sex"] = table["sex"].where(table.index > 1)
    assert "events not shown" in methods.external(replace(real, table=table))[1]
