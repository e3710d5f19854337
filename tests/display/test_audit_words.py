"""Verdicts in words, and the line at the foot of a section."""

from types import SimpleNamespace

import pytest

from living_article.audit.outcome import Verdict
from living_article.display import audit_words


def findings(section="cox", **counts):
    return [
        SimpleNamespace(section=section, verdict=Verdict[name.upper()]) for name, n in counts.items() for _ in range(n)
    ]


def test_every_verdict_has_sign_label_meaning_and_key():
    for table in (audit_words.SIGNS, audit_words.LABELS, audit_words.MEANINGS, audit_words.KEYS):
        assert list(table) == list(Verdict) and len(set(table.values())) == len(Verdict)


def test_counts_in_words():
    assert audit_words.count_words(findings(reproduces=1, impossible=2)) == "1 reproduces and 2 are impossible"
    assert audit_words.count_words([]) == "none"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        (
            {"reproduces": 12, "inconsistent": 2},
            "**Audit.** 12 of the 14 printed claims of this section that can be recomputed reproduce; "
            "2 are internally inconsistent. See ",
        ),
        (
            {"reproduces": 3},
            "**Audit.** All 3 printed claims of this section that can be recomputed reproduce. See ",
        ),
        (
            {"reproduces": 1, "definitional": 1, "patients": 2},
            "**Audit.** The one printed claim of this section that can be recomputed reproduces. "
            "A further 1 is definitional and 2 need patient data. See ",
        ),
        (
            {"impossible": 1},
            "**Audit.** The one printed claim of this section that can be recomputed is impossible. See ",
        ),
        ({"patients": 2}, "**Audit.** The 2 printed claims of this section cannot be recomputed. See "),
    ],
)
def test_the_line_at_the_foot_of_a_section(counts, text):
    line = audit_words.section_line(findings(**counts), "cox", "../book/audit.html")
    assert line.startswith(text)
    assert '<a class="audit-foot" href="../book/audit.html#audit-cox">' in line


def test_a_section_without_claims_has_no_line():
    assert audit_words.section_line(findings(reproduces=1), "survival", "audit.html") == ""


def test_the_line_of_all_claims_counts_what_can_be_recomputed():
    line = audit_words.whole_line(findings(reproduces=3, impossible=1, patients=2))
    assert line == "Of 4 printed claims that can be recomputed from printed numbers, 3 (75%) reproduce."
