from pathlib import Path

import pytest

from living_article.patients.cohort import load_cohort, load_external
from living_article.reconstruct import build, covariates, slots
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import Targets
from living_article.study.load import load_study

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def targets():
    return Targets.read(DATA / "published")


@pytest.fixture(scope="session")
def study():
    return load_study(DATA / "study.yml")


@pytest.fixture(scope="session")
def cohort(study):
    """The shipped cohort."""
    return load_cohort(study)


@pytest.fixture(scope="session")
def external(study):
    """The shipped external cohort."""
    return load_external(study)


@pytest.fixture(scope="session")
def places(targets):
    """Survival slots with another seed than that of the shipped cohort."""
    return slots.overall_slots(targets, RandomSource(77))


@pytest.fixture(scope="session")
def start(targets, places):
    """Covariates before any search: counts as printed, paired at random."""
    return covariates.start(targets, places, RandomSource(77))


@pytest.fixture(scope="session")
def fixed(targets, places):
    return build.fixed_problem(targets, places)
