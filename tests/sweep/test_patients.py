"""Runs of a sweep on real patients: nearly the same ones are refused, small differences of counts are hidden."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from living_article.compare.sides import ResultFile
from living_article.disclosure.population import population
from living_article.errors import InputError
from living_article.patients.cohort import load_cohort
from living_article.patients.subset import subset
from living_article.records import Results
from living_article.run.project import Project
from living_article.study import load_study
from living_article.sweep.grid import Grid
from living_article.sweep.patients import guarded, refuse_few

ROOT = Path(__file__).parents[2]


@pytest.fixture
def studies(tmp_path):
    """Return a function that writes the study of this book, its patients real, without the first few of the table."""

    def call(name: str, lacking: int = 0, kind: str = "patients") -> Path:
        raw = yaml.safe_load((ROOT / "data" / "study.yml").read_text("utf-8"))
        raw["provenance"]["kind"] = kind
        raw = {key: value for key, value in raw.items() if key not in ("article", "design", "external")}
        (tmp_path / name).mkdir()
        table = pd.read_csv(ROOT / "data" / "cohort.csv", dtype=str, keep_default_na=False)
        table.iloc[lacking:].to_csv(tmp_path / name / "cohort.csv", index=False)
        (tmp_path / name / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), "utf-8")
        return tmp_path / name / "study.yml"

    return call


def grid(*studies, **parameters):
    return Grid(Path("grid.yml"), "survival", studies, parameters, {})


def test_two_tables_of_a_study_that_differ_by_a_few_are_refused(studies):
    project = Project(ROOT)
    with pytest.raises(InputError, match="nearly the same real patients"):
        refuse_few(project, grid(studies("all"), studies("most", 3)))
    assert len(refuse_few(project, grid(studies("a"), studies("b", 3, "reconstructed")))) == 1


def test_parts_that_differ_by_a_few_are_refused(studies):
    file = studies("one")
    with pytest.raises(InputError, match="differ by too few"):
        refuse_few(Project(ROOT), grid(file, subset=[["age <= 30"], ["age <= 31"]]))
    assert list(refuse_few(Project(ROOT), grid(file, subset=[[], ["sex = male"]]))) == ["one/study"]
    assert refuse_few(Project(ROOT), grid(studies("other", kind="reconstructed"), interval=["log"])) == {}


@pytest.mark.parametrize("times", [{"milestones": [[12], [13]]}, {"rmst_horizon": [24.0, 24.5, None]}])
def test_times_with_few_events_between_them_are_refused(studies, times):
    with pytest.raises(InputError, match="few real patients had an event since the time before"):
        refuse_few(Project(ROOT), grid(studies("one"), **times))
    far = {name: [10.0, 20.0] for name in times}
    assert len(refuse_few(Project(ROOT), grid(studies("two"), **far))) == 1


def test_counts_of_the_same_patients_by_other_criteria_leave_no_few(studies):
    cohort = load_cohort(load_study(studies("one")))

    def run(responders: int) -> ResultFile:
        results = Results("response")
        results.add("best_response", group="control", term="PR", value=responders, unit="count")
        return ResultFile("response", list(results), 0.05, "", population(cohort))

    found = guarded({1: run(20), 2: run(17), 3: run(9)}, [cohort])
    assert [file.records[0].value for file in found.values()] == [20, None, 9]


def test_counts_of_a_part_less_those_of_a_larger_part_leave_no_few(studies):
    cohort = load_cohort(load_study(studies("one")))

    def run(rule: str, events: int) -> ResultFile:
        part, results = subset(cohort, [rule]), Results("survival")
        results.add("patients", endpoint="os", value=len(part), unit="patients")
        results.add("events", endpoint="os", value=events, unit="events")
        return ResultFile("survival", list(results), 0.05, "", population(part, [rule]))

    runs = {1: run("age <= 32", 30), 2: run("age <= 26", 27), 3: run("age >= 33", 18)}
    found = {number: file.records[1].value for number, file in guarded(runs, [cohort]).items()}
    assert found == {1: 30, 2: None, 3: 18}, (
        "three of the younger are older than 26; the third group has no one of them"
    )
    other = replace(runs[2], population=None)
    assert guarded({1: runs[1], 2: other}, [cohort])[2].records[1].value == 27
