"""The main findings as small drawings: in each row both arms' estimates with intervals, and the effect between them.

Positions are percentages, so that a drawing fills its card at any width and its text keeps the size of the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from matplotlib.ticker import MaxNLocator

from living_article.display import format, palette, theme
from living_article.display.findings import Finding, Row, claim
from living_article.records import Record
from living_article.study.model import Arms, Study

ROLES = ("treated", "reference")
_LINE = 18  # height of the line of an arm, in pixels
NO_BREAK = "\N{NO-BREAK SPACE}"
_EFFECTS = {"hazard ratio": "Hazard ratio", "risk difference": "Difference"}


def cards(found: Sequence[Finding], study: Study) -> str:
    """Return the findings as MyST markdown, one card each, under a key to arms and patients; "" if there are none."""
    if not found:
        return ""
    parts = [_raw(_key(study)), *(_card(finding, study.arms) for finding in found)]
    return "\n".join([":::::{div} findings", *parts, ":::::"])


def _raw(markup: str) -> str:
    return f"```{{raw}} html\n{markup}\n```"


def _key(study: Study) -> str:
    """Return the key: how each arm is drawn, and whose patients these are."""
    items = [
        f'<li><svg width="32" height="12" aria-hidden="true">{_estimate(role, 50, 0, 100)}</svg> '
        f"{escape(arm.label)}</li>"
        for role, arm in zip(ROLES, study.arms, strict=True)
    ]
    items.append(f'<li class="provenance-badge">{escape(study.provenance.badge)}</li>')
    return f'<ul class="finding-key">{"".join(items)}</ul>'


def _card(finding: Finding, arms: Arms) -> str:
    ticks = _ticks(finding)
    rows = "\n".join(_row(row, finding, ticks[-1]) for row in finding.rows)
    unit = finding.rows[0].arms[0].unit
    quantity = finding.quantity if unit == "proportion" else f"{finding.quantity}, {unit}"
    told = f"[{quantity} ({format.level(finding.alpha)} CI)]{{.finding-unit}}"
    return "\n".join(
        [
            "::::{div} finding",
            f"**{{doc}}`notebooks/{finding.section}`** {told}\n",
            f"{claim(finding, arms)}\n",
            _raw(f'<div class="finding-rows">\n{rows}\n{_axis(ticks, unit)}\n</div>'),
            "::::",
        ]
    )


def _ticks(finding: Finding) -> list[float]:
    """Return the ticks of the common axis, from 0 to beyond the last end of an interval."""
    ends = [end for row in finding.rows for record in row.arms for end in (record.value, record.high)]
    last = max((end for end in ends if end is not None), default=1.0) or 1.0
    return [float(tick) for tick in MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(0, last)]


def _row(row: Row, finding: Finding, last: float) -> str:
    marks = []
    for number, (role, record) in enumerate(zip(ROLES, row.arms, strict=True)):
        if record.value is not None:
            marks.append(f'<svg y="{number * _LINE}" height="{_LINE}">{_of(role, record, last)}</svg>')
    values = "".join(f"<span>{escape(format.cell(record))}</span>" for record in row.arms)
    return (
        f'<p class="finding-label">{escape(row.label)}</p>\n'
        f'<svg class="finding-arms" width="100%" height="{2 * _LINE}" role="img" aria-label="{escape(row.sentence)}">'
        f"{''.join(marks)}</svg>\n"
        f'<p class="finding-values" aria-hidden="true">{values}</p>\n'
        f'<p class="finding-effect" aria-hidden="true">{escape(_effect(row))}</p>'
    )


def _effect(row: Row) -> str:
    """Return ``Hazard ratio 0.550 (0.353 to 0.856), P = 0.007``, or why there is none."""
    kind = _EFFECTS.get(row.effect.unit or "", "Effect")
    text = f"{kind} {format.cell(row.effect)}"
    return text if row.test.p is None else f"{text}, {format.p_equals(row.test.p).replace(' ', NO_BREAK)}"


def _of(role: str, record: Record, last: float) -> str:
    """Return the drawing of one estimate; an interval without an upper end runs to the end of the axis, uncapped."""
    low, high = (None if end is None else 100 * end / last for end in (record.low, record.high))
    return _estimate(role, 100 * record.number / last, low, high, open_end=low is not None and high is None)


def _estimate(role: str, at: float, low: float | None, high: float | None, *, open_end: bool = False) -> str:
    """Return a marker with an interval around it, at percentages of the width."""
    middle = "50%"
    marks = []
    if low is not None:
        end = 100 if high is None else high
        marks.append(f'<line x1="{low:.2f}%" x2="{end:.2f}%" y1="{middle}" y2="{middle}"/>')
        caps = [low] if open_end else [low, end]
        marks += [f'<line class="cap" x1="{x:.2f}%" x2="{x:.2f}%" y1="30%" y2="70%"/>' for x in caps]
    if role == ROLES[0]:
        marks.append(f'<circle cx="{at:.2f}%" cy="{middle}" r="4.5"/>')
    else:
        marks.append(f'<rect x="{at:.2f}%" y="{middle}" width="8" height="8" transform="translate(-4 -4)"/>')
    colour = theme.COLOURS[role]
    return f'<g class="arm-{role}" style="color: var({palette.variable(colour)}, {colour})">{"".join(marks)}</g>'


def _axis(ticks: Sequence[float], unit: str | None) -> str:
    """Return the axis below the rows, from its first tick to its last."""
    marks = ['<line x1="0" x2="100%" y1="0.5" y2="0.5"/>']
    for number, tick in enumerate(ticks):
        x = 100 * tick / ticks[-1]
        text = f"{100 * tick:g}%" if unit == "proportion" else f"{tick:g}"
        anchor = "start" if not number else "end" if tick == ticks[-1] else "middle"
        marks.append(f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="4"/>')
        marks.append(f'<text x="{x:.2f}%" y="16" text-anchor="{anchor}">{text}</text>')
    return f'<svg class="finding-axis" width="100%" height="18" aria-hidden="true">{"".join(marks)}</svg>'
