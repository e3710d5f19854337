"""The picture of the audit: for each section a bar of its claims, divided by verdict, as SVG in the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from living_article.audit.outcome import Verdict
from living_article.audit.run import Finding, by_section
from living_article.display.audit_words import KEYS, LABELS, count_words, label

# A phone shows these units at about one pixel each, a wide page at one and a half.
_WIDTH, _LEFT, _RIGHT, _ROW, _BAR = 440, 88, 34, 28, 20
_DIGIT = 8.5  # width of a digit of 13 units
_WIDE = 7.5  # share of a bar, in per cent, that holds three digits on a phone


def alt_text(findings: Sequence[Finding]) -> str:
    """Return what the picture shows, in words: the whole, then section by section."""
    parts = [f"{len(findings)} claims: {count_words(findings)}."]
    for section in by_section(findings):
        own = [f for f in findings if f.section == section]
        parts.append(f"{label(section)}: of {len(own)}, {count_words(own)}.")
    return " ".join(parts)


def picture(findings: Sequence[Finding]) -> str:
    """Return the figure as HTML: SVG with title and description, a legend with totals, a caption."""
    counts = by_section(findings)
    longest = max(sum(of.values()) for of in counts.values())
    scale = (_WIDTH - _LEFT - _RIGHT) / longest
    rows = [_row(i, section, of, scale) for i, (section, of) in enumerate(counts.items())]
    height = _ROW * len(counts)
    return "\n".join(
        [
            '<figure class="audit-picture">',
            f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="audit-title audit-desc">',
            '<title id="audit-title">Claims of each section by verdict</title>',
            f'<desc id="audit-desc">{escape(alt_text(findings))}</desc>',
            *rows,
            "</svg>",
            _legend(findings),
            f"<figcaption>{escape(_caption(findings))}</figcaption>",
            "</figure>",
        ]
    )


def bar(findings: Sequence[Finding]) -> str:
    """Return one bar of all claims as HTML, as wide as its place on the page, with the legend."""
    counts = {verdict: sum(f.verdict is verdict for f in findings) for verdict in Verdict}
    marks, x = [], 0.0
    for verdict, number in counts.items():
        width = 100 * number / len(findings)
        key = KEYS[verdict]
        marks.append(f'<rect class="v-{key}" x="{x:.2f}%" y="0" width="{width:.2f}%" height="26"/>')
        if width > _WIDE:
            marks.append(f'<text class="n-{key}" x="{x + width / 2:.2f}%" y="18">{number}</text>')
        x += width
    words = f"{len(findings)} claims: {count_words(findings)}."
    return "\n".join(
        [
            '<figure class="audit-picture audit-whole">',
            f'<svg width="100%" height="26" role="img" aria-label="{escape(words)}">{"".join(marks)}</svg>',
            _legend(findings),
            "</figure>",
        ]
    )


def _caption(findings: Sequence[Finding]) -> str:
    good = sum(f.verdict is Verdict.REPRODUCES for f in findings)
    return (
        f"Of {len(findings)} printed claims {good} reproduce. Each bar is a section, as long as it has claims, "
        "divided by verdict in the order of the legend; the number on the right is their total."
    )


def _row(index: int, section: str, counts: dict[Verdict, int], scale: float) -> str:
    top, x = index * _ROW + (_ROW - _BAR) / 2, float(_LEFT)
    middle = top + _BAR / 2 + 4.5
    marks = [f'<text class="audit-label" x="{_LEFT - 6}" y="{middle:g}">{escape(label(section))}</text>']
    for verdict, number in counts.items():
        if not number:
            continue
        width = number * scale
        marks.append(f'<rect class="v-{KEYS[verdict]}" x="{x:.1f}" y="{top:g}" width="{width:.1f}" height="{_BAR}"/>')
        if width > _DIGIT * len(str(number)) + 3:
            marks.append(f'<text class="n-{KEYS[verdict]}" x="{x + width / 2:.1f}" y="{middle:g}">{number}</text>')
        x += width
    total = sum(counts.values())
    return "\n".join([*marks, f'<text class="audit-total" x="{x + 5:.1f}" y="{middle:g}">{total}</text>'])


def _legend(findings: Sequence[Finding]) -> str:
    items = [
        f'<li><span class="audit-swatch b-{KEYS[v]}"></span>{escape(LABELS[v])} '
        f"({sum(f.verdict is v for f in findings)})</li>"
        for v in Verdict
    ]
    return f'<ul class="audit-legend">{"".join(items)}</ul>'
