"""The printed numbers of the article as one side of a comparison, each under the record that recomputes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from living_article.compare.sides import Key, Number, Side
from living_article.errors import InputError
from living_article.published import PrintedNumber, Published, load_published
from living_article.study import Study

PUBLISHED = "published"
"""What stands for the printed values of the article in place of a file."""


def printed_side(study: Study) -> Side:
    """Return the printed values of the article; raises InputError if the study re-tells none."""
    if study.article is None:
        raise InputError("the study re-tells no article", file=study.file, value=PUBLISHED, remedy="give two results")
    return Side(PUBLISHED, printed_numbers(load_published(study.article.published)))


def printed_numbers(published: Published) -> dict[Key, Number]:
    """Return the printed numbers by the record that recomputes them; what is printed twice counts once."""
    found: dict[Key, Number] = {}
    for link in published.links:
        printed = published.number(link.id)
        key = (link.section, link.name, link.endpoint, link.group, link.term, link.horizon)
        field = _field(printed)
        number = found.get(key, Number(printed=True))
        if getattr(number, field) is not None:
            continue
        read: dict[str, Any] = {field: printed.number}
        number = replace(number, **read)
        if field == "p":
            number = replace(number, bound=printed.bound)
        if field == "value":
            number = replace(number, unit="%" if printed.unit == "%" else None)
        if field == "value" or number.value is None:
            number = replace(number, tolerance=0.5 * 10**-printed.decimals)
        found[key] = number
    return found


def _field(printed: PrintedNumber) -> str:
    """Return which number of a record a printed quantity is: value, low, high or p."""
    if printed.quantity == "P value":
        return "p"
    if printed.quantity.startswith(("confidence limit", "range", "threshold probability", "points,")):
        return "low" if printed.quantity.endswith(("lower", "lowest")) else "high"
    return "value"
