from __future__ import annotations

import ast
import sys
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell

from living_article.web.addresses import Addresses
from living_article.web.launch import FOLDER, SITE_BRANCH, colab_notebook, launch_links, write_colab_notebooks

GITHUB = Addresses(repository="https://github.com/owner/name", revision="v1.0")


@pytest.fixture
def notebook(project):
    return project.notebook("alpha")


@pytest.mark.parametrize("address", ["", "https://gitlab.com/owner/name", "https://github.com/owner"])
def test_without_a_github_repository_there_is_nothing_to_open(address, notebook, tmp_path):
    assert launch_links("alpha", Addresses(repository=address)) == {}
    write_colab_notebooks([notebook], Addresses(repository=address), tmp_path)
    assert list(tmp_path.rglob("*.ipynb")) == []


def test_binder_opens_the_text_notebook_in_jupyterlab(project):
    address = urlsplit(launch_links("alpha", GITHUB)["Binder"])
    assert (address.hostname, address.path) == ("mybinder.org", "/v2/gh/owner/name/v1.0")
    interface, _, opened = parse_qs(address.query)["urlpath"][0].partition("/tree/")
    assert interface == "lab"
    assert (project.root / opened).is_file()


def test_a_revision_with_a_slash_is_one_part_of_the_address():
    links = launch_links("alpha", Addresses(repository=GITHUB.repository, revision="fix/typo"))
    assert "/v2/gh/owner/name/fix%2Ftypo?" in links["Binder"]


def test_colab_opens_a_notebook_of_the_published_site(notebook, tmp_path):
    path = urlsplit(launch_links("alpha", GITHUB)["Colab"]).path
    repository, _, opened = path.partition(f"/blob/{SITE_BRANCH}/")
    assert repository == "/github/owner/name"
    write_colab_notebooks([notebook], GITHUB, tmp_path)
    assert opened.startswith(FOLDER)
    nbformat.validate(nbformat.read(tmp_path / opened, as_version=4))


def test_colab_s_notebook_is_the_section_after_a_cell_that_prepares(notebook):
    node = colab_notebook(notebook, GITHUB)
    setup = node.cells[1].source
    assert f"git clone --quiet {GITHUB.repository} /content/name" in setup and "checkout --quiet v1.0" in setup
    ast.parse(TransformerManager().transform_cell(setup))
    assert node.cells[2].source.startswith("# Alpha")
    assert not any(cell.get("outputs") for cell in node.cells)
    assert node == colab_notebook(notebook, GITHUB)  # no random ids


def test_the_cell_that_prepares_acts_on_colab_only(notebook, monkeypatch):
    shell, calls = InteractiveShell(), []
    monkeypatch.setattr(shell, "system", calls.append)
    monkeypatch.setattr(shell, "run_line_magic", lambda name, line, **_: calls.append(f"{name} {line}"))
    source = colab_notebook(notebook, GITHUB).cells[1].source
    shell.run_cell(source).raise_error()
    assert calls == []
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    shell.run_cell(source).raise_error()
    assert [call.split()[0] for call in calls] == ["test", "cd", "git", "pip"]
