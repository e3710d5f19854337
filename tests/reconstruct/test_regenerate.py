"""The whole search again, compared byte for byte with what is shipped."""

from pathlib import Path

import pytest

from living_article.reconstruct import __main__ as command

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("regenerated")
    return folder, command.main(["--study", str(DATA / "study.yml"), "--out", str(folder)])


@pytest.mark.parametrize("name", ["cohort.csv", "external.csv", "fidelity.csv"])
def test_the_bytes_are_those_shipped(regenerated, name):
    assert (regenerated[0] / name).read_bytes() == (DATA / name).read_bytes()


def test_every_reachable_target_is_met(regenerated):
    assert regenerated[1] == 0
