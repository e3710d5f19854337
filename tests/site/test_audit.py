"""The audit in the built book: every claim, its downloads, and a line at the foot of each section."""

from __future__ import annotations

import csv
import json

from living_article.audit.run import audit_folder, by_section

PAGE = "book/audit"


def findings(project):
    return audit_folder(project.root / "data" / "published")


def test_every_claim_is_a_row_shown_without_a_script(pages, project):
    rows = pages[PAGE].select("#audit-table > tbody > tr")
    assert [row["id"] for row in rows] == [f"claim-{f.id}" for f in findings(project)]
    assert not any(row.has_attr("hidden") for row in rows)


def test_the_verdicts_of_the_page_are_those_of_the_engine(pages, project):
    shown = {
        row["id"]: row.find("td", {"data-label": "Verdict"}).get_text() for row in pages[PAGE].select("tbody > tr[id]")
    }
    for f in findings(project):
        assert shown[f"claim-{f.id}"].endswith(f.verdict_text), f.id


def test_the_downloads_are_there(pages, project, site):
    links = {link.get_text(): link["href"] for link in pages[PAGE].select("a.download")}
    folder = (site / PAGE).parent
    with (folder / links["CSV"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    content = json.loads((folder / links["JSON"]).read_text(encoding="utf-8"))
    assert len(rows) == content["claims"] == len(findings(project))


def test_every_section_with_claims_leads_to_them(pages, project):
    linked = {
        link["href"].split("#audit-")[1]: name for name, page in pages.items() for link in page.select("a.audit-foot")
    }
    assert set(linked) == set(by_section(findings(project)))
    for section, name in linked.items():
        assert name == {"abstract": "index", "discussion": "book/discussion"}.get(section, f"notebooks/{section}")


def test_the_reconstructed_cohort_stands_beside_the_printed_values(pages):
    text = pages[PAGE].select_one("#claim-surv_median_os_observation").get_text()
    assert "cohort: 22.0" in text


def test_script_and_style_are_loaded_from_the_book(pages, site):
    for name in ("audit.js", "audit.css"):
        assert (site / "_static" / name).is_file()
        assert any(name in (tag.get("src") or tag.get("href") or "") for tag in pages[PAGE].select("script, link"))
