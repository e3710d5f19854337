"""A book of two notebooks and two pages, small enough to be built in seconds; run as a script it builds one.

``python mini.py FOLDER`` is what the tests kill.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from living_article.run.book import Book, build_book
from living_article.run.project import Project

REPOSITORY = Path(__file__).resolve().parents[1]

NOTEBOOK = """\
# %% [markdown]
# # {title}
#
# See [Figure 2](#figure-2) and [Table 3](#table-3).

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 7  # seed of random numbers [0 <= seed < 4294967296]
alpha: float = 0.05  # two-sided significance level [0 < alpha < 0.5]
milestones: list[float] = []  # months; empty: the study's horizons [milestones > 0]
interval: Literal["log", "plain"] = "log"  # scale of the intervals
horizon: float | None = None  # months; None: the last milestone [horizon > 0]

# %%
import json, os, random
from pathlib import Path
from IPython.display import display

numbers = random.Random(seed).sample(range(1000), 5)
print(Path.cwd(), alpha, milestones, sorted({{"b", "a"}}))

# %% tags=["hide-input"]
{body}

# %% tags=["remove-input"]
folder = Path(os.environ["LIVING_ARTICLE_RESULTS"])
content = {{"section": "{section}", "study": "mini", "parameters": {{"alpha": alpha}},
    "sentences": {{"first": "The first is said."}}, "records": [{{"name": "n", "value": numbers[0]}}]}}
(folder / "{section}.json").write_text(json.dumps(content))
"""
FIGURE = """\
drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'
facts = {"kind": "figure", "name": "figure-2", "caption": "**Figure 2.** A box.", "alt": "A black box."}
display({"image/svg+xml": drawing, "text/plain": "A box."}, raw=True, metadata={"living_article": facts})
display({"text/markdown": "A sentence after it.", "text/plain": "A sentence after it."}, raw=True)"""
TABLE = """\
markup = ":::{table} **Table 3.** Two numbers.\\n:name: table-3\\n\\n| a | b |\\n| --- | --- |\\n| 1 | 2 |\\n:::\\n\\nA note."
facts = {"kind": "table", "name": "table-3", "caption": "Two numbers"}
data = {"text/markdown": markup, "text/html": "<table id='jupyter'></table>"}
display(data, raw=True, metadata={"living_article": facts})"""
TOC = """\
format: jb-book
root: index
chapters:
  - file: notebooks/alpha
  - file: notebooks/beta
  - file: book/last
"""
INDEX = """\
# Mini

The first number is {{ results.alpha.one("n").value|int }} and `{{ spoken.beta.first }}`

See [Figure 2](#figure-2), [Table 3](#table-3) and {doc}`beta <notebooks/beta>`; {download}`study <data/study.yml>`.
"""


def make(folder: Path) -> Project:
    """Write the project into a folder."""
    for name in ("notebooks", "book", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for section, body in (("alpha", FIGURE), ("beta", TABLE)):
        text = NOTEBOOK.format(title=section.title(), section=section, body=body)
        (folder / "notebooks" / f"{section}.py").write_text(text)
    (folder / "_toc.yml").write_text(TOC)
    (folder / "_config.yml").write_text((REPOSITORY / "_config.yml").read_text())
    shutil.copytree(REPOSITORY / "book" / "_static", folder / "book" / "_static", dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "book" / "_templates", folder / "book" / "_templates", dirs_exist_ok=True)
    (folder / "index.md").write_text(INDEX)
    (folder / "book" / "last.md").write_text("# Last\n\nThe end {cite}`someone2020`.\n\n```{bibliography}\n```\n")
    (folder / "book" / "references.bib").write_text(
        "@article{someone2020, author={Some One}, title={A title}, journal={A journal}, year={2020}}\n"
    )
    (folder / "data" / "study.yml").write_text("id: mini\ntable: cohort.csv\narticle: {citation: someone2020}\n")
    (folder / "data" / "cohort.csv").write_text("patient_id\nP1\n")
    return Project(folder)


def prose(study: Path, results: dict, spoken: dict, parameters: dict) -> tuple[dict, dict[str, str]]:
    """Return a context for the prose: records and sentences by section."""
    return {"results": type("R", (), results), "spoken": spoken}, {}


def build(project: Project) -> Book:
    """Build the mini book."""
    return build_book(project, prose=prose)


if __name__ == "__main__":
    build(Project(Path(sys.argv[1])))
