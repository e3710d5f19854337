from __future__ import annotations

import nbformat.v4 as nb
import pytest

from living_article.web.folding import fold

IMPORTS = "from lifelines.statistics import logrank_test\nfrom living_article.display.tables import cox as tables\nfrom living_article.statistics import cox"


def folded(source: str, *outputs, tags=()):
    cell = nb.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})
    cells = [nb.new_code_cell(IMPORTS), nb.new_markdown_cell("## Comparison\n\nText."), cell]
    fold(cells)
    assert "hide-input" in cells[0].metadata.tags
    return cell


@pytest.mark.parametrize(
    ("source", "tags", "said"),
    [
        ("x = logrank_test(a)\ny = len(x)", [], "Comparison (logrank_test)"),
        ("x = cox.fit(a)\nx = cox.fit(b)\ntables.one(x)", ["hide-input"], "Comparison (cox.fit)"),
        ("x = cox.table(a).set_index('b')", [], "Comparison (cox.table)"),
        ("x = 1", [], "Comparison"),
        ("alpha: float = 1", ["parameters"], "parameters"),
        ("import math", [], "imports"),
        ("import math\npatients = []", [], "imports and patients"),
    ],
)
def test_the_line_says_what_the_code_does(source, tags, said):
    cell = folded(source, tags=tags)
    assert "hide-input" in cell.metadata.tags
    assert cell.metadata.mystnb.code_prompt_show == f"Show code: {said}"
    assert cell.metadata.mystnb.code_prompt_hide == f"Hide code: {said}"


def test_code_that_shows_a_table_is_named_after_it():
    facts = {"kind": "table", "name": "table-s3", "caption": "**Table S3.** Medians."}
    output = nb.new_output("display_data", {"text/markdown": "x"}, metadata={"living_article": facts})
    assert folded("tables.one()", output).metadata.mystnb.code_prompt_show == "Show code: Table S3"


@pytest.mark.parametrize("tag", ["remove-input", "remove-cell"])
def test_code_that_is_not_shown_is_left_alone(tag):
    assert folded("x = 1", tags=[tag]).metadata == {"tags": [tag]}
