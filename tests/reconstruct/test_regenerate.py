"""The whole search again, compared byte for byte with what is shipped."""

import time
from pathlib import Path

import pytest

from living_article.reconstruct import __main__ as command

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory):
    folder, started = tmp_path_factory.mktemp("regenerated"), time.process_time()
    code = command.main(["--study", str(DATA / "study.yml"), "--out", str(folder)])
    return folder, code, time.process_time() - started


@pytest.mark.parametrize("name", ["cohort.csv", "external.csv", "fidelity.csv"])
def test_the_bytes_are_those_shipped(regenerated, name):
    assert (regenerated[0] / name).read_bytes() == (DATA / name).read_bytes()


def test_it_takes_less_than_a_minute_and_meets_every_reachable_target(regenerated):
    _, code, seconds = regenerated
    assert code == 0 and seconds < 60
