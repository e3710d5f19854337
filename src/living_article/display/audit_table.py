"""The table of claims as HTML: complete without a script, each row opening to its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from living_article.audit.multiplicity import any_of
from living_article.audit.outcome import Verdict
from living_article.audit.run import Finding, by_section
from living_article.audit.wording import counted, fixed
from living_article.display.audit_words import KEYS, LABELS, SIGNS, label

NONE = "—"
_HOW = {"rounding": "yes", "truncation": "yes, truncated", "bound": "yes", "exact": "yes", "": "no"}
# header, sort key of the script
_HEADERS = (
    ("Claim", "text"),
    ("Section", "place"),
    ("Printed", "number"),
    ("Recomputed", "number"),
    ("Verdict", "rank"),
)


def table(findings: Sequence[Finding], pages: Mapping[str, str]) -> str:
    """Return tools and table; ``pages`` are the addresses of the sections, as seen from the audit page."""
    seen: set[str] = set()
    rows = []
    for place, finding in enumerate(findings):
        first = finding.section not in seen
        seen.add(finding.section)
        rows.append(_row(finding, place, first, pages))
    heads = "".join(
        f'<th scope="col" role="columnheader" data-sort="{kind}">{escape(name)}</th>' for name, kind in _HEADERS
    )
    return "\n".join(
        [
            _tools(findings),
            '<div class="audit-box">',
            '<table class="audit-table" id="audit-table" role="table" aria-label="Claims and verdicts">',
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>',
            '<tbody role="rowgroup">',
            *rows,
            "</tbody>",
            "</table>",
            "</div>",
        ]
    )


def _tools(findings: Sequence[Finding]) -> str:
    """Return the controls, hidden until the script shows them: without it they would do nothing."""
    sections = "".join(f'<option value="{s}">{escape(label(s))}</option>' for s in by_section(findings))
    verdicts = "".join(f'<option value="{KEYS[v]}">{escape(LABELS[v])}</option>' for v in Verdict)
    return f"""<form class="audit-tools" id="audit-tools" role="search" aria-controls="audit-table" hidden>
<label>Search <input type="search" name="q" autocomplete="off"></label>
<label>Section <select name="section"><option value="">all</option>{sections}</select></label>
<label>Verdict <select name="verdict"><option value="">all</option>
<option value="discrepancy">any discrepancy</option>{verdicts}</select></label>
<button type="button" name="working" aria-pressed="false">Open all working</button>
<button type="reset">Show all claims</button>
<output name="count" role="status" aria-live="polite"></output>
</form>"""


def _row(finding: Finding, place: int, first: bool, pages: Mapping[str, str]) -> str:
    anchor = f'<span id="audit-{finding.section}"></span>' if first else ""
    section = escape(label(finding.section))
    if finding.section in pages:
        section = f'<a href="{escape(pages[finding.section])}">{section}</a>'
    sign = f'<span class="audit-sign b-{KEYS[finding.verdict]}" aria-hidden="true">{SIGNS[finding.verdict]}</span>'
    cells = (
        ("Section", section),
        ("Printed", escape(finding.printed_text)),
        ("Recomputed", escape(finding.recomputed or _cohort(finding)) or NONE),
        ("Verdict", f"{sign} {escape(finding.verdict_text)}"),
    )
    return (
        f'<tr role="row" id="claim-{finding.id}" data-section="{finding.section}" '
        f'data-verdict="{KEYS[finding.verdict]}" data-place="{place}">'
        f'<th scope="row" role="rowheader">{anchor}<details><summary>{escape(finding.claim)}</summary>'
        f"{working(finding)}</details></th>"
        + "".join(f'<td role="cell" data-label="{name}"><div>{content}</div></td>' for name, content in cells)
        + "</tr>"
    )


def _cohort(finding: Finding) -> str:
    """Return what the cohort gives, for claims that nothing else can tell of."""
    return f"cohort: {', '.join(b.value for b in finding.cohort)}" if finding.cohort else ""


def working(finding: Finding) -> str:
    """Return what a row opens to: meaning, printed values and places, attempts, steps, cohort."""
    parts = []
    if finding.meaning:
        parts.append(f"<p><strong>For the reader:</strong> {escape(finding.meaning)}</p>")
    if finding.verdict is Verdict.IMPOSSIBLE:
        parts.append(f"<p><strong>Bound:</strong> {escape(finding.detail)}.</p>")
    places = "; ".join(f"{p.printed} ({p.location}, {p.quantity})" for p in finding.printed)
    parts.append(f"<p>Printed: {escape(places)}.</p>")
    if finding.attempts:
        parts.append(_attempts(finding))
    parts += [f"<p>{escape(step)}</p>" for step in finding.working]
    if finding.cohort:
        shown = "; ".join(
            f"{b.quantity} {b.value}, printed {b.printed}{'' if b.agrees else ', differs'}" for b in finding.cohort
        )
        parts.append(f"<p>Reconstructed cohort: {escape(shown)}.</p>")
    return f'<div class="audit-working">{"".join(parts)}</div>'


def _upper_first(method: str) -> str:
    """Begin with a capital, but leave χ as it is: its capital reads as the letter X."""
    return method if method.startswith("χ") else method[0].upper() + method[1:]


def _attempts(finding: Finding) -> str:
    rows = "".join(
        f"<tr><td>{escape(_upper_first(a.method))}{'' if a.named else ' *'}</td>"
        f"<td>{escape(a.shown)}</td><td>{_HOW[a.how]}</td></tr>"
        for a in finding.attempts
    )
    notes = []
    if not all(a.named for a in finding.attempts):
        notes.append("* not named by the article.")
    chances = [a.chance for a in finding.attempts if a.chance is not None]
    if len(chances) > 1:
        notes.append(
            f"{counted(len(chances), 'method')} tried; an unrelated value would agree with one of them with a "
            f"probability of about {fixed(any_of(chances), 3)}."
        )
    note = f"<p>{escape(' '.join(notes))}</p>" if notes else ""
    return (
        '<table class="audit-attempts"><thead><tr><th scope="col">Method</th><th scope="col">Result</th>'
        f'<th scope="col">Agrees</th></tr></thead><tbody>{rows}</tbody></table>{note}'
    )
