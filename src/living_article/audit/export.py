"""The findings as files: CSV for a spreadsheet, JSON with every attempt, and plain text for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict

from living_article.audit.multiplicity import Multiplicity, multiplicity
from living_article.audit.outcome import Verdict
from living_article.audit.run import Finding, by_section
from living_article.audit.wording import counted, fixed

COLUMNS = (
    *("id", "section", "grain", "check", "claim", "printed", "recomputed", "verdict", "detail"),
    *("attempts", "meaning", "cohort"),
)
SEARCH = "table_search."


def as_csv(findings: Iterable[Finding]) -> str:
    """Return one row a claim; attempts and cohort values are joined by semicolons."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for f in findings:
        attempts = "; ".join(f"{a.method}: {a.shown}{f' ({a.how})' if a.how else ''}" for a in f.attempts)
        cohort = "; ".join(f"{b.quantity}: {b.value}" for b in f.cohort)
        writer.writerow(
            (f.id, f.section, f.grain, f.check, f.claim, f.printed_text, f.recomputed, f.verdict, f.detail)
            + (attempts, f.meaning, cohort)
        )
    return buffer.getvalue()


def as_json(findings: Iterable[Finding]) -> str:
    """Return everything known of each claim."""
    findings = list(findings)
    content = {
        "claims": len(findings),
        "verdicts": {str(v): sum(f.verdict is v for f in findings) for v in Verdict},
        "findings": [asdict(f) for f in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def tests_and_searches(findings: Iterable[Finding]) -> tuple[Multiplicity, Multiplicity]:
    """Return the multiplicity of tests of the printed tables, and that of searches among other tables."""
    findings = list(findings)
    searches = [f for f in findings if f.check.startswith(SEARCH)]
    return multiplicity(f for f in findings if not f.check.startswith(SEARCH)), multiplicity(searches)


def multiplicity_sentences(findings: Iterable[Finding]) -> list[str]:
    """Say how many methods were tried, how many claims came out, and how many would by chance."""
    tests, searches = tests_and_searches(findings)
    said = []
    if tests.claims:
        said.append(
            f"On {counted(tests.claims, 'claim')} several tests were tried, {tests.attempts:,} in all; "
            f"{tests.matched} of the claims were matched, {tests.only_with} only by a method the article does not "
            f"name. Were the printed values unrelated to the printed counts, about {fixed(tests.expected, 1)} would be."
        )
    if searches.claims:
        said.append(
            f"For {counted(searches.claims, 'statistic')} other tables were searched; {searches.matched} were found in "
            f"some table, where chance alone would give about {fixed(searches.expected, 1)}. Finding a table is "
            "therefore no evidence that the patients were counted like that; finding none shows that no counts of "
            "these groups give the printed value by the tests tried."
        )
    return said


def as_text(findings: Iterable[Finding]) -> str:
    """Return the claims section by section, one a line, and the counts of the verdicts below."""
    findings = list(findings)
    lines = []
    for section, counts in by_section(findings).items():
        lines.append(f"\n{section} ({counted(sum(counts.values()), 'claim')}, {counts[Verdict.REPRODUCES]} reproduce)")
        for f in (f for f in findings if f.section == section):
            cohort = ", ".join(b.value for b in f.cohort) if f.verdict is Verdict.PATIENTS else ""
            result = f" -> {f.recomputed}" if f.recomputed else f"; cohort {cohort}" if cohort else ""
            lines.append(f"  {f.verdict_text}: {f.claim} [{f.printed_text}{result}]")
    lines.append(f"\n{counted(len(findings), 'claim')}")
    for verdict in Verdict:
        number = sum(f.verdict is verdict for f in findings)
        lines.append(f"  {number:4d} {verdict}{' …' if verdict is Verdict.ONLY_WITH else ''}")
    return "\n".join([*lines, "", *multiplicity_sentences(findings)]).lstrip("\n")
