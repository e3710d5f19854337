"""The one formatter: every number a person reads goes through here, and a blank is an error."""

from __future__ import annotations

import math
from dataclasses import dataclass

from living_article.records import Record


@dataclass(frozen=True)
class Form:
    """How a unit is printed: decimals, what the value is multiplied by, and what stands behind it."""

    decimals: int
    scale: float = 1.0
    suffix: str = ""


# A unit is what a record says it is; a unit not listed here is printed with one decimal and its own name.
FORMS = {
    "proportion": Form(1, 100.0, "%"),
    "risk difference": Form(1, 100.0, " percentage points"),
    "hazard ratio": Form(3),
    "odds ratio": Form(2),
    "ratio": Form(2),
    "coefficient": Form(3),
    "statistic": Form(3),
    "probability": Form(3),
    "c-index": Form(3),
    "slope": Form(2),
    "auc": Form(3),
    "brier": Form(3),
    "net benefit": Form(3),
    "threshold": Form(2),
    "count": Form(0),
    "patients": Form(0),
    "events": Form(0),
    "points": Form(1),
    "smd": Form(2),
    "mm": Form(1, 1.0, " mm"),
    "days": Form(0, 1.0, " days"),
    "months": Form(1, 1.0, " months"),
    "years": Form(1, 1.0, " years"),
}

MINUS = "\N{MINUS SIGN}"


def _form(unit: str | None) -> Form:
    return FORMS.get(unit or "", Form(1, 1.0, f" {unit}" if unit else ""))


def number(value: float | None, unit: str | None = None, *, bare: bool = False) -> str:
    """Return one value in the form of its unit; ``bare`` leaves the suffix out.

    Raises
    ------
    ValueError
        If the value is missing, NaN or infinite: a blank may not reach a page.
    """
    if value is None or not math.isfinite(value):
        raise ValueError(f"a blank value cannot be shown (unit {unit!r})")
    form = _form(unit)
    text = f"{value * form.scale:.{form.decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS) + ("" if bare else form.suffix)


def count(value: float | None) -> str:
    """Return a whole number; raises ValueError for a blank."""
    return number(value, "count")


def counted(record: Record) -> str:
    """Return the whole number of a record, or why it is not shown: ``< 5``, ``not shown``."""
    return estimate(record, bare=True)


def share(part: Record, whole: Record) -> str:
    """Return ``13 (23.6)`` of two records of patients, or why the part is not shown."""
    if part.value is None or whole.value is None:
        return counted(part)
    return count_of(int(part.value), int(whole.value))


def count_of(part: int, whole: int) -> str:
    """Return ``n (%)`` with one decimal, as in ``13 (23.6)``; raises ZeroDivisionError for an empty whole."""
    return f"{part:d} ({100 * part / whole:.1f})"


def p_value(p: float | None) -> str:
    """Return ``0.012`` or ``< 0.001``; raises ValueError for a blank."""
    if p is None or not math.isfinite(p):
        raise ValueError("a blank P value cannot be shown")
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def p_equals(p: float | None) -> str:
    """Return ``P = 0.012`` or ``P < 0.001``."""
    text = p_value(p)
    return f"P {text}" if text.startswith("<") else f"P = {text}"


def level(alpha: float) -> str:
    """Return the confidence level that belongs to ``alpha``: ``95%`` for 0.05."""
    return f"{100 * (1 - alpha):g}%"


def significance_level(alpha: float) -> str:
    """Return ``alpha`` as a percentage: ``5%`` for 0.05."""
    return f"{100 * alpha:g}%"


def estimate(record: Record, *, bare: bool = False) -> str:
    """Return a record's value, or its note (``not reached``, ``not estimable: …``) if it has none."""
    if record.value is None:
        return record.note or number(None)
    return number(record.value, record.unit, bare=bare)


def limits(record: Record) -> str:
    """Return ``low to high``; an open end reads ``not reached``."""
    ends = ("not reached" if end is None else number(end, record.unit, bare=True) for end in (record.low, record.high))
    return " to ".join(ends)


def with_interval(record: Record, alpha: float) -> str:
    """Return ``22.0 months (95% CI 18.1 to 25.0)``, or the estimate alone if there is no interval."""
    if record.low is None and record.high is None:
        return estimate(record)
    return f"{estimate(record)} ({level(alpha)} CI {limits(record)})"


def cell(record: Record) -> str:
    """Return ``22.0 (18.1 to 25.0)`` for a table whose header names the unit."""
    if record.low is None and record.high is None:
        return estimate(record, bare=True)
    return f"{estimate(record, bare=True)} ({limits(record)})"
