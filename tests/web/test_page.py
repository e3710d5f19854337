from __future__ import annotations

import re

import nbformat
import nbformat.v4 as nb
import pytest
from bs4 import BeautifulSoup

from living_article.web.page import page

FACTS = {"kind": "figure", "name": "figure-2", "caption": "**Figure 2.** Curves.", "alt": 'Two "curves".'}
BIBLIOGRAPHY = """\
@article{a1990, author={First, A. and Second, B.}, title={On {T}hings}, journal={Journal}, year={1990}}
@article{b1991, author={Third, C. and Fourth, D. and Fifth, E.}, title={More}, journal={Journal}, year={1991}}
"""


@pytest.fixture
def shown(tmp_path):
    def cell(source, *outputs, tags=()):
        return nb.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})

    def display(data, **metadata):
        return nb.new_output("display_data", data, metadata=metadata)

    box = ":::{warning}\nTake *care*.\n:::"
    cells = [
        nb.new_markdown_cell(
            "# Title\n\nSee [Figure 2](#figure-2), {doc}`/notebooks/cox`, $a < b$ {cite}`a1990,b1991`."
        ),
        cell("hidden = 1", tags=["remove-cell"]),
        cell("alpha = 0.1", tags=["injected-parameters", "remove-cell"]),
        cell(
            "draw()",
            display({"image/svg+xml": '<?xml?>\n<svg width="1pt" height="1pt"></svg>'}, living_article=FACTS),
            tags=["hide-input"],
        ),
        cell("tell()", display({"text/markdown": box}), display({"text/markdown": "x <b>"}), tags=["remove-input"]),
        cell("table()", display({"text/html": "<table></table>", "text/markdown": "no"})),
    ]
    nbformat.write(nb.new_notebook(cells=cells), tmp_path / "a.ipynb")
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY)
    return BeautifulSoup(page(tmp_path / "a.ipynb", tmp_path / "references.bib"), "html.parser")


def test_text_roles_formulas_and_references(shown):
    assert shown.title.get_text() == "Title"
    text = shown.p.get_text()
    assert "See Figure 2, cox," in text and "[First and Second 1990; Third and others 1991]" in text
    assert shown.p.math is not None
    items = [item.get_text() for item in shown.select("ol li")]
    assert items == ["First, Second (1990). On Things. Journal", "Third, Fourth, Fifth (1991). More. Journal"]


def test_every_link_leads_somewhere_on_the_page(shown):
    targets = {tag["id"] for tag in shown.select("[id]")}
    assert {a["href"].lstrip("#") for a in shown.select("a")} <= targets


def test_cells_by_their_tags(shown):
    code = [element.get_text() for element in shown.select("pre")]
    assert code == ["alpha = 0.1", "draw()", "table()"]
    assert [element.get_text() for element in shown.select("details pre")] == ["draw()", "table()"]
    assert shown.summary.get_text() == "Show code: Figure 2"


def test_outputs(shown):
    assert shown.figure["id"] == "figure-2" and shown.figure.svg["aria-label"] == 'Two "curves".'
    assert shown.figcaption.get_text() == "Figure 2. Curves."
    assert shown.select_one("div.warning").em.get_text() == "care"
    assert shown.select_one("div.table table") is not None
    assert "x <b>" in shown.get_text(), "markup in text is text"


def test_nothing_is_fetched(shown):
    assert not re.search(r"""(src|href)=["'](?!#)""", str(shown)) and not shown.select("script, link")
