"""Findings as CSV, JSON and text."""

import csv
import io
import json
from pathlib import Path

import pytest

from living_article.audit import export
from living_article.audit.run import audit_folder

TRIAL = Path(__file__).parent / "trial"


@pytest.fixture(scope="module")
def findings():
    return audit_folder(TRIAL)


def test_csv_has_a_row_for_every_claim(findings):
    rows = list(csv.DictReader(io.StringIO(export.as_csv(findings))))
    assert [row["id"] for row in rows] == [f.id for f in findings]
    by_id = {row["id"]: row for row in rows}
    assert by_id["response_statistic"]["recomputed"] == "5.1084"
    assert "Yates's correction: 4.2148;" in by_id["response_statistic"]["attempts"]


def test_json_holds_every_attempt_and_its_counts_add_up(findings):
    content = json.loads(export.as_json(findings))
    assert content["claims"] == len(content["findings"]) == sum(content["verdicts"].values())
    attempt = content["findings"][0]["attempts"][0]
    assert set(attempt) == {"method", "shown", "how", "value", "named", "chance"}


def test_text_names_every_claim_once_and_every_verdict(findings):
    text = export.as_text(findings)
    assert all(f"{f.claim} [" in text for f in findings)
    assert f"{len(findings)} claims" in text


def test_multiplicity_is_told_for_tests_and_for_searches(findings):
    tests, searches = export.tests_and_searches(findings)
    assert searches.claims == 2 and tests.claims == 11
    said = export.multiplicity_sentences(findings)
    assert "On 11 claims several tests were tried" in said[0] and "For 2 statistics other tables" in said[1]
    assert export.multiplicity_sentences([]) == []
