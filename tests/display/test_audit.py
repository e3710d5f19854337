"""The audit page as a whole."""

import json
import re
from pathlib import Path

import pytest

from living_article.audit.outcome import Verdict
from living_article.audit.run import audit_folder
from living_article.display.audit import audit_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def findings():
    return audit_folder(ROOT / "data" / "published")


@pytest.fixture(scope="module")
def page(findings):
    return audit_page(findings, {"cox": "../notebooks/cox.html"})


def test_the_page_comes_with_its_downloads(findings, page):
    assert set(page) == {"book/audit.md", "book/audit.csv", "book/audit.json"}
    text = page["book/audit.md"]
    assert "{download}`CSV <audit.csv>`" in text and "{download}`JSON <audit.json>`" in text
    assert json.loads(page["book/audit.json"])["claims"] == len(findings)


def test_the_summary_counts_what_the_findings_hold(findings, page):
    text = page["book/audit.md"]
    settled = [f for f in findings if f.verdict not in (Verdict.DEFINITIONAL, Verdict.PATIENTS)]
    good = sum(f.verdict is Verdict.REPRODUCES for f in settled)
    assert f"The audit covers {len(findings)} claims." in text
    assert f"Of the {len(settled)} that can be recomputed from printed numbers, {good} (" in text
    for verdict in Verdict:
        assert f"({sum(f.verdict is verdict for f in findings)}): " in text


def test_no_template_blank_or_address_is_left_in_it(page):
    text = page["book/audit.md"]
    assert not re.search(r"\{\{|\bnan\b|\bNone\b|https?://", text)
    assert text.count("```{raw} html") == 2 and text.count("\n```\n") == 2


def test_another_article_without_several_attempts_has_a_page_too():
    found = audit_folder(ROOT / "tests" / "audit" / "trial")
    page = audit_page([f for f in found if f.check == "copies.equal"], {})["book/audit.md"]
    assert "No claim was tried by more than one method." in page
    only_open = [f for f in found if f.verdict in (Verdict.DEFINITIONAL, Verdict.PATIENTS)]
    assert "The audit covers 3 claims." in audit_page(only_open, {})["book/audit.md"]


def test_the_script_has_no_dependency_and_speaks_the_names_of_the_page():
    script = (ROOT / "book" / "_static" / "audit.js").read_text(encoding="utf-8")
    style = (ROOT / "book" / "_static" / "audit.css").read_text(encoding="utf-8")
    assert not re.search(r"https?://|import |require\(|fetch\(|eval\(|innerHTML", script)
    for name in ("audit-table", "audit-tools"):
        assert f'getElementById("{name}")' in script
    assert len(script) < 8000
    for verdict in Verdict:
        key = verdict.name.lower().replace("_", "-")
        assert f".v-{key} " in style and f".b-{key} " in style
