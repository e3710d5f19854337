"""What a server of warm kernels does before it forks: all imports, and once, on something small, all that a rerun does.

Libraries prepare much at first use: a schema is compiled, fonts are found, plug-ins are looked up. Done here, the forks
have it behind them.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import pkgutil
import tempfile
from pathlib import Path

LIBRARIES = (
    "numpy", "pandas", "scipy.stats", "scipy.interpolate", "scipy.optimize", "matplotlib.pyplot", "seaborn",
    "lifelines", "lifelines.statistics", "yaml", "jsonschema", "IPython.display", "IPython.core.completer",
    "IPython.core.debugger", "IPython.core.oinspect", "ipykernel.kernelapp", "ipykernel.ipkernel",
    "ipykernel.zmqshell", "ipykernel.debugger", "ipykernel.kernelspec", "traitlets.config.argcomplete_config",
)  # fmt: skip
_EXECUTING = ("papermill", "living_article.cli", "living_article.run.book", "living_article.run.execute")
_PARTS = ("analysis", "disclosure", "display", "patients", "statistics", "study")
_NOTEBOOK = """\
# %% [markdown]
# # $x$

# %% tags=["parameters"]
study: str = "study.yml"  # study file
seed: int = 1  # seed [seed >= 0]
alpha: float = 0.05  # level [0 < alpha < 0.5]
"""


def preload() -> None:
    """Import what notebooks and their execution import, but not the inline backend, which has to meet its kernel."""
    for name in (*LIBRARIES, *_EXECUTING):
        importlib.import_module(name)
    import living_article

    for part in _PARTS:
        package = importlib.import_module(f"living_article.{part}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            _try(module.name)
    for module in pkgutil.iter_modules(living_article.__path__, "living_article."):
        if module.name != "living_article.cli" and not module.ispkg:
            _try(module.name)
    _draw()
    with tempfile.TemporaryDirectory() as folder:
        _rehearse(Path(folder))


def _try(module: str) -> None:
    """Import a module of this package; one that fails is left to the notebook that needs it."""
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def _draw() -> None:
    """Draw something small once, away from pyplot, so that fonts are found and read before the fork."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from living_article.display import theme

    with rc_context():
        theme.use()
        figure = Figure(layout="constrained")
        axes = figure.add_subplot(xlabel="x", ylabel="y", title="title")
        axes.semilogx([1, 10], [1, 2], label="line")
        axes.legend()
        axes.text(1, 1, "bold", fontweight="bold")
        axes.text(1, 1, "italic", style="italic")
        figure.savefig(io.StringIO(), format="svg", bbox_inches="tight")


def _rehearse(folder: Path) -> None:
    """Read a small notebook, check a parameter of it, write it and make its page, as a rerun does."""
    import jupytext
    import nbformat

    from living_article.run.parameters import check_parameters
    from living_article.web.page import page

    source, executed, works = folder / "small.py", folder / "small.ipynb", folder / "works.bib"
    source.write_text(_NOTEBOOK, encoding="utf-8")
    check_parameters(source, {"seed": "2"})
    nbformat.write(jupytext.read(source, fmt="py:percent"), executed)
    works.write_text("@misc{a, title={A}}", encoding="utf-8")
    page(executed, works)
