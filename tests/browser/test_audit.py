"""The table of the audit in a real browser: search, filters, sorting, addresses, keyboard; whole without a script."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from living_article.audit.outcome import Verdict
from living_article.audit.run import audit_folder
from living_article.display.audit_words import KEYS, LABELS

from .conftest import ROOT, THEMES, follow
from .test_code import violations

PAGE = "book/audit"
ROWS = "#audit-table > tbody > tr"
FINDINGS = audit_folder(ROOT / "data" / "published")
SETTLED = {Verdict.REPRODUCES, Verdict.DEFINITIONAL, Verdict.PATIENTS}


@pytest.fixture
def page(show):
    return show(PAGE)


def tool(page, name: str):
    return page.locator(f"#audit-tools [name={name}]")


def shown(page) -> list[str]:
    """Return the claims shown, in their order."""
    return page.eval_on_selector_all(f"{ROWS}:not([hidden])", "rows => rows.map(row => row.id.replace('claim-', ''))")


def ids(keep) -> list[str]:
    return [finding.id for finding in FINDINGS if keep(finding)]


def counted(page) -> str:
    return tool(page, "count").inner_text()


@pytest.mark.parametrize("verdict", sorted({f.verdict for f in FINDINGS}, key=lambda v: KEYS[v]))
def test_the_filter_of_verdicts_shows_these_claims_alone(page, verdict):
    tool(page, "verdict").select_option(label=LABELS[verdict])
    wanted = ids(lambda f: f.verdict is verdict)
    assert shown(page) == wanted
    assert counted(page) == f"{len(wanted)} of {len(FINDINGS)} claims"


def test_any_discrepancy_is_all_but_what_is_settled(page):
    tool(page, "verdict").select_option("discrepancy")
    assert shown(page) == ids(lambda f: f.verdict not in SETTLED)


def test_section_verdict_and_search_narrow_together_and_one_button_shows_all_again(page):
    tool(page, "section").select_option("cox")
    assert shown(page) == ids(lambda f: f.section == "cox")
    tool(page, "verdict").select_option("impossible")
    impossible = ids(lambda f: f.section == "cox" and f.verdict is Verdict.IMPOSSIBLE)
    assert shown(page) == impossible != []
    word = next(f for f in FINDINGS if f.id == impossible[0]).claim.split()[-1]
    tool(page, "q").fill(word.upper())
    assert impossible[0] in shown(page) and set(shown(page)) <= set(impossible)
    tool(page, "q").fill("no claim says this")
    assert shown(page) == [] and counted(page) == f"0 of {len(FINDINGS)} claims"
    page.get_by_role("button", name="Show all claims").click()
    expect(tool(page, "count")).to_have_text(f"All {len(FINDINGS)} claims")
    assert shown(page) == ids(lambda f: True)


def test_a_search_finds_words_of_the_working_in_any_order(page):
    tool(page, "q").fill("parts 30 few too")
    assert "abs_pathology" in shown(page)
    assert len(shown(page)) < 5


def test_every_column_sorts_both_ways_and_says_so(page):
    everything = shown(page)
    for place, head in enumerate(page.locator("#audit-table > thead th").all()):
        head.get_by_role("button").click()
        rising = shown(page)
        assert head.get_attribute("aria-sort") == "ascending"
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert page.locator("#audit-table > thead th[aria-sort]").count() == 1
        assert Counter(rising) == Counter(shown(page)) == Counter(everything)
        assert (rising == everything) == (place == 1), "the table begins in the order of the article"
        assert shown(page) != rising


def test_sorted_by_verdict_the_discrepancies_stand_together(page):
    page.locator("#audit-table > thead th").get_by_role("button", name="Verdict").click()
    verdicts = page.eval_on_selector_all(ROWS, "rows => rows.map(row => row.dataset.verdict)")
    order = [KEYS[v] for v in Verdict]
    assert verdicts == sorted(verdicts, key=order.index)


def test_the_keyboard_alone_searches_sorts_and_opens(page):
    tool(page, "q").focus()
    page.keyboard.type("renal")
    found = shown(page)
    assert 0 < len(found) < len(FINDINGS)
    for _ in range(4):  # section, verdict, open all, show all
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Claim"
    page.keyboard.press("Enter")
    assert page.locator("#audit-table > thead th[aria-sort=ascending]").count() == 1
    page.locator(f"#claim-{found[0]} summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#claim-{found[0]} .audit-working")).to_be_visible()


def test_one_button_opens_and_closes_all_working_that_is_shown(page):
    tool(page, "verdict").select_option("impossible")
    number = len(shown(page))
    button = page.get_by_role("button", name="Open all working")
    button.click()
    assert page.locator(f"{ROWS} details[open]").count() == number
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.locator(f"{ROWS} details[open]").count() == 0


def test_the_address_holds_the_filter(page, show):
    tool(page, "section").select_option("toxicity")
    tool(page, "q").fill("100% χ²")
    _, _, fragment = page.evaluate("location.href").partition("#")
    again = show(PAGE, fragment=f"#{fragment}")
    assert tool(again, "section").input_value() == "toxicity"
    assert tool(again, "q").input_value() == "100% χ²"
    assert shown(again) == shown(page)


@pytest.mark.parametrize("fragment", ["#q=%E0%A4%A", "#%E0%A4%A", "#section=none&verdict=<b>", "#claim-none", "#=&&="])
def test_a_malformed_address_leaves_a_table_that_works(show, fragment):
    page = show(PAGE, fragment=fragment)
    tool(page, "q").fill("renal")
    assert 0 < len(shown(page)) < len(FINDINGS)


def test_the_foot_of_a_section_leads_to_its_claims_alone(show):
    page = show("notebooks/toxicity")
    follow(page, page.locator("a.audit-foot"))
    assert shown(page) == ids(lambda f: f.section == "toxicity")


def test_the_address_of_a_claim_opens_its_working(show):
    page = show(PAGE, fragment="#claim-abs_pathology")
    expect(page.locator("#claim-abs_pathology .audit-working")).to_be_visible()
    assert page.locator(f"{ROWS} details[open]").count() == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_it_is_accessible_and_fits_with_all_working_open(show, size, theme):
    page = show(PAGE, size=size, theme=theme, fragment="#verdict=impossible")
    page.get_by_role("button", name="Open all working").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_every_claim_is_there_and_opens(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / f"{PAGE}.html").as_uri())
    assert page.locator(f"{ROWS} >> visible=true").count() == len(FINDINGS)
    assert not page.locator("#audit-tools").is_visible()
    page.locator("#claim-abs_pathology summary").click()
    expect(page.locator("#claim-abs_pathology .audit-working")).to_be_visible()
    context.close()
