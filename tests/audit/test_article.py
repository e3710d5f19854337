"""The claims of the article: many, covering what is printed, with the verdicts that were committed."""

import re
from pathlib import Path

import pytest

from living_article.audit import expectation
from living_article.audit.claims import load_claims
from living_article.audit.outcome import Verdict
from living_article.audit.registry import CHECKS
from living_article.audit.run import audit
from living_article.published import VERDICTS, load_published

FOLDER = Path(__file__).parents[2] / "data" / "published"
SECTIONS = {
    *("abstract", "methods", "baseline", "survival", "response", "toxicity", "cox", "nomogram", "validation"),
    "discussion",
}


@pytest.fixture(scope="module")
def published():
    return load_published(FOLDER)


@pytest.fixture(scope="module")
def claims(published):
    return load_claims(published)


@pytest.fixture(scope="module")
def findings(published, claims):
    return audit(published, claims)


def test_there_are_many_claims_of_every_section_and_family(claims):
    assert len(claims) >= 250
    assert {claim.section for claim in claims} == SECTIONS
    assert {claim.check for claim in claims} == set(CHECKS)
    assert all(claim.claim[0].isupper() or claim.claim[0] in "χtP" for claim in claims)


def test_every_result_that_is_printed_is_in_a_claim(published, claims):
    used = {id for claim in claims for id in claim.printed}
    used |= {
        term.lstrip("+-") for c in claims for rows in c.inputs.values() for r in rows for sum_ in r for term in sum_
    }
    # dates of the journal, doses and the guideline are told in the book and support no arithmetic
    told = re.compile(r"fm_|intro_|meth_|t1_ldh_threshold|.*_horizon$")
    assert {v.id for v in published if v.id not in used and not told.match(v.id)} == set()


def test_the_verdicts_are_the_committed_ones(findings):
    changed = expectation.changes(findings, expectation.read(FOLDER / VERDICTS))
    assert changed == [], "if that is right: article audit --write-expect data/published/verdicts.csv"


# Anchors, each worked out by hand or in R beside this code, so that committed verdicts cannot drift all at once.
@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("resp_orr_observation", "reproduces only with truncation"),  # 13/55 = 23.636…%
        ("resp_sum_observation", "internally inconsistent"),  # 1 + 12 + 14 + 26 = 53
        ("resp_dcr_observation", "internally inconsistent"),  # 27/55 = 49.09%, 29/55 = 52.73%
        ("resp_dcr_bound", "reproduces"),  # R: 29/55 against 12/40, chisq.test P = 0.0272
        ("resp_dcr_counts_bound", "reproduces only with a one-sided Pearson's χ² or 2 other methods tried"),  # 27/55
        ("base_tumour_type_p", "reproduces only with Yates's correction"),  # R: chisq.test P = 0.9531
        ("base_radiotherapy_p", "reproduces"),  # R: chisq.test(correct = FALSE) P = 0.5849
        ("tox_haematological_p", "does not reproduce"),  # R: 0.222, exact 0.275
        ("resp_orr_pair", "reproduces"),  # pchisq(4.135, 1, lower = FALSE) = 0.0420
        ("val_hl_pair", "internally inconsistent"),  # pchisq(8.23, 8, lower = FALSE) = 0.411
        ("cox_ldh_high_width", "impossible"),  # log(1.730/1.061)/3.92 = 0.125 < 2/√95 = 0.205
        ("cox_sex_width", "reproduces"),  # 0.247
        ("nomo_arm_direction", "internally inconsistent"),  # more points, hazard ratio 0.632
        ("surv_p_os", "needs patient data"),
        ("def_origin_os", "definitional"),
    ],
)
def test_anchors(findings, id, verdict):
    assert next(f for f in findings if f.id == id).verdict_text == verdict


def test_findings_tell_what_a_reader_needs(findings):
    for f in findings:
        assert f.working or f.attempts, f.id
        if f.verdict is Verdict.IMPOSSIBLE:
            assert f.detail, f.id
        if f.verdict not in (Verdict.DEFINITIONAL, Verdict.PATIENTS):
            assert f.recomputed, f.id
        if f.grain == "P value" and f.verdict is Verdict.NOT:
            assert "ignificant" in f.meaning, f.id


def test_the_tone_is_neutral(findings):
    loaded = re.compile(r"fabricat|fraud|fake|invent|mistake|wrong|manipulat|careless|suspicio|false\b", re.I)
    for f in findings:
        text = " ".join((f.claim, f.detail, f.meaning, *f.working))
        assert not loaded.search(text), (f.id, loaded.search(text))
