"""Warm kernels: the same output as fresh ones, byte for byte, and nothing left behind."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from living_article.run import execute as module
from living_article.run import warm
from living_article.run.execute import execute
from living_article.run.failures import NotebookError

ROOT = Path(__file__).parents[2]
# What differs most easily between a fresh process and a fork of an old one.
CELLS = """\
import sys, os, random, json
from pathlib import Path
print(sys.argv[1:2], sys.path[0], Path.cwd().name, sys.flags.hash_randomization, sys.stdin.__class__.__name__)
print(sorted(set("abcdefgh"), key=hash), {key: os.environ[key] for key in ("TZ", "COLUMNS", "MPLBACKEND")})

# %%
import numpy as np, pandas as pd
pd.DataFrame(np.arange(120).reshape(2, 60))

# %%
pd.DataFrame({f"a column with a long name {n}": [n] for n in range(9)})

# %%
import matplotlib, matplotlib.pyplot as plt
print(plt.isinteractive(), matplotlib.rcParams["figure.figsize"], sorted(matplotlib.rcParams.items(), key=str)[:40])
plt.plot([1, 2, 3]);

# %%
figure, axes = plt.subplots(layout="constrained")
axes.semilogy([1, 20, 300], label="$10^x$")
axes.legend();

# %%
import warnings
warnings.warn("careful")
plt.get_backend(), get_ipython().__class__.__name__, __name__

# %%
import seaborn as sns
sns.set_theme()
sns.histplot([1, 2, 2, 3]);
"""


@pytest.fixture(scope="module")
def server():
    address = warm.serve_kernels(module.FIXED_ENVIRONMENT)
    yield address
    warm.stop_serving(address)


@pytest.fixture
def run(project, tmp_path, server):
    def call(code: str, *, warm: bool):
        notebook = project.notebook("alpha")
        notebook.write_text(f"# %% [markdown]\n# # Title\n\n# %%\n{code}\n")
        return execute(notebook, {}, root=project.root, results=tmp_path / "results", warm=warm)

    return call


def output(node) -> str:
    return json.dumps(node, sort_keys=True, indent=1)


def test_a_warm_kernel_shows_what_a_fresh_one_shows(run):
    fresh, forked = (output(run(CELLS, warm=way)) for way in (False, True))
    assert "image/png" in fresh and "RangeIndex" not in fresh
    assert forked == fresh


@pytest.mark.parametrize("section", ["survival", "cox", "sensitivity", "validation"])
def test_the_sections_of_the_book_are_the_same(section, tmp_path, server):
    given = {"validation": {"resamples": 20}}.get(section, {"alpha": 0.1})
    found = []
    for way in (False, True):
        folder = tmp_path / str(way)
        node = execute(ROOT / "notebooks" / f"{section}.py", given, root=ROOT, results=folder, warm=way)
        found.append((output(node), (folder / f"{section}.json").read_bytes()))
    assert found[0] == found[1]


def test_kernels_share_nothing(run):
    code = (
        "import numpy as np, lifelines\nprint(getattr(lifelines, 'mark', None), np.random.rand())\nlifelines.mark = 1"
    )
    first, second = (run(code, warm=True).cells[-1].outputs[0].text for _ in range(2))
    assert first.startswith("None") and second.startswith("None")
    assert first != second, "two forks draw the same random numbers"


def test_it_is_a_fork_and_ends_with_its_client(run):
    process, parent = json.loads(
        run("import os\nprint([os.getpid(), os.getppid()])", warm=True).cells[-1].outputs[0].text
    )
    command = Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")
    assert b"living_article.run.warm" in command
    until = time.monotonic() + 10
    while Path(f"/proc/{process}").exists() and time.monotonic() < until:
        if "State:\tZ" in Path(f"/proc/{process}/status").read_text():
            return
        time.sleep(0.05)
    assert not Path(f"/proc/{process}").exists()


def test_a_kernel_that_dies_is_noticed(run):
    with pytest.raises(NotebookError, match="notebooks/alpha.py.*died"):
        run("import os\nos._exit(3)", warm=True)


def test_the_server_is_shared_private_and_of_one_state_of_the_source(server, monkeypatch, tmp_path):
    assert warm.serve_kernels(module.FIXED_ENVIRONMENT) == server
    assert server.parent.stat().st_mode & 0o077 == 0
    from living_article.run import cache

    files = cache.package_files()
    monkeypatch.setattr(cache, "package_files", lambda: files[1:])
    assert warm.address(module.FIXED_ENVIRONMENT) != server
    monkeypatch.undo()
    assert warm.address(module.FIXED_ENVIRONMENT | {"OMP_NUM_THREADS": "2"}) != server


def test_a_folder_open_to_others_is_refused_and_a_fresh_kernel_used(monkeypatch, tmp_path):
    monkeypatch.setattr(warm.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / f"living-article-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(PermissionError, match="open to others"):
        warm.address({})
    assert "ipykernel_launcher" in module._kernel_command(warm=True)


def test_a_server_survives_nonsense_and_ends_when_asked():
    server = warm.serve_kernels({"LIVING_ARTICLE_TEST": "1"})
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(server))
        connection.sendall(b"nonsense\n")
    assert warm._answers(server)
    warm.stop_serving(server)
    until = time.monotonic() + 10
    while server.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not server.exists()


def test_the_client_needs_no_packages():
    code = f"import sys; sys.argv = ['x']; exec(open({str(warm.CLIENT)!r}).read(), {{'__name__': 'client'}})"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
