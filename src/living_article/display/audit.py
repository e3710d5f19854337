"""The audit page: a summary, a picture, a table of all claims, and files to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from living_article.audit.export import as_csv, as_json, multiplicity_sentences
from living_article.audit.outcome import Verdict
from living_article.audit.run import Finding, by_section
from living_article.display.audit_picture import picture
from living_article.display.audit_table import table
from living_article.display.audit_words import LABELS, MEANINGS, SIGNS, UNSETTLED, count_words, label

PAGE = "book/audit"
_RAW = "```{raw} html\n%s\n```"
_TITLE = "# The article audits itself"
_INTRODUCTION = """\
Every number the article prints was written down once, and each claim that these numbers make was put to a test: does a
P value belong to its statistic, do counts give the percentage beside them, does the abstract say what the table says,
could this many patients give so narrow an interval?
The verdicts are computed from the printed values whenever the book is built; none is typed.
They say whether numbers agree, and never why they do not."""
_HOW = """\
Recomputed means from printed numbers alone.
A value agrees when the result rounds to the printed decimals; where it agrees only cut off instead of rounded, or
only by a test the article does not name, the verdict says so.
Open a row for its working: the numbers used, every method tried and its result, and what the reconstructed cohort
gives, which shows that a value can occur and not that it did."""
_OWN = """\
The claims stand in `claims.csv` in the folder `data/published`, one a row, with the printed values, the inputs and the
methods of each; the command `article audit` prints this page in a terminal, and another article can be audited by
putting its printed values and claims into a folder of the same form."""


def audit_page(findings: Sequence[Finding], pages: Mapping[str, str]) -> dict[str, str]:
    """Return the page as MyST markdown and its two downloads, by path in the staged book.

    ``pages`` are the addresses of the sections, as seen from the page.
    """
    parts = [
        _TITLE,
        _INTRODUCTION,
        "## Summary",
        _summary(findings),
        _RAW % picture(findings),
        _verdicts(findings),
        "## Sections",
        _sections(findings),
        "## Many attempts",
        "\n".join(multiplicity_sentences(findings)) or "No claim was tried by more than one method.",
        "## Claims",
        _HOW,
        "Download all findings as {download}`CSV <audit.csv>` or {download}`JSON <audit.json>`.",
        _RAW % table(findings, pages),
        "## The same for another article",
        _OWN,
    ]
    return {
        f"{PAGE}.md": "\n\n".join(parts) + "\n",
        f"{PAGE}.csv": as_csv(findings),
        f"{PAGE}.json": as_json(findings),
    }


def _summary(findings: Sequence[Finding]) -> str:
    settled = [f for f in findings if f.verdict not in UNSETTLED]
    good = sum(f.verdict is Verdict.REPRODUCES for f in settled)
    share = f"{100 * good / len(settled):.0f}%" if settled else "none"
    copies = [f for f in findings if f.grain == "copies agree"]
    agreeing = sum(f.verdict is Verdict.REPRODUCES for f in copies)
    return (
        f"The audit covers {len(findings)} claims.\n"
        f"Of the {len(settled)} that can be recomputed from printed numbers, {good} ({share}) reproduce; "
        f"{count_words(settled, [v for v in Verdict if v is not Verdict.REPRODUCES])}.\n"
        f"{agreeing} of the {len(copies)} claims about numbers printed more than once reproduce, and "
        f"{good - agreeing} of the {len(settled) - len(copies)} others."
    )


def _verdicts(findings: Sequence[Finding]) -> str:
    counts = {v: sum(f.verdict is v for f in findings) for v in Verdict}
    return "\n".join(f"- {SIGNS[v]} **{LABELS[v]}** ({counts[v]}): {MEANINGS[v]}" for v in Verdict)


def _sections(findings: Sequence[Finding]) -> str:
    head = ["Section", "Claims", *(f'<abbr title="{LABELS[v]}">{SIGNS[v]}</abbr>' for v in Verdict)]
    lines = [_line(head), _line([":---", *["---:"] * (len(head) - 1)])]
    for section, counts in by_section(findings).items():
        numbers = [str(sum(counts.values())), *(str(n) for n in counts.values())]
        lines.append(_line([label(section), *numbers]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
