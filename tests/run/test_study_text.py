from __future__ import annotations

import re
from pathlib import Path

import jupytext
import pytest

from living_article.run.study_text import EVERYTHING, MARKS, citation, for_study, holding

ROOT = Path(__file__).parents[2]
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
    cells = for_study(node, EVERYTHING).cells
    assert [c.source for c in cells] == [
        "# Title\nThe article says so.\nThis is said of every study.",
        "## Beside the printed table",
        "printed = 1",
        "shown = 2",
        "Only the article speaks here.",
    ]
    assert [c.metadata.get("tags", []) for c in cells] == [[], [], ["hide-input"], ["remove-input"], []]


def test_what_is_marked_goes_for_another_study(node):
    cells = for_study(node, EVERYTHING - {"article"}).cells
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


STUDY_FILE = """\
response: {column: best, levels: {CR: complete}, lesion: target}
lesions: {target: {label: Target}}
provenance: {kind: patients}
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (STUDY_FILE, {"response", "classified", "diameters"}),
        ("response: {column: best}\nprovenance: {kind: simulated}\n", {"response", "drawn"}),
        ("article: {citation: another2021}\nsensitivity: {}\nprovenance: {kind: patients}\n", {"listed"}),
        ("response: 3\n", EVERYTHING - {"article"}),
    ],
)
def test_words_that_hold_of_a_study(tmp_path, text, words):
    (tmp_path / "study.yml").write_text(text)
    assert holding(tmp_path / "study.yml", article=False) == words
    assert holding(tmp_path / "study.yml", article=True) == words | {"article"}


def test_a_mark_with_no_stays_where_the_word_does_not_hold():
    source = "# %% [markdown]\n# Listed. <!-- listed -->\n# Not listed. <!-- no listed -->\n"
    for holds, said in ((EVERYTHING, "Listed."), (EVERYTHING - {"listed"}, "Not listed.")):
        assert [c.source for c in for_study(jupytext.reads(source, fmt="py:percent"), holds).cells] == [said]


def test_every_mark_in_a_notebook_is_known():
    for notebook in sorted((ROOT / "notebooks").glob("*.py")):
        text = notebook.read_text(encoding="utf-8")
        for mark in re.findall(r"<!-- (.*?) -->", text):
            assert mark.removeprefix("no ") in MARKS, (notebook.name, mark)
