from __future__ import annotations

import subprocess

import pytest

from living_article.run.commit import COMMIT, Commit, read_commit


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    monkeypatch.delenv(COMMIT, raising=False)


@pytest.fixture
def clone(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "study.yml").write_text("id: a\n")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], [*identity, "commit", "--quiet", "-m", "First"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    return tmp_path


def test_the_commit_that_is_checked_out(clone):
    found = read_commit(clone)
    assert len(found.id) == 40 and not found.modified
    (clone / "notes.txt").write_text("not part of the book")
    assert read_commit(clone) == found


@pytest.mark.parametrize("name", ["data/study.yml", "data/new.csv"])
def test_a_changed_or_new_source_is_told(clone, name):
    (clone / name).write_text("changed")
    assert read_commit(clone).modified


def test_outside_a_clone_none_is_known_and_one_may_be_given(clone, tmp_path, monkeypatch):
    (clone / "inner").mkdir()
    assert read_commit(clone / "inner") == Commit()
    for commit in (Commit("abc"), Commit("abc", modified=True), Commit()):
        monkeypatch.setenv(COMMIT, str(commit))
        assert read_commit(clone) == commit


def test_without_git_none_is_known(clone, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert read_commit(clone) == Commit()
