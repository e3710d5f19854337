from __future__ import annotations

import ast
import html

import pytest

from living_article.web.functions import imports, linked, module_page, page_name, public, source

CODE = """\
from living_article.display.tables import survival as tables
from living_article.section import open_section
from living_article.statistics import cox, zph
from living_article.statistics.response import CRITERIA
from living_article.statistics.rmst import rmst, rmst_difference
from lifelines import CoxPHFitter
zph = 3
"""


def plain(code: str) -> str:
    return html.escape(code, quote=False)


def name(word: str) -> str:
    return f'<span class="n">{word}</span>'


DOT, EQUALS = '<span class="o">.</span>', '<span class="o">=</span>'


def test_modules_and_members_are_told_apart():
    found = imports(CODE)
    assert found.modules == {"tables": "display.tables.survival", "cox": "statistics.cox"}
    assert found.members["rmst"] == ("statistics.rmst", "rmst")
    assert found.members["CRITERIA"] == ("statistics.response", "")
    assert "zph" not in found.modules, "the notebook gives the name another meaning"
    assert found.all() >= {"section", "statistics.rmst", "display.tables.survival"}


@pytest.mark.parametrize(
    ("markup", "target"),
    [
        (name("rmst"), "functions/statistics/rmst.html#rmst"),
        (name("cox") + DOT + name("from_lifelines"), "functions/statistics/cox.html#from_lifelines"),
        (name("cox") + DOT + name("FIT_OPTIONS"), 'functions/statistics/cox.html"'),
        (name("CRITERIA"), 'functions/statistics/response.html"'),
    ],
)
def test_a_name_leads_to_its_source(markup, target):
    assert f'<a class="source" href="../{target}' in linked(markup, imports(CODE), "../")


@pytest.mark.parametrize("markup", [name("other"), name("x") + DOT + name("rmst"), name("rmst") + EQUALS])
def test_other_names_attributes_and_keywords_do_not(markup):
    assert linked(markup, imports(CODE), "../") == markup


@pytest.mark.parametrize("module", ["statistics.rmst", "statistics.results", "section", "errors"])
def test_a_page_shows_the_whole_source_once_and_an_anchor_for_each_definition(module):
    pieces = []

    def keep(code: str) -> str:
        pieces.append(code)
        return ""

    page = module_page(module, keep)
    tree = ast.parse(source(module).read_text())
    body = tree.body[1:]
    wanted = [ast.dump(node) for node in body]
    assert [ast.dump(node) for piece in pieces for node in ast.parse(piece).body] == wanted
    for word in public(module):
        assert f'<section id="{word}"><h2>{word}</h2>' in page


def test_a_module_that_is_not_there_has_no_source():
    assert source("statistics.nothing") is None
    assert page_name("statistics.rmst") == "functions/statistics/rmst"
