from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "deploy"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path):
    """A clone of a repository with one commit."""
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", "main", tmp_path / "origin"], check=True)
    subprocess.run(
        ["git", "clone", "--quiet", tmp_path / "origin", tmp_path / "clone"], check=True, capture_output=True
    )
    folder = tmp_path / "clone"
    git(folder, "config", "user.name", "A Tester")
    git(folder, "config", "user.email", "tester@example.org")
    (folder / "source.txt").write_text("source")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Start")
    git(folder, "push", "--quiet", "origin", "HEAD:main")
    return folder


@pytest.fixture
def deploy(clone):
    """Put a site of these files on the branch, and return the files that are there then, by name."""

    def call(files: dict[str, str] | None, *folder: str) -> dict[str, str]:
        site = clone.parent / "site" if files is not None else ""
        for name, text in (files or {}).items():
            path = clone.parent / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        subprocess.run([SCRIPT, site, *folder], cwd=clone, check=True, capture_output=True)
        subprocess.run(["rm", "-rf", clone.parent / "site"], check=True)
        names = git(clone.parent / "origin", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
        return {name: git(clone.parent / "origin", "show", f"gh-pages:{name}") for name in names}

    return call


def test_site_and_previews_live_side_by_side(deploy, clone):
    assert deploy({"index.html": "one", "old.html": "old"}) == {".nojekyll": "", "index.html": "one", "old.html": "old"}
    assert deploy({"index.html": "draft"}, "pr-preview/pr-7")["pr-preview/pr-7/index.html"] == "draft"
    shown = deploy({"index.html": "two", "_static/a.ipynb": "{}"})
    preview = {"pr-preview/pr-7/index.html": "draft"}
    assert shown == {".nojekyll": "", "index.html": "two", "_static/a.ipynb": "{}"} | preview
    assert deploy(None, "pr-preview/pr-7") == {".nojekyll": "", "index.html": "two", "_static/a.ipynb": "{}"}
    assert git(clone, "rev-list", "--count", "origin/main") == "1"
    assert git(clone, "status", "--porcelain") == "" and git(clone, "worktree", "list").count("\n") == 0


def test_the_same_site_makes_no_commit(deploy, clone):
    deploy({"index.html": "one"})
    before = git(clone.parent / "origin", "rev-parse", "gh-pages")
    deploy({"index.html": "one"})
    assert git(clone.parent / "origin", "rev-parse", "gh-pages") == before
