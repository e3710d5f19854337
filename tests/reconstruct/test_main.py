from pathlib import Path

import pytest

from living_article.reconstruct import __main__ as command
from living_article.reconstruct import build, search

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def hurried(monkeypatch):
    """A search too short to find anything."""
    short = (search.Stage(400, 1e4, 1e3, 3000, 0, 4), search.Stage(400, 1e3, 1e2, 3000, 1000, 4))
    monkeypatch.setattr(search, "STAGES", short)
    monkeypatch.setattr(build.progression, "LEAST_P", 0.0)


def test_files_are_written_together_and_misses_told(hurried, tmp_path, capsys):
    code = command.main(["--study", str(DATA / "study.yml"), "--out", str(tmp_path / "new"), "--seed", "3"])
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["cohort.csv", "external.csv", "fidelity.csv"]
    told = capsys.readouterr().err
    assert code == 1 and "not met with seed 3" in told and "t7_arm_hr" in told and "100 % of the moves" in told


def test_nothing_is_written_if_a_step_fails(hurried, tmp_path, monkeypatch):
    def fail(*_):
        raise ValueError("no external cohort today")

    monkeypatch.setattr(build, "external_cohort", fail)
    with pytest.raises(ValueError, match="today"):
        command.main(["--study", str(DATA / "study.yml"), "--out", str(tmp_path), "--seed", "3"])
    assert list(tmp_path.iterdir()) == []
