from __future__ import annotations

import pytest
import yaml

from living_article.run.project import Project
from living_article.web.addresses import REPOSITORY, REVISION, SITE
from living_article.web.configuration import configuration, read_addresses


@pytest.fixture
def other(project, tmp_path):
    """The project with the study file of another study."""
    study = tmp_path / "elsewhere" / "study.yml"
    study.parent.mkdir()
    study.write_text("id: other\ntitle: Another study\ntable: cohort.csv\n")
    return Project(project.root, study)


def test_without_addresses_the_project_s_configuration_stays_as_it_is(project, monkeypatch):
    for name in (SITE, REPOSITORY, REVISION):
        monkeypatch.delenv(name, raising=False)
    content = yaml.safe_load(configuration(project))
    written = yaml.safe_load((project.root / "_config.yml").read_text())
    own = content["sphinx"]["config"]
    assert (content["html"]["baseurl"], own.pop("book_repository"), own.pop("book_revision")) == ("", "", "HEAD")
    assert written.pop("repository")
    assert content == written


def test_addresses_of_the_build_are_filled_in(project, monkeypatch):
    monkeypatch.setenv(SITE, "https://a.example/book")
    monkeypatch.setenv(REPOSITORY, "https://git.example/o/r")
    content = yaml.safe_load(configuration(project))
    assert content["html"]["baseurl"] == "https://a.example/book/"
    assert content["sphinx"]["config"]["book_repository"] == "https://git.example/o/r"


def test_another_study_has_its_own_title_and_not_this_book_s_address(project, other):
    config = project.root / "_config.yml"
    config.write_text(config.read_text().replace('baseurl: ""', 'baseurl: "https://a.example"'))
    assert read_addresses(project).site == "https://a.example/"
    assert read_addresses(other).site == ""
    content = yaml.safe_load(configuration(other))
    assert (content["title"], content["author"], content["html"]["baseurl"]) == ("Another study", "", "")
    assert content["sphinx"]["config"]["html_title"] == "Another study"
