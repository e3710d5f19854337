"""The cohort of this project and its endpoint of death."""

from pathlib import Path

import pytest

from living_article.patients.cohort import Cohort, load_cohort
from living_article.study import load_study

SHIPPED = Path(__file__).parents[2] / "data" / "study.yml"


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return load_cohort(load_study(SHIPPED))


@pytest.fixture(scope="module")
def os(cohort):
    return cohort.study.endpoints["os"]
