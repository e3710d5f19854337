"""The calculator in a real browser: exact against the Python model, usable by keyboard, honest about bad values."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.analysis.prediction_model import prediction_model
from living_article.display.calculator import calculator
from living_article.patients.cohort import load_cohort
from living_article.statistics import cox, nomogram
from living_article.statistics.design import NUMERIC, design
from living_article.statistics.estimable import estimable
from living_article.study import load_study
from living_article.web.calculator import SCRIPTS
from tests.display.cox_records import DEATH
from tests.display.nomogram_records import EXAMPLE, example_study, fitted

from .conftest import ROOT, THEMES, follow
from .test_pages import RULES

PAGE = "book/calculator"
STUDY = load_study(ROOT / "data" / "study.yml")
TOLERANCE = 1e-10
NUMBER = next(c.id for c in STUDY.covariates.values() if c.kind == "continuous" and c.id in STUDY.model.terms)
COUNT = next(c.id for c in STUDY.covariates.values() if c.kind == "count" and c.id in STUDY.model.terms)
CHOICE = next(c.id for c in STUDY.covariates.values() if not c.numeric and c.id in STUDY.model.terms)

# Fill the controls as a reader does, patient by patient, and read what the page shows, with all digits.
DRIVE = """(patients) => {
  const form = document.getElementById("calculator");
  const shown = (selector) => Number(form.querySelector(selector).value);
  return patients.map((patient) => {
    for (const [term, text] of Object.entries(patient)) document.getElementById(`calculator-${term}`).value = text;
    form.dispatchEvent(new Event("input"));
    const terms = [...form.querySelectorAll("[data-term] data")].map((number) => Number(number.value));
    const ends = [...form.querySelectorAll('[data-value^="horizon"]')].flatMap(
      ({ value, dataset }) => [value, dataset.low, dataset.high].map(Number));
    return [...terms, shown('[data-value="total"]'), ...ends];
  });
}"""


@pytest.fixture(scope="module")
def drawn() -> nomogram.Nomogram:
    """The model in Python, fitted from the patient table: nothing of the page's numbers."""
    endpoint, names = chosen_model(STUDY)
    data = model_frame(load_cohort(STUDY), endpoint, names)
    usable = estimable(data.design, data.time, data.event).design
    return nomogram.nomogram(cox.fit(usable.matrix, data.time, data.event), usable)


def random_patients(drawn: nomogram.Nomogram, number: int) -> pd.DataFrame:
    """Return patients whose values lie anywhere in the support, its ends among them."""
    rng = np.random.default_rng(12)
    table = {}
    for term in drawn.design.terms:
        if term.kind in NUMERIC:
            low, high = drawn.design.matrix[term.name].agg(["min", "max"])
            whole = rng.integers(low, high + 1, number).astype(float)
            table[term.name] = (
                whole if term.kind == "count" else np.clip(whole + rng.choice([0, 0.3], number), low, high)
            )
        else:
            table[term.name] = rng.choice(term.levels, number)
    return pd.DataFrame(table)


@pytest.fixture
def page(show):
    return show(PAGE)


def value(page, term: str):
    return page.locator(f"#calculator-{term}")


def summary(page) -> str:
    return page.locator("#calculator-summary").inner_text()


def number_shown(page, name: str) -> float:
    return float(page.locator(f'[data-value="{name}"]').get_attribute("value"))


def test_a_thousand_patients_get_what_the_python_model_gives(page, drawn):
    patients = random_patients(drawn, 1000)
    x = design(patients, drawn.design.terms).matrix
    survival = cox.predict_survival(drawn.model, x, STUDY.horizons)[["survival", "low", "high"]].to_numpy()
    wanted = np.hstack([nomogram.points(drawn, x).to_numpy(), survival.reshape(len(x), -1)])
    found = np.array(page.evaluate(DRIVE, patients.astype(str).to_dict("records")))
    assert np.ptp(wanted, axis=0).min() > 1e-3, "every number varies"
    assert np.abs(found - wanted).max() < TOLERANCE


@pytest.mark.parametrize("fewest", [0, 5])
def test_a_model_of_another_study_is_computed_as_exactly(browser, tmp_path, fewest):
    """Terms with three levels, and a baseline of coarse steps: the form alone, without the book around it."""
    other, study, horizons = fitted(), example_study(), [12, 36]
    numbers = prediction_model(other, DEATH.id, horizons, EXAMPLE, conf_level=0.9, fewest=fewest)
    scripts = [(ROOT / "book" / "calculator" / name).read_text() for name in SCRIPTS]
    (tmp_path / "page.html").write_text(calculator(numbers, study, "", scripts)["form"], encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    patients = random_patients(other, 200)
    x = design(patients, other.design.terms).matrix
    survival = cox.predict_survival(other.model, x, horizons, 0.9)[["survival", "low", "high"]].to_numpy()
    wanted = np.hstack([nomogram.points(other, x).to_numpy(), survival.reshape(len(x), -1)])
    found = np.array(page.evaluate(DRIVE, patients.astype(str).to_dict("records")))
    page.close()
    assert np.abs(found - wanted).max() < TOLERANCE


def test_the_curve_is_that_of_the_model(page, drawn):
    patients = random_patients(drawn, 5)
    x = design(patients, drawn.design.terms).matrix
    times = cox.baseline(drawn.model).time
    wanted = cox.predict_survival(drawn.model, x, times)[["survival", "low", "high"]].to_numpy().reshape(5, -1, 3)
    steps = page.evaluate(
        """(patients) => {
          const model = JSON.parse(document.getElementById("calculator-model").textContent);
          return patients.map((patient) => calculator.curve(model, patient));
        }""",
        patients.to_dict("records"),
    )
    for own, theirs in zip(steps, wanted, strict=True):
        assert [step["time"] for step in own] == [0, *times]
        found = np.array([[step[side] for side in ("survival", "low", "high")] for step in own])
        assert np.abs(found - np.vstack([np.ones((1, 3)), theirs])).max() < TOLERANCE


def test_it_opens_with_the_worked_example_of_the_section(page, project):
    from living_article.records import read_results

    results = read_results(project.build / "stage" / "results" / "nomogram.json")
    assert number_shown(page, "total") == pytest.approx(results.one("total_points").value, abs=TOLERANCE)
    for place, horizon in enumerate(STUDY.horizons):
        wanted = results.one("survival_prediction", horizon=horizon)
        assert number_shown(page, f"horizon-{place}") == pytest.approx(wanted.value, abs=TOLERANCE)
        assert f"at {horizon:g} {STUDY.primary.unit} {100 * wanted.value:.1f}%" in summary(page)


def test_the_nomogram_section_leads_here(show):
    page = show("notebooks/nomogram")
    follow(page, page.locator("article").get_by_role("link", name="calculator", exact=True).first)
    assert page.locator("#calculator").is_visible()


def test_markers_move_on_the_axes_and_the_curve_is_drawn(page):
    def marker() -> float:
        page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(true)))")
        return float(page.locator(f'[data-term="{COUNT}"] svg .marker').get_attribute("cx"))

    value(page, COUNT).fill("2")
    left, total = marker(), number_shown(page, "total")
    value(page, COUNT).fill("5")
    assert marker() > left and number_shown(page, "total") > total
    assert page.locator("#calculator-curve .band").count() == 1
    assert page.locator("#calculator-curve .interval").count() == len(STUDY.horizons)
    assert "Predicted" in page.locator("#calculator-curve").get_attribute("aria-label")


@pytest.mark.parametrize(
    ("term", "text", "said"),
    [
        (NUMBER, "97", "97 is outside the data"),
        (NUMBER, "-3", "-3 is outside the data"),
        (NUMBER, "", "enter a number from"),
        (COUNT, "1.5", "only whole numbers occur"),
    ],
)
def test_a_value_without_support_gets_no_prediction(page, term, text, said):
    value(page, term).fill(text)
    assert said in page.locator(f"#calculator-{term}-problem").inner_text()
    assert value(page, term).get_attribute("aria-invalid") == "true"
    assert summary(page).startswith("No prediction.") and said in summary(page)
    for name in ("total", *(f"horizon-{place}" for place in range(len(STUDY.horizons)))):
        shown = page.locator(f'[data-value="{name}"]')
        assert (shown.inner_text(), shown.get_attribute("value")) == ("–", "")
    page.wait_for_function("() => !document.querySelector('#calculator-curve .band')")
    page.get_by_role("button", name="Reset").click()
    assert summary(page).startswith("Total") and value(page, term).get_attribute("aria-invalid") == "false"


def test_a_total_that_no_patient_has_is_said(page, drawn):
    axes = drawn.axes.sort_values("points").groupby("term").last()
    for term, end in axes.iterrows():
        if end["level"] is None or pd.isna(end["level"]):
            value(page, term).fill(f"{end['value']:g}")
        else:
            value(page, term).select_option(end["level"])
    assert "No patient of the data has such a total" in summary(page)
    assert number_shown(page, "total") == pytest.approx(drawn.highest, abs=TOLERANCE)


def test_an_address_holds_a_patient(page, show, drawn):
    patient = random_patients(drawn, 1).iloc[0].to_dict()
    other = show(PAGE, fragment=f"#{urlencode(patient)}")
    assert other.locator("#calculator-link").inner_text() == ""
    for term, given in patient.items():
        shown = value(other, term).input_value()
        assert (float(shown) if not isinstance(given, str) else shown) == given
    value(page, NUMBER).fill(value(other, NUMBER).input_value())
    value(page, COUNT).fill("3")
    address = page.evaluate("location.href")
    assert f"{COUNT}=3" in address
    again = show(PAGE, fragment=f"#{address.partition('#')[2]}")
    assert summary(again) == summary(page)
    page.get_by_role("button", name="Reset").click()
    assert "#" not in page.evaluate("location.href")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        (f"#{NUMBER}=97", "97 is outside the data"),
        (f"#{NUMBER}=abc", "“abc” is not a number"),
        (f"#{NUMBER}=30&{NUMBER}=31", "given twice, the first is used"),
        (f"#{CHOICE}=%3Cb%3E", "“<b>” is none of"),
        ("#shoe_size=43", "“shoe_size” is not a variable of this model"),
        ("#__proto__=1&constructor=2", "“__proto__” is not a variable"),
        (f"#{NUMBER}=%E0%A4%A", "is not a number"),
        (f"#{NUMBER}=1e400", "is not a number"),
        ("#&&==&", "is not a variable"),
        ("#nothing", "“nothing” is not a variable"),
    ],
)
def test_a_malformed_address_is_explained_and_predicts_nothing(show, fragment, said):
    page = show(PAGE, fragment=fragment)
    told = page.locator("#calculator-link").inner_text()
    assert told.startswith("This link cannot be read in full.") and said in told
    assert "It has no value for" in told
    assert summary(page).startswith("No prediction.")
    page.get_by_role("button", name="Reset").click()
    assert page.locator("#calculator-link").inner_text() == "" and summary(page).startswith("Total")


def test_the_address_of_a_heading_is_no_patient(show):
    page = show(PAGE, fragment="#how-it-is-computed")
    assert page.locator("#calculator-link").inner_text() == "" and summary(page).startswith("Total")


def test_copying_gives_a_link_or_says_why_not(page):
    button, copied = page.get_by_role("button", name="Copy link"), page.locator("#calculator-copied")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button.click()
    page.wait_for_function("() => document.getElementById('calculator-copied').textContent")
    assert re.fullmatch(r"Link copied\.|Copy this link: file:.*#.*=.*", copied.inner_text())
    value(page, NUMBER).fill("")
    button.click()
    expect(copied).to_have_text("There is no link before every value is given.")


def test_the_keyboard_reaches_every_control_in_order_and_changes_it(page):
    wanted = [f"calculator-{term}" for term in STUDY.model.terms] + ["reset", "copy"]
    page.locator(f"#{wanted[0]}").focus()
    reached = []
    for _ in wanted:
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", f"focus is not visible on {reached[-1]}"
        page.keyboard.press("Tab")
    assert reached == wanted
    before = number_shown(page, "total")
    value(page, COUNT).focus()
    page.keyboard.press("ArrowUp")
    assert number_shown(page, "total") != before


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_it_is_accessible_with_and_without_a_prediction(show, size, theme):
    page = show(PAGE, size=size, theme=theme, fragment=f"#{NUMBER}=97")
    found = Axe().run(page, options=RULES).response["violations"]
    page.get_by_role("button", name="Reset").click()
    found += Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_labels_of_an_axis_do_not_overlap(show, drawn, size):
    page = show(PAGE, size=size)
    for patient in random_patients(drawn, 8).astype(str).to_dict("records"):
        page.evaluate(DRIVE, [patient])
        page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(true)))")
        overlapping = page.evaluate(
            """() => [...document.querySelectorAll("#calculator svg")].flatMap((svg) => {
              const boxes = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBBox()]);
              return boxes.flatMap(([a, one], i) => boxes.slice(i + 1).filter(([, two]) =>
                one.x < two.x + two.width && two.x < one.x + one.width &&
                one.y < two.y + two.height && two.y < one.y + one.height).map(([b]) => `${a} / ${b}`));
            })"""
        )
        assert overlapping == []


def test_without_a_script_the_page_says_so(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / f"{PAGE}.html").as_uri())
    told = page.locator("article noscript p")  # Playwright takes all of noscript for invisible
    assert told.inner_text().startswith("The calculator needs JavaScript")
    assert told.evaluate("told => told.getBoundingClientRect().height") > 10
    assert not page.locator("#calculator").is_visible()
    context.close()
