from __future__ import annotations

import pytest

from living_article.run import cache
from living_article.run.cache import Cache


@pytest.fixture
def key(project):
    def compute(**parameters):
        return cache.key(project.notebook("alpha"), parameters, project.study, project.root)

    return compute


@pytest.mark.parametrize("name", ["notebooks/alpha.py", "data/study.yml", "data/cohort.csv", "requirements.lock"])
def test_whatever_a_notebook_depends_on_changes_its_fingerprint(project, key, name):
    before = key()
    assert key() == before
    with (project.root / name).open("a") as file:
        file.write("# more\n")
    assert key() != before


def test_parameters_change_the_fingerprint_and_other_files_do_not(project, key):
    before = key()
    assert key(alpha=0.1) != before
    assert key(alpha=0.1) != key(alpha=0.2)
    for name in ("notebooks/beta.py", "book/last.md", "index.md", "data/unrelated.csv"):
        (project.root / name).write_text("changed")
    assert key() == before


def test_the_package_counts_as_far_as_the_notebook_reaches_it(project, key, monkeypatch, tmp_path):
    notebook = project.notebook("alpha")
    notebook.write_text(f"{notebook.read_text()}\n\nfrom living_article.statistics import rmst\n")
    changed = tmp_path / "module.py"
    changed.write_text("x = 1\n")
    files, before = cache.package_files(), key()
    counted = {
        **{"statistics/rmst.py": True, "statistics/kaplan_meier.py": True, "statistics/__init__.py": True},
        **{"run/execute.py": True, "run/serve.py": False, "statistics/cox.py": False, "display/emit.py": False},
    }
    for name, counts in counted.items():
        replaced = [(n, changed if n == name else path) for n, path in files]
        monkeypatch.setattr(cache, "package_files", lambda replaced=replaced: replaced)
        assert (key() != before) == counts, name


def test_study_files_are_the_study_and_what_it_names(project):
    (project.root / "data" / "published").mkdir()
    (project.root / "data" / "published" / "table.csv").write_text("1")
    project.study.write_text("table: cohort.csv\narticle: {published: published}\nmissing: other.csv\n")
    assert [name for name, _ in cache.study_files(project.study)] == [
        "cohort.csv",
        "published/table.csv",
        "study.yml",
    ]
    project.study.write_text("table: [cohort.csv\n")
    assert [name for name, _ in cache.study_files(project.study)] == ["study.yml"]


def test_an_execution_appears_whole_or_not_at_all(tmp_path):
    store = Cache(tmp_path)
    workspace = store.workspace("alpha", "k1")
    (workspace / "alpha.ipynb").write_text("{}")
    assert store.find("alpha", "k1", files=False) is None
    stored = store.store("alpha", "k1", workspace)
    assert store.find("alpha", "k1", files=False) == stored
    assert stored.notebook.read_text() == "{}"
    assert not workspace.exists()


def test_an_execution_without_files_is_none_for_a_book(tmp_path):
    store = Cache(tmp_path)
    for files in (False, True):
        workspace = store.workspace("alpha", "k1")
        (workspace / "alpha.ipynb").write_text("{}")
        if files:
            (workspace / "files").mkdir()
        stored = store.store("alpha", "k1", workspace)
        assert store.find("alpha", "k1", files=False) == stored
        assert store.find("alpha", "k1", files=True) == (stored if files else None)


def test_what_killed_builds_left_and_old_executions_go(tmp_path):
    store = Cache(tmp_path)
    leftover = store.workspace("alpha", "k0")
    for number in range(6):
        workspace = store.workspace("alpha", f"k{number}")
        (workspace / "alpha.ipynb").write_text("{}")
        store.store("alpha", f"k{number}", workspace)
    assert not leftover.exists()
    assert len(list((tmp_path / "alpha").iterdir())) == 4
    assert store.find("alpha", "k5", files=False) is not None
