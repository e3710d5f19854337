from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from living_article.web import mathml


def test_a_formula_becomes_mathml():
    soup = BeautifulSoup(mathml.markup(nodes.math("", r"\sqrt{1/n_1}")), "html.parser")
    assert soup.find("math").find("msqrt").find("msub").get_text(strip=True) == "n1"
    assert BeautifulSoup(mathml.markup(nodes.math_block("", "a")), "html.parser").find("math")["display"] == "block"


def test_a_formula_that_cannot_be_translated_is_a_warning(monkeypatch):
    told = []
    monkeypatch.setattr(mathml._LOGGER, "warning", lambda text, *parts, **_: told.append(text % parts))
    assert mathml.markup(nodes.math("", r"\nonsense{x}")) == ""
    assert "nonsense" in told[0]


@pytest.mark.parametrize("display", [False, True])
def test_pages_with_formulas_load_no_script_for_them(mini, project, display):
    page = project.root / "book" / "last.md"
    formula = "$$\n\\frac{a}{b}\n$$" if display else r"$\frac{a}{b}$"
    page.write_text(page.read_text() + f"\n\n{formula}\n")
    (project.root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: book/last\n")
    (project.root / "index.md").write_text("# Mini\n")
    mini.build(project)
    text = (project.site / "book" / "last.html").read_text()
    assert BeautifulSoup(text, "html.parser").find("article").find("math").find("mfrac") is not None
    assert "mathjax" not in text.lower().replace("mathjax_ignore", "").replace("mathjax_process", "")
