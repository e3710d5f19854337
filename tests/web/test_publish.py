from __future__ import annotations

import nbformat.v4 as nb

from living_article.web.publish import published

FACTS = {"kind": "figure", "name": "figure-2", "caption": "**Figure 2.** Curves.", "alt": "Two curves."}


def figure():
    return nb.new_output("display_data", {"image/svg+xml": "<svg/>"}, metadata={"living_article": FACTS})


def text(words):
    return nb.new_output("display_data", {"text/markdown": words})


def publish(*outputs, **metadata):
    cell = nb.new_code_cell("draw()", outputs=list(outputs), metadata=metadata, id="cell-001")
    return published(nb.new_notebook(cells=[cell])).cells


def test_a_figure_gets_caption_label_and_alt_text():
    (cell,) = publish(figure(), tags=["hide-input"])
    assert cell.metadata.mystnb == {
        "figure": {"name": "figure-2", "caption": "**Figure 2.** Curves."},
        "image": {"alt": "Two curves."},
        "code_prompt_show": "Show code: Figure 2",
        "code_prompt_hide": "Hide code: Figure 2",
    }
    assert (cell.source, cell.metadata.tags) == ("draw()", ["hide-input"])


def test_neighbours_of_a_figure_stay_outside_it_and_in_order():
    cells = publish(text("a"), text("b"), figure(), text("c"), figure())
    assert ["figure" in cell.metadata.get("mystnb", {}) for cell in cells] == [False, True, False, True]
    assert [len(cell.outputs) for cell in cells] == [2, 1, 1, 1]
    assert cells[0].source == "draw()"
    for cell in cells[1:]:
        assert cell.source.strip()
        assert "remove-input" in cell.metadata.tags
    assert len({cell.id for cell in cells}) == 4


def test_notes_of_a_table_get_a_box_and_a_table_without_notes_none():
    table = ":::{table} **Table 4.** A\n:name: table-4\n\n| a |\n| :--- |\n| 1 |\n:::\n"
    facts = {"kind": "table", "name": "table-4", "caption": "**Table 4.** A"}
    for notes, boxed in (("\nOne.\n\nTwo.\n", "\n:::{container} table-notes\nOne.\n\nTwo.\n:::\n"), ("", "")):
        output = nb.new_output("display_data", {"text/markdown": table + notes}, metadata={"living_article": facts})
        (cell,) = publish(output)
        assert cell.outputs[0].data["text/markdown"] == table + boxed


def test_other_cells_and_the_executed_notebook_stay_as_they_are():
    cell = nb.new_code_cell("draw()", outputs=[figure()], id="cell-001")
    node = nb.new_notebook(cells=[nb.new_markdown_cell("# A", id="a"), cell, nb.new_code_cell("1", id="b")])
    page = published(node)
    assert page.cells[0] == node.cells[0]
    assert page.cells[2].source == node.cells[2].source
    assert not any("mystnb" in cell.metadata for cell in node.cells)


def test_a_display_the_study_has_nothing_for_leaves_no_code_behind():
    cells = [
        nb.new_code_cell(source, metadata={"tags": ["hide-input"]})
        for source in ("import math", "if external:\n    show()")
    ]
    assert [c.source for c in published(nb.new_notebook(cells=cells)).cells] == ["import math"]


def test_a_foot_is_the_last_cell_and_none_adds_nothing():
    node = nb.new_notebook(cells=[nb.new_markdown_cell("# Title", id="title")])
    assert [cell.source for cell in published(node, "The foot.").cells] == ["# Title", "The foot."]
    assert len(published(node).cells) == 1
