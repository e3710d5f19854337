"""Warm kernels: the same output as fresh ones, byte for byte, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
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
    assert b"living_article.run.warm_server" in command
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
    files = warm.package_files()
    monkeypatch.setattr(warm, "package_files", lambda: files[1:])
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
    assert warm.answers(server)
    warm.stop_serving(server)
    until = time.monotonic() + 10
    while server.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not server.exists()


def test_the_client_needs_no_packages():
    code = f"import sys; sys.argv = ['x']; exec(open({str(warm.CLIENT)!r}).read(), {{'__name__': 'client'}})"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def article(project, *arguments: str, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "living_article.cli", *arguments]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True, timeout=120, **more)


def test_a_command_runs_in_a_fork_with_its_output_and_exit_code(project, server):
    done = article(project, "run", "alpha", "--warm", "-p", "alpha=0.2")
    assert (done.returncode, done.stderr) == (0, "")
    warmly = (project.build / "run" / "alpha" / "alpha.ipynb").read_bytes()
    assert "results.json" in done.stdout
    for folder in ("executed", "run"):
        shutil.rmtree(project.build / folder)
    assert article(project, "run", "alpha", "-p", "alpha=0.2").stdout == done.stdout
    assert (project.build / "run" / "alpha" / "alpha.ipynb").read_bytes() == warmly
    failed = article(project, "run", "alpha", "--warm", "-p", "alhpa=0.2")
    assert failed.returncode == 2 and failed.stderr.count("\n") == 1 and "did you mean alpha?" in failed.stderr


def test_a_fork_never_asks_for_another_fork(monkeypatch):
    monkeypatch.setattr(warm, "serve_kernels", lambda _: pytest.fail("a fork of a fork"))
    monkeypatch.setenv(warm.INSIDE, "yes")
    assert warm.inside()
    with pytest.raises(RuntimeError, match="another fork"):
        warm.run_command(["run", "alpha", "--warm"], {})


def test_without_a_server_the_command_runs_here(monkeypatch):
    def none(_):
        raise RuntimeError

    monkeypatch.setattr(warm, "serve_kernels", none)
    assert warm.run_command(["params", "alpha"], {}) is None


def test_killed_with_its_command_no_kernel_is_left(project, server, tmp_path):
    notebook = project.notebook("alpha")
    mark = tmp_path / "process"
    wait = f"import os, time\nfrom pathlib import Path\nPath({str(mark)!r}).write_text(str(os.getpid()))\ntime.sleep(300)\n"
    notebook.write_text(notebook.read_text().replace("import json, os, random\n", f"import json, os, random\n{wait}"))
    command = [sys.executable, "-m", "living_article.cli", "run", "alpha", "--warm"]
    caller = subprocess.Popen(command, cwd=project.root)
    until = time.monotonic() + 60
    while not (mark.exists() and mark.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    process = Path(f"/proc/{mark.read_text()}")
    assert process.exists()
    caller.kill()
    caller.wait()
    until = time.monotonic() + 20
    while process.exists() and "State:\tZ" not in process.joinpath("status").read_text():
        assert time.monotonic() < until, "the kernel is still there"
        time.sleep(0.1)
