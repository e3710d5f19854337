from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from living_article.errors import InputError
from living_article.run import book
from living_article.run.failures import NotebookError, SiteError
from living_article.web import site


@pytest.fixture
def copy(mini, built, tmp_path):
    """A built book that a test may change."""
    shutil.copytree(built.root, tmp_path / "book", symlinks=True)
    return type(built)(tmp_path / "book")


def change(project, name: str, old: str, new: str) -> None:
    path = project.root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_two_clean_builds_are_byte_identical(mini, built, tmp_path, contents):
    other = mini.make(tmp_path / "elsewhere" / "another-name")
    environment = os.environ | {"PYTHONHASHSEED": "11", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, mini.__file__, str(other.root)], env=environment, check=True, capture_output=True)
    for folder in ("executed", "html"):
        first, second = contents(built.build / folder), contents(other.build / folder)
        assert len(first) > 3
        assert first == second


def test_a_second_build_does_next_to_nothing(mini, copy):
    before = copy.site.readlink()
    again = mini.build(copy)
    assert not again.built
    assert again.seconds < 1
    assert copy.site.readlink() == before


def test_only_what_changed_is_executed_again(mini, copy):
    change(copy, "notebooks/beta.py", "numbers[0]", "numbers[1]")
    timings = {name: note for name, _, note in mini.build(copy).timings}
    assert timings == {"alpha": "unchanged", "beta": "", "site": ""}
    change(copy, "index.md", "The first number", "A number")
    timings = {name: note for name, _, note in mini.build(copy).timings}
    assert timings == {"alpha": "unchanged", "beta": "unchanged", "site": ""}
    assert "A number is" in (copy.site / "index.html").read_text()


def test_a_failing_notebook_leaves_the_last_site_untouched(mini, copy, contents):
    before = contents(copy.site)
    change(copy, "notebooks/beta.py", "numbers = ", "numbers = missing or ")
    with pytest.raises(NotebookError, match=r"notebooks/beta.py:17, code cell \[2\] `import json"):
        mini.build(copy)
    assert contents(copy.site) == before


def test_a_page_that_warns_leaves_the_last_site_untouched(mini, copy, contents):
    before = contents(copy.site)
    change(copy, "book/last.md", "The end", "[The end](#nowhere)")
    with pytest.raises(SiteError, match=r"book/last.md:3: WARNING.*nowhere"):
        mini.build(copy)
    assert contents(copy.site) == before
    change(copy, "book/last.md", "[The end](#nowhere)", "An end")
    assert mini.build(copy).built
    assert [p.name for p in (copy.build / "sites").iterdir()] == [site.current(copy.site)]


def test_warnings_of_a_notebook_are_errors_too(mini, copy):
    change(copy, "notebooks/beta.py", "numbers = ", "import warnings; warnings.warn('careful'); numbers = ")
    with pytest.raises(SiteError, match="stderr"):
        mini.build(copy)


def test_bad_parameters_are_refused_before_anything_runs(mini, project, monkeypatch):
    monkeypatch.setattr(book, "run_jobs", lambda *_: pytest.fail("a notebook was started"))
    with pytest.raises(InputError, match="alpha is out of range"):
        book.build_book(project, {"beta": {"alpha": 0.9}}, prose=mini.prose)
    with pytest.raises(InputError, match="unknown section"):
        book.build_book(project, {"gamma": {"alpha": 0.1}}, prose=mini.prose)
    assert not project.site.exists()


def test_one_section_runs_alone_with_other_parameters(copy):
    execution = book.run_section(copy, "alpha", {"alpha": "0.2"})
    assert '"alpha": 0.2' in execution.results.read_text()
    assert "alpha = 0.2" in execution.notebook.read_text()
    assert book.run_section(copy, "alpha", {"alpha": 0.2}).folder == execution.folder
    assert book.run_section(copy, "alpha", {"alpha": 0.05}).folder == book.run_section(copy, "alpha", {}).folder


def _waited(process: subprocess.Popen, words: str) -> None:
    """Read the plain progress lines of a build until one holds these words."""
    for line in process.stderr:
        if words in line:
            return
    pytest.fail(f"the build never said {words!r}")


def test_killed_at_any_moment_the_previous_site_is_whole(mini, copy, contents):
    before = contents(copy.site)
    for section in copy.sections():
        change(copy, f"notebooks/{section}.py", "numbers[0]", "numbers[2]")
    command = [sys.executable, mini.__file__, str(copy.root)]
    for words, seconds in [("alpha …", 0.0), ("alpha …", 0.6), ("site …", 0.1), ("site …", 1.2)]:
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as build:
            _waited(build, words)
            time.sleep(seconds)
            build.send_signal(signal.SIGKILL)
        assert build.returncode == -signal.SIGKILL
        assert contents(copy.site) == before, (words, seconds)
    mini.build(copy)
    assert "The first number is 331" not in (copy.site / "index.html").read_text()
    assert [p.name for p in (copy.build / "sites").iterdir()] == [site.current(copy.site)]


def _gone(pid: int) -> bool:
    """Wait until a process has ended."""
    for _ in range(100):
        if not os.path.exists(f"/proc/{pid}"):  # noqa: PTH110
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def sleeping(mini, project):
    """A build whose first notebook sleeps, in a process group of its own, and the kernel's process id."""
    pid = project.root / "pid"
    note = "Path('pid').write_text(str(os.getpid())); __import__('time').sleep(60)"
    change(project, "notebooks/alpha.py", "numbers = ", f"{note}\nnumbers = ")
    command = [sys.executable, mini.__file__, str(project.root)]
    # a shell's background jobs, and so these tests when run as one, inherit that interrupts are ignored
    heed = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heed) as build:
        while not (pid.exists() and pid.read_text()):
            assert build.poll() is None
            time.sleep(0.05)
        yield build, int(pid.read_text())
        build.kill()


def test_workers_and_kernels_end_when_the_build_is_killed(sleeping):
    build, kernel = sleeping
    build.send_signal(signal.SIGKILL)
    assert _gone(kernel)


def test_an_interrupt_from_the_keyboard_ends_everything_at_once(sleeping):
    build, kernel = sleeping
    os.killpg(build.pid, signal.SIGINT)
    build.wait(timeout=30)  # the notebook would sleep for 60
    assert _gone(kernel)


def test_a_worker_ended_from_outside_is_a_failure_that_says_so(mini, project):
    change(project, "notebooks/alpha.py", "numbers = ", "os.kill(os.getppid(), 9)\nnumbers = ")
    with pytest.raises(NotebookError, match="ended from outside"):
        mini.build(project)


def test_a_second_build_waits_for_the_first(mini, copy):
    with (copy.build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, mini.__file__, str(copy.root)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as second:
            _waited(second, "another build of this project is running")
            assert second.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert second.wait(timeout=60) == 0
