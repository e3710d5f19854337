from __future__ import annotations

from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.run.project import Project, find_project


def test_pages_and_sections_follow_the_table_of_contents(project):
    assert project.pages() == ["index", "notebooks/alpha", "notebooks/beta", "book/last"]
    assert project.sections() == ["alpha", "beta"]
    parts = "root: index\nparts:\n- chapters:\n  - file: notebooks/beta\n    sections:\n    - file: book/last\n"
    (project.root / "_toc.yml").write_text(parts)
    assert project.pages() == ["index", "notebooks/beta", "book/last"]


def test_a_section_that_does_not_exist_is_refused_with_a_suggestion(project):
    assert project.notebook("alpha").name == "alpha.py"
    with pytest.raises(InputError, match="unknown section; did you mean alpha"):
        project.notebook("alhpa")
    with pytest.raises(InputError, match="choose one of alpha, beta"):
        project.notebook("zzz")
    project.notebook("beta").unlink()
    with pytest.raises(InputError, match="notebooks/beta.py: the notebook is missing"):
        project.notebook("beta")


def test_a_broken_table_of_contents_is_told_in_one_line(project):
    (project.root / "_toc.yml").write_text("root: [index\n")
    with pytest.raises(InputError, match="_toc.yml: not readable as YAML") as error:
        project.pages()
    assert "\n" not in str(error.value)


def test_a_project_is_found_from_a_folder_inside_it(project, tmp_path):
    assert find_project(project.root / "book") == Project(project.root.resolve())
    checkout = find_project(tmp_path.parents[-1])
    assert (checkout.root / "src" / "living_article").is_dir()


def test_another_study_has_a_folder_and_contents_of_its_own():
    repository = Project(Path(__file__).resolve().parents[2])
    other = repository.of(repository.root / "examples" / "gbsg2" / "study.yml")
    assert not other.retells and repository.retells
    assert other.build.parent == repository.root / "_build" / "studies"
    assert other.site != repository.site
    pages = other.pages()
    assert pages[0] == "index" and pages[-3:] == ["book/dictionary", "book/status", "book/references"]
    assert "notebooks/toxicity" not in pages and "book/introduction" not in pages
    with pytest.raises(InputError, match="the study has no data for this section"):
        other.notebook("toxicity")


def test_the_study_of_the_project_is_not_another_one(project):
    assert project.of(project.study) == project
    with pytest.raises(InputError, match="no such study file"):
        project.of(project.root / "nowhere.yml")
