"""The parts of a study file agree: circles, bounds in the wrong order and columns with two meanings are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from living_article.study import load_study
from living_article.study.model import LevelMap, Study
from living_article.study.references import reference_problems

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(SHIPPED)


def with_endpoint(study, name, **changes):
    return replace(study, endpoints={**study.endpoints, name: replace(study.endpoints[name], **changes)})


def with_covariate(study, name, **changes):
    return replace(study, covariates={**study.covariates, name: replace(study.covariates[name], **changes)})


def test_the_shipped_file_agrees_with_itself(study):
    assert list(reference_problems(study)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda s: with_endpoint(s, "pfs", unit="days"),
            "endpoints.pfs.unit: days, and months for os; give all times in one unit: divide 'pfs_months' by 30.4375, then",
        ),
        (lambda s: with_endpoint(s, "pfs", unit="years"), "multiply 'pfs_months' by 12, then write months here"),
        (
            lambda s: with_endpoint(s, "pfs", within="pfs"),
            "endpoints.pfs.within: pfs within pfs, a circle; name the endpoint",
        ),
        (lambda s: with_endpoint(s, "os", within="pfs"), "endpoints.pfs.within: pfs within os within pfs, a circle"),
        (
            lambda s: with_endpoint(s, "pfs", within="efs"),
            "endpoints.pfs.within: 'efs' is not defined; use one of pfs, os",
        ),
        (
            lambda s: with_endpoint(s, "pfs", event="os_months"),
            "the column 'os_months' is named as a time and an event",
        ),
        (
            lambda s: replace(s, arms=replace(s.arms, treated=replace(s.arms.treated, label=s.arms.reference.label))),
            "arms.levels: both arms are labelled 'Etoposide + ifosfamide'; give them labels that differ",
        ),
        (
            lambda s: replace(s, eligibility=(replace(s.eligibility[0], at_least=None, among=("18",)),)),
            "eligibility.adult: 'age' holds numbers; use 'at_least' and 'at_most'",
        ),
        (lambda s: replace(s, patient="arm"), "the column 'arm' is named as the patient and the arm; name another"),
        (lambda s: with_covariate(s, "age", minimum=100, maximum=18), "covariates.age: 100 is after 18; exchange"),
        (
            lambda s: replace(s, eligibility=(replace(s.eligibility[0], at_most=2.0),)),
            "eligibility.adult: 18 is after 2",
        ),
        (
            lambda s: replace(s, dates=replace(s.dates, cutoff=date(2019, 1, 1))),
            "dates.cutoff: 2020-01-01 is after 2019",
        ),
        (
            lambda s: replace(s, dates=replace(s.dates, accrual=s.dates.accrual[::-1])),
            "dates.accrual: 2022-12-31 is after",
        ),
        (
            lambda s: with_covariate(s, "femur", derive=replace(s.covariates["femur"].derive, source="femur")),
            "covariates.femur.derive.from: 'femur' is derived itself; derive it from a column of the table",
        ),
        (
            lambda s: with_covariate(s, "ldh_high", derive=replace(s.covariates["ldh_high"].derive, source="sex")),
            "covariates.ldh_high.derive.from: 'sex' holds levels; use 'map'",
        ),
        (
            lambda s: with_covariate(s, "ldh_high", derive=LevelMap("ldh", {"1": "high"})),
            "covariates.ldh_high.derive.from: 'ldh' holds numbers; use 'above'",
        ),
    ],
)
def test_a_fault_between_parts_is_one_line(study, change, expected):
    (line,) = map(str, reference_problems(change(study)))
    assert expected in line
    assert str(SHIPPED) in line


def test_two_endpoints_may_share_their_time(study):
    assert list(reference_problems(with_endpoint(study, "pfs", time="os_months"))) == []
