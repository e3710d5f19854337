"""What every notebook keeps to: readable cells, declared parameters, nothing of the study typed into code."""

import ast
import re
from pathlib import Path
from statistics import median

import jupytext
import pytest
import yaml

from living_article.run.parameters import SHARED, read_parameters

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
MODULES = sorted((ROOT / "src" / "living_article").rglob("*.py"))
SECTIONS = ["baseline", "cox", "methods", "nomogram", "response", "sensitivity", "survival", "toxicity", "validation"]
# Words of the study file that are also ordinary words of the programme.
ORDINARY = {"arm", "age", "other", "yes", "no", "high", "low", "primary", "years", "Age", "Yes", "No", "months"}


def study_words() -> set[str]:
    """Return the columns, level codes, arm ids and labels of the shipped study file."""
    raw = yaml.safe_load((ROOT / "data" / "study.yml").read_text("utf-8"))
    words = {raw["patient"], raw["arms"]["column"], *raw["arms"]["levels"], *raw["endpoints"], *raw["covariates"]}
    for arm in raw["arms"]["levels"].values():
        words |= set(arm.values())
    for endpoint in raw["endpoints"].values():
        words |= {endpoint[key] for key in ("label", "short", "time", "event", "date")}
    for covariate in raw["covariates"].values():
        words |= {covariate["label"], covariate.get("column", ""), *covariate.get("levels", {})}
    for group in raw["toxicity"]["groups"].values():
        words |= {*group["events"], *group["events"].values()}
    for lesion in raw["lesions"].values():
        words |= {lesion["before"], lesion["after"], lesion["label"]}
    return words - ORDINARY - {""}


def string_constants(source: str) -> set[str]:
    return {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_one_notebook_a_section():
    assert [path.stem for path in NOTEBOOKS] == SECTIONS


def test_no_ipynb_among_the_sources():
    assert not list((ROOT / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_parameters_are_declared_and_saved(path):
    parameters = read_parameters(path)
    assert list(parameters)[:3] == list(SHARED)
    last = jupytext.read(path).cells[-1].source
    assert "section.save(" in last
    for name in parameters:
        assert re.search(rf"\b{name}=", last), f"{name} is not written to the results"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_numbers_are_declared_with_their_range(path):
    """Or a time below zero would be refused by a traceback from the middle of a notebook."""
    for parameter in read_parameters(path).values():
        if re.search(r"\b(int|float)\b", parameter.type):
            assert parameter.range, f"{parameter.name} has no range"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_cells_are_short_and_prose_surrounds_them(path):
    cells = jupytext.read(path).cells
    lengths = [len([line for line in c.source.splitlines() if line.strip()]) for c in cells if c.cell_type == "code"]
    assert max(lengths) <= 15, f"a cell of {max(lengths)} lines"
    assert median(lengths) <= 10
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    words = sum(len(c.source.split()) for c in cells if c.cell_type == "markdown")
    assert words >= 120


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_one_sentence_a_line(path):
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                assert not re.search(r"[a-z)`][.?!] [A-Z]", re.sub(r"\*\*.*?\*\*", "", line)), line


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_prose_types_no_result(path):
    """A decimal number or a percentage in a markdown cell would be a typed result."""
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"\{cite\}`[^`]*`|\[[^\]]*\]\([^)]*\)|RECIST 1\.1|`[^`]*`", "", cell.source)
            assert not re.search(r"\d+\.\d+|\d ?%", prose), prose


@pytest.mark.parametrize("path", [*NOTEBOOKS, *MODULES], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_column_label_or_arm_is_hard_coded(path):
    if "reconstruct" in path.parts:
        pytest.skip("the generator writes exactly the shipped cohort and names its columns")
    typed = string_constants(path.read_text("utf-8")) & study_words()
    assert not typed, f"{path.name} types words of the study file: {sorted(typed)}"
