"""Execute one text notebook with papermill, reproducibly: fixed environment, nothing volatile kept."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from living_article.display import rendering
from living_article.errors import InputError
from living_article.run import warm as warm_kernels
from living_article.run.failures import NotebookError
from living_article.run.fixed_environment import FIXED_ENVIRONMENT
from living_article.run.parts import PART, of_all
from living_article.run.project import STUDY
from living_article.run.study_text import for_study, holding
from living_article.run.warm_client import ARGUMENTS

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

RESULTS = "LIVING_ARTICLE_RESULTS"  # folder into which a notebook's section writes its records
FILES = "LIVING_ARTICLE_FILES"  # folder into which it writes each figure and table as files; blank for none
DRAW = "LIVING_ARTICLE_DRAW"  # "no" where figures need not be rendered
WHOLE = "LIVING_ARTICLE_WHOLE"  # results on all patients, where a part of real ones is executed
CELL_TIMEOUT = 900  # seconds
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_MOST_LINES = 18  # of a traceback, so that a failure fits on one screen


def execute(
    notebook: Path,
    parameters: dict[str, object],
    *,
    root: Path,
    results: Path,
    files: Path | None = None,
    article: bool = True,
    warm: bool = False,
    draw: bool = True,
) -> NotebookNode:
    """Execute a text notebook from the project's root and return it, clean of everything volatile.

    Parameters
    ----------
    parameters
        Values that differ from the defaults, already checked.
    results
        Folder into which the notebook's section writes ``<section>.json``.
    files
        Folder, made if need be, into which each figure and table is written as files to download; what is returned
        is the same without.
    article
        Whether the study re-tells the article; otherwise what the notebook says about it is left out.
    warm
        Fork the kernel from a process that has the imports behind it (`living_article.run.warm`), if one can be had;
        what is returned is the same.
    draw
        False leaves the figures out, for those who want the records only; these are the same.

    Raises
    ------
    InputError
        If a cell raised it: the study or its table is at fault, not the notebook.
    NotebookError
        If a cell failed otherwise, or the kernel died; names notebook, line, cell and error.
    """
    settings = _Settings(root, article, warm)
    if all_patients := of_all(notebook, parameters, root):
        with tempfile.TemporaryDirectory() as folder:
            _execute(notebook, all_patients, settings, Path(folder), draw=False)
            whole = str(Path(folder) / f"{notebook.stem}.json")
            return _execute(notebook, parameters, settings, results, files, draw=draw, whole=whole)
    return _execute(notebook, parameters, settings, results, files, draw=draw)


@dataclass(frozen=True)
class _Settings:
    """What all executions of one call of `execute` share."""

    root: Path
    article: bool
    warm: bool


def _execute(
    notebook: Path,
    parameters: dict[str, object],
    settings: _Settings,
    results: Path,
    files: Path | None = None,
    *,
    draw: bool,
    whole: str = "",
) -> NotebookNode:
    """Do what `execute` says, given the results on all patients if these are a part of real ones."""
    import jupytext
    from papermill.exceptions import PapermillExecutionError

    name = f"{notebook.parent.name}/{notebook.name}"
    node = jupytext.read(notebook, fmt="py:percent")
    study = settings.root / str(parameters.get("study", STUDY))
    about_article = settings.article and not parameters.get(PART)  # what is printed is about all patients
    node = for_study(node, holding(study, article=about_article))
    node.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for folder in filter(None, (results, files)):
        folder.mkdir(parents=True, exist_ok=True)
    with _environment(results, files, warm=settings.warm, draw=draw, whole=whole) as private:
        try:
            executed = _run(node, parameters, settings.root, private)
            _put_figures(executed, Path(private))
        except PapermillExecutionError as error:
            if error.ename == "InputError":
                raise InputError(_ANSI.sub("", str(error.evalue)).strip("'\"")) from None
            raise NotebookError(_screen(error, notebook, name)) from None
        except Exception as error:  # the kernel died, a cell ran too long, …
            raise NotebookError(f"{name} failed outside its cells: {type(error).__name__}: {error}") from None
    return clean(executed, settings.root)


def _run(node: NotebookNode, parameters: dict[str, object], root: Path, private: str) -> NotebookNode:
    """Let papermill execute a notebook in ``root``; raises PapermillExecutionError if a cell fails."""
    import papermill

    from living_article.run.kernel import PromptManager

    # it warns of parameters whose types it cannot read, `float | None` for one; they are checked before
    logging.getLogger("papermill").setLevel(logging.ERROR)
    return papermill.execute_notebook(
        node,
        None,
        parameters=parameters or None,
        cwd=root,
        progress_bar=False,
        log_output=False,
        kernel_name="python3",
        kernel_manager_class=PromptManager,
        execution_timeout=CELL_TIMEOUT,
        record_timing=False,
        config=_kernel_config(private),
        shutdown_kernel="immediate",  # a kernel asked politely may take three seconds to go
    )


def _put_figures(node: NotebookNode, folder: Path) -> None:
    """Put figures that were rendered beside the kernel where the notebook holds a place for them."""
    for output in (output for cell in node.cells for output in cell.get("outputs", [])):
        if svg := output.get("data", {}).get("image/svg+xml"):
            output["data"]["image/svg+xml"] = rendering.filled(svg, folder)


def _kernel_config(private: str) -> Config:
    """Return the settings under which nbclient starts a kernel: sockets in a private folder, no open TCP port."""
    from traitlets.config import Config

    # without an address of its own, every kernel started in the same folder would use the same sockets
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{private}/kernel"}})


def _kernel_command(warm: bool) -> list[str]:
    """Return the command that starts a kernel; a fresh one if there can be no warm one."""
    if warm:
        with suppress(OSError, RuntimeError):
            return warm_kernels.command(warm_kernels.serve_kernels(FIXED_ENVIRONMENT))
    return [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *ARGUMENTS]


@contextmanager
def _environment(results: Path, files: Path | None, *, warm: bool, draw: bool, whole: str) -> Iterator[str]:
    """Set the fixed environment and a private kernel definition for one execution; yields a folder for its sockets."""
    home = results / ".jupyter"
    spec = home / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True, exist_ok=True)
    # A kernel of the same name elsewhere on the machine would otherwise run another Python.
    spec.write_text(json.dumps({"argv": _kernel_command(warm), "display_name": "Python 3", "language": "python"}))
    private = tempfile.mkdtemp(prefix="la-", dir="/tmp" if Path("/tmp").is_dir() else None)  # a socket's path is short
    changed = FIXED_ENVIRONMENT | {
        RESULTS: str(results.resolve()),
        FILES: str(files.resolve()) if files else "",
        DRAW: "yes" if draw else "no",
        rendering.ASIDE: private if warm and draw else "",
        WHOLE: whole,
        "JUPYTER_PATH": str(home.resolve()),
        "JUPYTER_RUNTIME_DIR": private,
        "IPYTHONDIR": str((home / "ipython").resolve()),  # no start-up files of the user's profile
    }
    before = {key: os.environ.get(key) for key in changed}
    os.environ.update(changed)
    try:
        yield private
    finally:
        shutil.rmtree(private, ignore_errors=True)
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def _screen(error: PapermillExecutionError, notebook: Path, name: str) -> str:
    """Say on one screen which cell failed: place, first line of code, the error and the end of its traceback."""
    source = error.source.strip("\n")
    code = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    first = code[0] if code else source
    lines = notebook.read_text(encoding="utf-8").splitlines()
    start = next((n for n in range(len(lines)) if "\n".join(lines[n:]).startswith(source)), None)
    place = f"{name}:{start + lines[start:].index(first) + 1}" if start is not None else name
    trace = _ANSI.sub("", "\n".join(error.traceback)).splitlines()
    shown = trace[-_MOST_LINES:] if len(trace) > _MOST_LINES else trace
    headline = f"{place}, code cell [{error.exec_count}] `{first.strip()}`"
    reason = _ANSI.sub("", f"{error.ename}: {error.evalue}")
    return "\n".join([headline, f"  {reason}", "", *(f"  | {line}" for line in shown)])


def clean(node: NotebookNode, root: Path) -> NotebookNode:
    """Strip run times, machine paths, random ids and other volatile metadata; two runs are then identical."""
    node.metadata = type(node.metadata)(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    node.nbformat, node.nbformat_minor = 4, 5
    for number, cell in enumerate(node.cells, start=1):
        cell["id"] = f"cell-{number:03d}"
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags:
            tags = ["injected-parameters", "remove-cell"]
            cell.source = _without_paths(cell.source, root)
        kept = {key: cell.metadata[key] for key in ("mystnb",) if key in cell.metadata}
        cell.metadata = type(cell.metadata)(({"tags": list(tags)} if tags else {}) | kept)
        for output in cell.get("outputs", []):
            _clean_output(output, root)
    return node


def _clean_output(output: NotebookNode, root: Path) -> None:
    """Take machine paths out of one output, and the random id that a display handle leaves."""
    output.pop("transient", None)
    if "text" in output:
        output["text"] = _without_paths(output["text"], root)
    data = output.get("data", {})
    for mime, value in data.items():
        if isinstance(value, str) and mime.startswith(("text/", "image/svg")):
            data[mime] = _without_paths(value, root)


def _without_paths(text: str, root: Path) -> str:
    """Replace the places of this machine by names that are the same on every machine."""
    if "ipykernel_" in text:  # a look for the pattern takes long in a drawing
        text = re.sub(r"[^\s'\"]*ipykernel_\d+/\d+\.py", "<cell>", text)
    for folder, name in ((str(root), "."), (sys.prefix, "<python>"), (str(Path.home()), "~")):
        text = text.replace(folder, name) if len(folder) > 1 else text
    return text
