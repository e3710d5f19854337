"""Tables of the methods section."""

from __future__ import annotations

import platform
from importlib.metadata import version

import pandas as pd

from living_article.study.design import Departure

# Distribution names of what computes or shows a number in this book.
PACKAGES = {
    "lifelines": "Kaplan–Meier, log-rank test, Cox regression",
    "scipy": "distributions and classical tests",
    "numpy": "arrays; batched bootstrap",
    "pandas": "patient tables",
    "matplotlib": "figures",
    "seaborn": "figures",
    "papermill": "execution of the notebooks",
    "jupytext": "notebooks as text",
    "jupyter-book": "this website",
}


def software() -> pd.DataFrame:
    """Return what was used, its installed version and what for; Python to its minor version only."""
    rows = {"python": [".".join(platform.python_version_tuple()[:2]), "language"]}
    rows |= {name: [version(name), use] for name, use in PACKAGES.items()}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["Version", "Used for"])
    return frame.rename_axis("Software")


def departures(items: tuple[Departure, ...]) -> pd.DataFrame:
    """Return one row for each departure from the article."""
    rows = {item.article: [item.here, item.why] for item in items}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["Here", "Why"]).rename_axis("The article")
