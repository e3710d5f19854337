"""Draft the endpoints with their dates: a time column and its event column each."""

from __future__ import annotations

from typing import Any

from living_article.errors import InputError
from living_article.patients.cells import quoted
from living_article.study.drafting import guess
from living_article.study.drafting.columns import Column
from living_article.study.drafting.content import Draft
from living_article.study.drafting.pairs import Pair, horizons, odd_time, outer, pairs, several_outcomes
from living_article.study.form import UNDECIDED
from living_article.study.vocabulary import vocabulary


def endpoints(made: Draft, found: dict[str, Column], file: Any) -> list[Pair]:
    """Take the endpoints, and return the columns of each."""
    recognised = pairs(found)
    _refuse_odd_times(found, file)
    if not recognised:
        raise _unrecognised(found, file)
    for pair in recognised:
        if not pair.recode:
            raise _unclear(pair.event, file)
    blocks: dict[str, dict] = {}
    around = outer(recognised)
    for pair in recognised:
        kind, label = pair.kind, pair.kind.label
        block = {"label": label, "short": kind.short, "time": pair.time.name, "event": pair.event.name}
        blocks[kind.id] = block | {"unit": pair.unit or UNDECIDED, "event_label": kind.event_label}
        made.guessed("from the names of the columns", "endpoints", kind.id)
        if pair.unit:
            told = "named" if pair.unit_named else "no name says it; as of other times, or since the times are long"
            made.guessed(told, "endpoints", kind.id, "unit")
        else:
            made.asked("days, weeks, months or years? No name says it", "endpoints", kind.id, "unit")
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
    made.guessed(f"within the follow-up, in {primary.unit or 'the unit of the times'}", "horizons")
    return recognised


def _event(made: Draft, pair: Pair) -> None:
    """Write the event column of the copied table as 0 and 1 and say what was taken for an event, and how often."""
    column = pair.event
    events = int(column.values.map(pair.recode).eq("1").sum())
    often = f"in {events} of {len(column.values)} patients"
    if any(level != code for level, code in pair.recode.items()):
        made.table[column.name] = made.table[column.name].map(pair.recode).fillna("")
        told = ", ".join(f"{column.codes.get(level, level)} → {code}" for level, code in pair.recode.items())
        told = f"the copied table has 1 for the event, {often}: {told}"
    else:
        told = f"1 is the event, {often}"
    made.guessed(told, "endpoints", pair.kind.id, "event")


def _refuse_odd_times(found: dict[str, Column], file: Any) -> None:
    """Refuse a column of times in which some value is none: its endpoint would be passed over."""
    for column in found.values():
        if (row := odd_time(column)) is not None:
            where: dict[str, Any] = {"row": row, "column": column.name, "value": quoted(column.cells[row])}
            remedy = "correct it, or leave the patient out"
            raise InputError("a time has to be a number from 0", file=file, **where, remedy=remedy)


def _unclear(column: Column, file: Any) -> InputError:
    """Return the question which of two values is the event."""
    if len(column.levels) == 1:
        problem = f"{quoted(column.levels[0])!r} or an empty cell, which may mean no event, or that nothing is known"
        return InputError(problem, file=file, column=column.name, remedy="write 1 for the event and 0 for none")
    problem = f"{' and '.join(map(quoted, column.levels))} do not say what is the event"
    one, other = map(quoted, column.levels)
    names = [f"'{column.label} ({one}={a}, {other}={b})'" for a, b in (("event", "censored"), ("censored", "event"))]
    remedy = f"rename the column to what is true, {' or '.join(names)}, or write 1 for the event and 0 for none"
    return InputError(problem, file=file, column=column.name, remedy=remedy)


def _unrecognised(found: dict[str, Column], file: Any) -> InputError:
    """Return why there is no endpoint, as far as the columns tell."""
    if (column := several_outcomes(found)) is not None:
        problem = f"{len(column.levels)} values, and an event has two: it happened, or it did not"
        remedy = "make a column of 1 and 0 from it for each endpoint, such as os_event"
        return InputError(problem, file=file, column=column.name, remedy=remedy)
    problem = "no time column with its event column was recognised"
    remedy = "name them alike, e.g. os_months and os_event with 1 for an event and 0 for a censored time"
    if any(column.dates for column in found.values()):
        remedy = (
            "times are not computed from dates: add a column such as os_days, the date of death or else of last "
            "contact minus that of enrolment, and one such as os_event with 1 for death and 0 for none"
        )
    return InputError(problem, file=file, remedy=remedy)


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
