"""Draft the endpoints with their dates: a time column and its event column each."""

from __future__ import annotations

from typing import Any

from living_article.errors import InputError
from living_article.study.drafting import guess
from living_article.study.drafting.columns import Column
from living_article.study.drafting.content import Draft
from living_article.study.drafting.pairs import Pair, horizons, outer, pairs
from living_article.study.vocabulary import vocabulary


def endpoints(made: Draft, found: dict[str, Column], file: Any) -> list[Pair]:
    """Take the endpoints, and return the columns of each."""
    recognised = pairs(found)
    if not recognised:
        remedy = "name them alike, e.g. os_months and os_event with 1 for an event and 0 for a censored time"
        raise InputError("no time column with its event column was recognised", file=file, remedy=remedy)
    blocks: dict[str, dict] = {}
    around = outer(recognised)
    for pair in recognised:
        kind, label = pair.kind, pair.kind.label
        block = {"label": label, "short": kind.short, "time": pair.time.name, "event": pair.event.name}
        blocks[kind.id] = block | {"unit": pair.unit, "event_label": kind.event_label}
        made.guessed("from the names of the columns", "endpoints", kind.id)
        made.guessed("named" if pair.unit_named else "from the size of the times", "endpoints", kind.id, "unit")
        _event(made, pair)
        if around and around is not pair and around.unit == pair.unit:
            blocks[kind.id]["within"] = around.kind.id
            made.guessed("no later than death or last contact", "endpoints", kind.id, "within")
        del found[pair.time.name]
        found.pop(pair.event.name, None)
    made.content["endpoints"] = blocks
    primary = around or recognised[0]
    made.content["primary"] = primary.kind.id
    made.guessed("overall survival if there is one, else the first", "primary")
    made.content["horizons"] = horizons(primary)
    made.guessed(f"within the follow-up, in {primary.unit}", "horizons")
    return recognised


def _event(made: Draft, pair: Pair) -> None:
    """Write the event column of the copied table as 0 and 1 and say what was taken for an event."""
    column = pair.event
    if any(level != code for level, code in pair.recode.items()):
        made.table[column.name] = made.table[column.name].map(pair.recode).fillna("")
        told = ", ".join(f"{column.codes.get(level, level)} → {code}" for level, code in pair.recode.items())
        made.guessed(f"the copied table has 1 for the event: {told}", "endpoints", pair.kind.id, "event")
    elif "cens" in "".join(column.words):
        made.guessed("1 is the event; if 1 means censored, exchange them", "endpoints", pair.kind.id, "event")


def dates(made: Draft, found: dict[str, Column], recognised: list[Pair]) -> None:
    """Take the dates of enrolment, last contact and events; other dates are left out."""
    days = [column for column in found.values() if column.dates]
    enrolled, last = (guess.date_column(days, *vocabulary().dates[role]) for role in ("enrolled", "last_contact"))
    if enrolled and last and enrolled is not last:
        made.content["dates"] = {"enrolled": enrolled.name, "last_contact": last.name}
        made.guessed("from the names of the columns", "dates")
        rest = [column for column in days if column not in (enrolled, last)]
        for pair in recognised:
            column = guess.date_column(rest, pair.kind.dates) if pair.kind.dates else None
            if column is not None:
                rest.remove(column)
                made.content["endpoints"][pair.kind.id]["date"] = column.name
                made.guessed("from the name of the column", "endpoints", pair.kind.id, "date")
    else:
        rest = days
    made.remarks += [f"{column.name}: a date that is not analysed" for column in rest]
    for column in days:
        del found[column.name]
