from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.run import execute as module
from living_article.run.execute import execute
from living_article.run.failures import NotebookError


@pytest.fixture
def run(project, tmp_path):
    def call(code: str | None = None, **parameters):
        notebook = project.notebook("alpha")
        if code is not None:
            notebook.write_text(f"# %% [markdown]\n# # Title\n\n# %%\nx = 1\n\n# %%\n{code}\n")
        return execute(notebook, parameters, root=project.root, results=tmp_path / "results")

    return call


def test_a_notebook_runs_from_the_root_in_this_python_and_the_fixed_environment(run, monkeypatch, tmp_path):
    # a kernel of the same name elsewhere on the machine, which must not be used
    spec = tmp_path / "other" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": ["false"], "display_name": "Other", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "other"))
    monkeypatch.setenv("PYTHONHASHSEED", "5")
    code = "import os, sys, json\nprint(json.dumps([sys.executable.split('/')[-1], sorted(os.listdir()), dict(os.environ)]))"
    node = run(code)
    python, files, environment = json.loads(node.cells[-1].outputs[0].text)
    assert python == Path(sys.executable).name
    assert "_toc.yml" in files
    fixed = module.FIXED_ENVIRONMENT
    assert {name: environment[name] for name in fixed} == fixed
    assert environment["LIVING_ARTICLE_RESULTS"].endswith("results")


def test_the_environment_of_the_caller_comes_back(run, monkeypatch):
    import os

    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("LIVING_ARTICLE_RESULTS", raising=False)
    before = dict(os.environ)
    run("x")
    assert dict(os.environ) == before


def test_parameters_are_injected_and_hidden(run):
    node = run(None, alpha=0.2, milestones=[6.0, 12.0])
    (injected,) = [c for c in node.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert "remove-cell" in injected.metadata.tags
    assert "alpha = 0.2" in injected.source
    (stream,) = [o for c in node.cells for o in c.get("outputs", []) if o.output_type == "stream"]
    assert stream.text == ". 0.2 [6.0, 12.0] ['a', 'b']\n"


def test_nothing_volatile_is_kept(run, project):
    node = run("import os, warnings\nprint(os.getcwd())\nwarnings.warn('careful')\nf'{os.getcwd()}/data'")
    text = json.dumps(node)
    assert str(project.root) not in text
    assert sys.prefix not in text
    assert "ipykernel_" not in text
    assert "papermill" not in text
    assert [cell.id for cell in node.cells] == ["cell-001", "cell-002", "cell-003"]
    assert set(node.metadata) == {"kernelspec", "language_info"}


def test_a_failing_cell_is_named_with_line_and_error_on_one_screen(run):
    with pytest.raises(NotebookError) as error:
        run(
            "# what follows fails\nvalues = [1]\n\ndef deep(n):\n    return values[n] if n > 60 else deep(n + 1)\n\ndeep(0)"
        )
    message = str(error.value)
    headline, reason, *_ = message.splitlines()
    assert headline == "notebooks/alpha.py:9, code cell [2] `values = [1]`"
    assert reason.strip() == "IndexError: list index out of range"
    assert len(message.splitlines()) <= 24
    assert "\x1b" not in message


def test_bad_input_found_by_a_notebook_stays_bad_input(run):
    code = "from living_article.errors import InputError\nraise InputError('empty', file='cohort.csv', row=3)"
    with pytest.raises(InputError, match="^cohort.csv, row 3: empty$"):
        run(code)


def test_a_kernel_that_dies_is_a_failure_of_the_notebook(run):
    with pytest.raises(NotebookError, match="notebooks/alpha.py.*died"):
        run("import os\nos._exit(3)")
