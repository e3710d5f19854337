"""Reading the survival curves in a browser: what is shown at a time is what the step functions of the package give."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from living_article.patients.cohort import load_cohort
from living_article.statistics.kaplan_meier import risk_table, step_curve, survival_at
from living_article.study import load_study

from .conftest import ROOT

PAGE = "notebooks/survival"


@pytest.fixture(scope="module")
def curves():
    """Curves of both arms by endpoint, in the order of the figures."""
    study = load_study(str(ROOT / "data" / "study.yml"))
    cohort = load_cohort(study)
    return {
        f"figure-{2 + place}": [step_curve(cohort.of(arm)[end.time], cohort.of(arm)[end.event]) for arm in study.arms]
        for place, end in enumerate(study.endpoints.values())
    }


def expected(curves, time):
    """Return the cells of the read-out at one time, an arm a row."""
    rows = []
    for curve in curves:
        at, count = survival_at(curve, time).iloc[0], risk_table(curve, time).iloc[0]
        if time > curve.last:
            rows.append(["–"] * 4)
            continue
        interval = f"{100 * at.low:.1f} to {100 * at.high:.1f}" if at.survival else "no interval"
        rows.append([f"{100 * at.survival:.1f}%", interval, f"{count.at_risk:.0f}", f"{count.events:.0f}"])
    return rows


def cells(figure):
    rows = figure.locator(".reading tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def point_at(page, figure, time):
    """Move the mouse to a time, by where matplotlib drew the ticks of the axis; return the time shown."""
    place = figure.evaluate(
        """(figure, time) => {
          const data = JSON.parse(figure.querySelector("script.drawing-data").textContent);
          const svg = figure.querySelector("svg"), box = svg.querySelector('[id$="curve-area"]').getBoundingClientRect();
          return [box.x + (time - data.x[0]) / (data.x[1] - data.x[0]) * box.width, box.y + box.height / 2];
        }""",
        time,
    )
    page.mouse.move(*place)
    return float(figure.locator(".reading strong").inner_text().split()[0])


@pytest.mark.parametrize("name", ["figure-2", "figure-3"])
def test_the_slider_reads_every_time_as_the_step_function_does(show, curves, name):
    figure = show(PAGE).locator(f"#{name}")
    slider = figure.locator("input[type=range]")
    longest = max(curve.last for curve in curves[name])
    drawn = np.random.default_rng(5).uniform(0, longest, 150).round(1)
    steps = [t for curve in curves[name] for t in (*curve.time[:12], curve.last)]
    for time in {0.0, *drawn, *(t for t in steps if t == round(t, 1))}:
        slider.evaluate("(s, t) => { s.value = t; s.dispatchEvent(new Event('input')); }", time)
        assert figure.locator(".reading strong").inner_text() == f"{time:.1f} months"
        assert cells(figure) == expected(curves[name], time), time


def test_arrow_keys_go_from_step_to_step(show, curves):
    page = show(PAGE)
    figure = page.locator("#figure-2")
    figure.locator("input[type=range]").focus()
    steps = np.unique(np.concatenate([curve.time for curve in curves["figure-2"]]))
    for time in steps[:25]:
        page.keyboard.press("ArrowRight")
        assert cells(figure) == expected(curves["figure-2"], time)
    page.keyboard.press("ArrowLeft")
    assert cells(figure) == expected(curves["figure-2"], steps[23])
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    assert cells(figure) == expected(curves["figure-2"], 12.0)
    page.keyboard.press("End")
    assert cells(figure) == expected(curves["figure-2"], steps[-1])
    page.keyboard.press("ArrowRight")
    assert cells(figure) == expected(curves["figure-2"], steps[-1])


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_mouse_reads_the_time_below_it_and_the_cross_meets_the_axis(show, curves, size):
    page = show(PAGE, size=size)
    figure = page.locator("#figure-2")
    figure.locator("svg").scroll_into_view_if_needed()
    for time in (3.0, 12.0, 24.0, 36.0, 50.0):
        shown = point_at(page, figure, time)
        assert shown == pytest.approx(time, abs=0.25)
        assert cells(figure) == expected(curves["figure-2"], shown)
    point_at(page, figure, 24.0)
    figure.locator("input").evaluate("s => { s.value = 24; s.dispatchEvent(new Event('input')); }")
    cross = figure.evaluate("f => f.querySelector('.reading-cross line').getBoundingClientRect().x")
    # the tick at 24 as matplotlib drew it: a mark of the time axis at the same place, to a tenth of a pixel
    marks = figure.evaluate(
        "f => [...f.querySelectorAll('svg use')].map(u => u.getBoundingClientRect()).map(b => b.x + b.width / 2)"
    )
    assert min(abs(mark - cross) for mark in marks) < 0.6


def test_the_dots_lie_on_the_curves(show, curves):
    figure = show(PAGE).locator("#figure-2")
    figure.locator("input").evaluate("s => { s.value = 12; s.dispatchEvent(new Event('input')); }")
    places = figure.evaluate(
        """f => {
          const box = f.querySelector('[id$="curve-area"]').getBBox(), [low, high] = [0, 1.03];
          return [...f.querySelectorAll(".reading-cross circle")]
            .map(c => high - (c.cy.baseVal.value - box.y) / box.height * (high - low));
        }"""
    )
    assert places == pytest.approx([survival_at(c, 12.0)["survival"][0] for c in curves["figure-2"]], abs=1e-4)


def test_what_is_read_is_announced_once_the_reader_pauses(show):
    page = show(PAGE)
    figure = page.locator("#figure-2")
    said = figure.locator("[aria-live=polite]")
    assert said.inner_text() == ""
    figure.locator("input").focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(said).to_contain_text("Progression-free survival at 36.0 months. ")
    text = said.inner_text()
    assert text.startswith("Progression-free survival at 36.0 months. ") and "at risk" in text and "95%" in text
    assert figure.locator("input").get_attribute("aria-valuetext") == "36.0 months"
    assert figure.locator("input").evaluate("s => s.labels[0].textContent").startswith("Read the curves at")


def test_beyond_the_follow_up_of_an_arm_nothing_is_read(show, curves):
    figure = show(PAGE).locator("#figure-2")
    shorter = min(curve.last for curve in curves["figure-2"])
    figure.locator("input").evaluate("(s, t) => { s.value = t; s.dispatchEvent(new Event('input')); }", shorter + 2)
    assert ["–"] * 4 in cells(figure)


def test_without_script_the_plain_figure_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / f"{PAGE}.html").as_uri())
    assert page.locator("#figure-2 svg").is_visible() and page.locator(".reading").count() == 0
    context.close()


def test_it_fits_a_phone_without_scrolling_sideways(show):
    page = show(PAGE, size="phone")
    for name in ("figure-2", "figure-3"):
        for part in (".drawing", ".reading table"):
            inner, outer = page.locator(f"#{name} {part}").evaluate("e => [e.scrollWidth, e.parentElement.clientWidth]")
            assert inner <= outer
