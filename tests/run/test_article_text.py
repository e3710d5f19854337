from __future__ import annotations

import jupytext
import pytest

from living_article.run.article_text import citation, for_study

SOURCE = """\
# %% [markdown]
# # Title
# The article says so. <!-- article -->
# This is said of every study.

# %% [markdown] tags=["article"]
# ## Beside the printed table

# %% tags=["hide-input", "article"]
printed = 1

# %% tags=["remove-input"]
shown = 2

# %% [markdown]
# Only the article speaks here. <!-- article -->
"""


@pytest.fixture
def node():
    return jupytext.reads(SOURCE, fmt="py:percent")


def test_the_marks_go_and_the_text_stays_for_the_article(node):
    cells = for_study(node, article=True).cells
    assert [c.source for c in cells] == [
        "# Title\nThe article says so.\nThis is said of every study.",
        "## Beside the printed table",
        "printed = 1",
        "shown = 2",
        "Only the article speaks here.",
    ]
    assert [c.metadata.get("tags", []) for c in cells] == [[], [], ["hide-input"], ["remove-input"], []]


def test_what_is_marked_goes_for_another_study(node):
    cells = for_study(node, article=False).cells
    assert [c.source for c in cells] == ["# Title\nThis is said of every study.", "shown = 2"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("article: {citation: someone2020}", "someone2020"),
        ("id: x", None),
        ("article: 3", None),
        ("a: [", None),
        ("", None),
    ],
)
def test_citation_of_a_study_file(tmp_path, text, key):
    (tmp_path / "study.yml").write_text(text)
    assert citation(tmp_path / "study.yml") == key


def test_a_study_file_that_is_missing_cites_nothing(tmp_path):
    assert citation(tmp_path / "study.yml") is None
