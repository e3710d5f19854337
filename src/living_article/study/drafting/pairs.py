"""Guess which columns are the time and the event of an endpoint, from their names, labels and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from living_article.study.drafting.columns import Column
from living_article.study.drafting.guess import recoding
from living_article.study.vocabulary import Kind, vocabulary

_LINKING = frozenset(
    ("to", "of", "the", "in", "since", "until", "from", "t", "e", "mo", "mos", "wk", "wks", "yr", "ev", "evt")
    + ("bis", "zum", "zur", "der", "des", "seit")
)
_ROLE = re.compile(
    r"months?|days?|weeks?|years?|yrs|time|duration|event|status|stat|censor(ed|ing)?|cens|indicator|survival|surv|free"
    r"|randomi[sz]ation|followup|fu"
    r"|monate?n?|tagen?|wochen?|jahre?n?|zeit|dauer|ereignis|(ü|ue)berlebens?|zensiert|zensur|nachbeobachtungs?"
)
_TIME = re.compile(
    r"months?|mos?$|days?|weeks?|wks?$|years?|yrs?$|time|duration|survival|surv|followup"
    r"|monate|tage|wochen|jahre|zeit|dauer|(ü|ue)berleben|nachbeobachtung"
)
_EVENT = re.compile(
    r"event|evt?$|stat|cens|dead|death|died|deceased|vital|relapse|progress|recur|delta|indicator|fail"
    r"|ereignis|zens|tod|tot|verstorben|gestorben|rezidiv"
)
_UNIT = re.compile(
    r"(?P<days>days?|tage)|(?P<weeks>week|wks?\b|woche)|(?P<months>month|mos?\b|monat)|(?P<years>year|yrs?\b|jahr)"
)


@dataclass(frozen=True)
class Pair:
    """A time column and its event column; ``recode`` maps the event's cells to 0 and 1."""

    kind: Kind
    time: Column
    event: Column
    recode: dict[str, str]
    unit: str
    unit_named: bool


def _kind(words: Iterable[str]) -> Kind | None:
    """Return the kind of endpoint that a name in words means."""
    stem = _ROLE.sub("", "".join(word for word in words if word not in _LINKING))
    return next((kind for kind in vocabulary().endpoints if re.fullmatch(kind.words, stem)), None)


def _meaning(column: Column) -> tuple[str, Kind | None]:
    """Return the text by which a column is judged and its kind of endpoint: its name, else its label in the file."""
    kind = _kind(column.words)
    if kind is None or kind.unnamed:
        told = _kind(column.label_words) if column.label_words else None
        if told and (kind is None or not told.unnamed):
            return "".join(column.label_words), told
    return "".join(column.words), kind


def pairs(columns: Mapping[str, Column]) -> list[Pair]:
    """Return the time-to-event endpoints, one for each time column that has an event column of its kind."""
    times, events = [], []
    for column in columns.values():
        text, kind = _meaning(column)
        if (
            column.numeric
            and len(column.levels) > 2
            and (column.numbers >= 0).all()
            and not {"age", "alter"} & set(column.words)
        ):
            if kind and (_TIME.search(text) or not kind.unnamed or text == "t"):
                times.append((column, kind))
        elif (codes := recoding(column)) and kind and (_EVENT.search(text) or not kind.unnamed or text == "e"):
            events.append((column, kind, codes))
    found: list[Pair] = []
    for time, kind in times:
        own = [(event, codes) for event, other, codes in events if other is kind]
        if not own and kind.unnamed:  # `time` with `death`: the only event that no other time column explains
            named = {other for _, other in times}
            unclaimed = [found for found in events if found[1] not in named]
            if len(unclaimed) == 1:
                event, kind, codes = unclaimed[0]
                own = [(event, codes)]
        if own and all(pair.kind is not kind for pair in found):
            unit, named_unit = _unit(time)
            found.append(Pair(kind, time, *own[0], unit, named_unit))
    found = _alike(found)
    return sorted(found, key=lambda pair: (pair.kind.outermost, _encloses(pair, found)))


def _alike(found: list[Pair]) -> list[Pair]:
    """Return the endpoints in which a unit that no name tells is the one named elsewhere, or that of the longest."""
    if not found:
        return []
    longest = max(found, key=lambda pair: float(pair.time.numbers.max()))
    unit = next((pair.unit for pair in found if pair.unit_named), longest.unit)
    return [pair if pair.unit_named else replace(pair, unit=unit) for pair in found]


def _encloses(pair: Pair, others: Iterable[Pair]) -> bool:
    """Whether a time named like no endpoint is in no patient shorter than the others: it is overall survival, then."""
    return pair.kind.unnamed and all(
        other.unit == pair.unit
        and bool((other.time.numbers <= pair.time.numbers.reindex(other.time.numbers.index)).all())
        for other in others
        if other is not pair
    )


def outer(pairs: list[Pair]) -> Pair | None:
    """Return the endpoint that the others lie within, if there is one."""
    last = pairs[-1]
    return last if last.kind.outermost or _encloses(last, pairs) else None


def _unit(time: Column) -> tuple[str, bool]:
    """Return the unit of a time column, and whether name or label says it; else it is told from the size."""
    if named := _UNIT.search(f"{' '.join(time.words)} {time.file_label or ''}".casefold()):
        return next(unit for unit, text in named.groupdict().items() if text), True
    longest = float(time.numbers.max())
    return ("days" if longest > 400 else "months" if longest > 25 else "years"), False


def horizons(pair: Pair) -> list[int]:
    """Return up to two round times within the follow-up at which survival is told."""
    year = {"days": 365, "weeks": 52, "months": 12, "years": 1}[pair.unit]
    longest = float(pair.time.numbers.max())
    whole = [year * years for years in (1, 2, 3, 5, 10) if year * years <= 0.8 * longest]
    return whole[:1] + whole[-1:] * (len(whole) > 1) if whole else [max(1, int(longest / 2))]
