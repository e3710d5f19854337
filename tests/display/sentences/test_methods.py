"""Sentences of the methods section come from the study and the flow."""

from dataclasses import replace
from pathlib import Path

from living_article.display.sentences import methods
from living_article.patients.cohort import load_cohort
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


def test_analysed_counts_what_is_there():
    cohort = load_cohort(STUDY)
    lines = methods.analysed(cohort, STUDY.arms.reference.id)
    assert len(lines) == len(STUDY.endpoints) + 3
    small = replace(STUDY, response=None, toxicity=(), model=None)
    assert len(methods.analysed(replace(cohort, study=small), STUDY.arms.reference.id)) == len(STUDY.endpoints)
