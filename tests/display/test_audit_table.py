"""The table of claims: complete without a script, and safe to show any text."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from living_article.audit.outcome import Attempt, Verdict
from living_article.audit.reconstructed import Beside
from living_article.audit.run import Finding, Place, audit_folder
from living_article.display.audit_table import table, working

FOLDER = Path(__file__).parents[2] / "data" / "published"
PAGES = {"cox": "../notebooks/cox.html"}


@pytest.fixture(scope="module")
def findings():
    return audit_folder(FOLDER)


@pytest.fixture(scope="module")
def page(findings):
    return BeautifulSoup(table(findings, PAGES), "html.parser")


def test_every_claim_has_a_row_that_is_shown_and_opens(findings, page):
    rows = page.select("#audit-table > tbody > tr")
    assert [row["id"] for row in rows] == [f"claim-{f.id}" for f in findings]
    for row in rows:
        assert not row.has_attr("hidden")
        assert row.th.details.summary.text.strip() and row.th.find(class_="audit-working").text.strip()
        assert [cell["data-label"] for cell in row.find_all("td", recursive=False)] == [
            *("Section", "Printed", "Recomputed", "Verdict"),
        ]
        assert all(cell.text.strip() for cell in row.find_all("td", recursive=False))


def test_ids_are_unique_and_every_section_has_an_anchor(findings, page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {f"audit-{f.section}" for f in findings} <= set(ids)


def test_the_tools_are_hidden_until_a_script_shows_them_and_are_labelled(page):
    tools = page.find(id="audit-tools")
    assert tools.has_attr("hidden")
    for field in tools.find_all(["input", "select"]):
        assert field.find_parent("label").text.strip()
    assert tools.output["aria-live"] == "polite"
    assert len(tools.find("select", {"name": "verdict"}).find_all("option")) == len(Verdict) + 2


def test_sections_link_to_their_pages_where_these_are_known(page):
    links = {a["href"] for a in page.select("td[data-label=Section] a")}
    assert links == {"../notebooks/cox.html"}


def finding(**changed):
    given = {
        "id": "one", "section": "cox", "grain": "statistic", "check": "contingency.p", "claim": "A < B & C",
        "printed": (Place("p", "Table 1", "P value", "<0.05"),), "verdict": Verdict.ONLY_WITH, "detail": "truncation",
        "attempts": (Attempt("a test", "0.041", "truncation", 0.041, True, 0.1), Attempt("other", "0.2", "", 0.2, False, 0.1)),
        "working": ("A step.",), "meaning": "It means.", "cohort": (Beside("P value", "<0.05", "0.200", False),),
    }  # fmt: skip
    return Finding(**given | changed)


def test_the_working_tells_all():
    text = BeautifulSoup(working(finding()), "html.parser").get_text(" ")
    for part in ("For the reader: It means.", "<0.05 (Table 1, P value)", "A test", "Other *", "yes, truncated",
                 "2 methods tried", "about 0.190", "A step.", "0.200, printed <0.05, differs"):  # fmt: skip
        assert part in text.replace("  ", " "), part


def test_the_bound_of_an_impossible_value_is_shown():
    text = BeautifulSoup(working(finding(verdict=Verdict.IMPOSSIBLE, detail="1 < 2")), "html.parser").get_text()
    assert "Bound: 1 < 2." in text


def test_a_method_begins_with_a_capital_but_not_with_a_capital_chi():
    chi = Attempt("χ² with 1 degree of freedom", "0.2", "", 0.2, False, 0.1)
    text = BeautifulSoup(working(finding(attempts=(chi,))), "html.parser").get_text()
    assert "χ² with" in text and "Χ²" not in text


def test_text_is_escaped():
    page = BeautifulSoup(table([finding()], {}), "html.parser")
    assert page.summary.text == "A < B & C" and page.find("td", {"data-label": "Printed"}).text == "<0.05"
