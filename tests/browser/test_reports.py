"""The pages of a comparison and of a sweep in a real browser: they fit a phone, can be read there, and are accessible."""

from __future__ import annotations

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from living_article.display.record_names import RecordNames
from living_article.display.sweep import sweep_page
from living_article.run.compare import compare_results
from living_article.study import load_study

from .conftest import ROOT, SIZES, THEMES
from .test_pages import RULES

STUDY = ROOT / "data" / "study.yml"


@pytest.fixture(scope="module")
def pages(project, tmp_path_factory) -> dict[str, str]:
    """Address of the page of each kind."""
    folder = tmp_path_factory.mktemp("reports")
    compare_results("published", str(project.build / "stage" / "results"), STUDY, folder / "compare")
    rows = pd.DataFrame(
        {
            "run": [1, 2], "value": [0.5, 0.7], "low": [0.3, 0.4], "high": [0.8, 1.2], "p": [0.01, 0.2], "note": None,
            "unit": "hazard ratio", "level": 0.05, "patients": ["", "exploratory: age"], "subset": ["[]", "age >= 60"],
        }
    )  # fmt: skip
    title = RecordNames(load_study(STUDY)).label(("survival", "hazard_ratio", "os", None, None, None))
    (folder / "sweep").mkdir()
    (folder / "sweep" / "index.html").write_text(
        sweep_page(title, rows, {"subset": ["[]", "age >= 60"]}, {3: "no such level"}, ["Real patients"]), "utf-8"
    )
    return {name: (folder / name / "index.html").as_uri() for name in ("compare", "sweep")}


@pytest.fixture
def report(browser, pages):
    """Return a function that opens a page."""
    contexts = []

    def call(name: str, size: str = "desktop", theme: str = "light"):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
        contexts.append(context)
        page = context.new_page()
        page.goto(pages[name])
        return page

    yield call
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["compare", "sweep"])
def test_it_fits_the_screen_and_the_drawing_is_not_smaller_than_it_can_be_read(report, name, size):
    page = report(name, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    scale = page.evaluate(
        "(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)(document.querySelector('svg'))"
    )
    assert scale * 9.5 >= 9, "pixels of the smallest type, of 9.5 points"
    if name == "compare":
        box = page.evaluate("(b => [b.scrollWidth, b.clientWidth])(document.querySelector('figure .wide'))")
        assert box[0] <= box[1] + 1, "a phone shows the drawing of a comparison whole"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["compare", "sweep"])
def test_it_is_accessible(report, name, theme):
    found = Axe().run(report(name, "phone", theme), options=RULES).response["violations"]
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == []


def test_what_scrolls_is_reached_and_moved_by_keyboard(report):
    page = report("compare", "phone")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=3000)


def test_names_are_words(report):
    text = report("compare").locator("main").inner_text()
    assert "Hazard ratio, all terms: Age (overall survival; cox)" in text and "hr_multivariable" not in text
