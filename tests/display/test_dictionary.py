"""The data dictionary names every column of the table and every derived covariate."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from living_article.display.dictionary import dictionary_page
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
PAGE = dictionary_page(STUDY)


def test_every_column_of_the_table_is_described():
    columns = set(pd.read_csv(STUDY.table, nrows=0).columns)
    described = set(re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE))
    derived = {c.id for c in STUDY.covariates.values() if c.derive}
    assert columns == described - derived
    assert derived <= described


def test_reference_level_comes_first():
    row = next(line for line in PAGE.splitlines() if line.startswith("| `sex`"))
    assert row.index("`female`") < row.index("`male`")


def test_an_acronym_in_the_badge_keeps_its_capitals():
    named = replace(STUDY, provenance=replace(STUDY.provenance, badge="Real patients of the GBSG-2 trial"))
    assert "; real patients of the GBSG-2 trial." in dictionary_page(named)


def test_no_blank_cell():
    assert not re.search(r"\| *\|", PAGE)
