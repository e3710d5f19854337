"""What a reconstructed cohort gives where the article prints a number, through the crosswalk to its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from living_article.audit import agreement
from living_article.audit.wording import fixed, like
from living_article.published import PrintedNumber, Published
from living_article.records import Record, Results

_LIMITS = ("confidence limit", "range", "threshold probability")


@dataclass(frozen=True, slots=True)
class Beside:
    """A number of the cohort beside a printed one: what it is, its value in words, whether it agrees."""

    quantity: str
    printed: str
    value: str
    agrees: bool


def number_of(record: Record, printed: PrintedNumber) -> float | None:
    """Return the number of a record that the printed quantity names: value, limit or P; a share as per cent."""
    quantity = printed.quantity
    if quantity == "P value":
        return record.p
    field = "value"
    if quantity.startswith(_LIMITS):
        field = "low" if quantity.endswith(("lower", "lowest")) else "high"
    number = getattr(record, field)
    return None if number is None else number * (100 if (printed.unit, record.unit) == ("%", "proportion") else 1)


def beside(published: Published, ids: tuple[str, ...], results: Mapping[str, Results]) -> tuple[Beside, ...]:
    """Return what the records give for these printed values; nothing for a value or section without records."""
    found: dict[tuple, Beside] = {}
    for id in ids:
        link = published.link(id)
        if link is None or link.section not in results:
            continue
        printed = published.number(id)
        where = {field: getattr(link, field) for field in ("endpoint", "group", "term", "horizon")}
        records = results[link.section].select(link.name, **where)
        number = number_of(records[0], printed) if len(records) == 1 else None
        if number is None:
            continue
        agrees = agreement.how(printed, number) != ""
        key = (link.section, link.name, *where.values(), printed.quantity, agrees)
        found.setdefault(key, Beside(printed.quantity, printed.printed, _shown(printed, number), agrees))
    return tuple(found.values())


def _shown(printed: PrintedNumber, number: float) -> str:
    """Return the number with one decimal more than printed; a P value too small for that as a bound on it."""
    smallest = 10.0 ** -(printed.decimals + 1)
    if printed.quantity == "P value" and not printed.bound and number < smallest / 2:
        return f"<{fixed(smallest, printed.decimals + 1)}"
    return like(printed, number)
