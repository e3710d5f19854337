"""Guess which columns are the time and the event of an endpoint, from their names, labels and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from living_article.patients.cells import is_number
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
    r"|monate?n?|mon$|tagen?|wochen?|jahre?n?|zeit|dauer|ereignis|(ü|ue)berlebens?|zensiert|zensur|nachbeobachtungs?"
)
_TIME = re.compile(
    r"months?|mon?s?$|days?|weeks?|wks?$|years?|yrs?$|time|duration|survival|surv|followup"
    r"|monate|tage|wochen|jahre|zeit|dauer|(ü|ue)berleben|nachbeobachtung"
)
_EVENT = re.compile(
    r"event|evt?$|stat|cens|dead|death|died|deceased|vital|alive|relapse|progress|recur|delta|indicator|fail"
    r"|ereignis|zens|tod|tot|verstorben|gestorben|lebt|lebend|rezidiv"
)
_OUTCOME = re.compile(
    r"death|died|dead|deceased|verstorben|gestorben|^tod|todes|follow_?up|last(contact|seen)|nachbeobacht"
)
_PREPARED = re.compile(r"_(st|d|t0?|origin)")  # what Stata's stset adds
_YES_NO = re.compile(r"yes|no|true|false|checked|unchecked|ja|nein|wahr|falsch|[yntfj01]", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<days>days?|tage|[(\[]\s*[dt]\s*[)\]])|(?P<weeks>week|\bwks?\b|woche|[(\[]\s*w\s*[)\]])"
    r"|(?P<months>month|\bmos?\b|mon\b|monat|[(\[]\s*m\s*[)\]])|(?P<years>year|\byrs?\b|jahr|[(\[]\s*[yj]\s*[)\]])"
)
_MONTHS_OF_A_LIFE = 1200  # longer times are days


@dataclass(frozen=True)
class Pair:
    """A time column and its event column.

    ``recode`` maps the event's cells to 0 and 1, empty if they do not say what the event is; ``unit`` is None if
    neither a name nor the size of the times tells it.
    """

    kind: Kind
    time: Column
    event: Column
    recode: dict[str, str]
    unit: str | None
    unit_named: bool


def _kind(words: Iterable[str]) -> Kind | None:
    """Return the kind of endpoint that a name in words means, as one word or each of them: `OS death` does."""
    telling = [word for word in words if word not in _LINKING]
    each = [stem for word in telling if (stem := _ROLE.sub("", word))]
    for stems in ([_ROLE.sub("", "".join(telling))], each):
        for kind in vocabulary().endpoints:
            if stems and all(re.fullmatch(kind.words, stem) for stem in stems):
                return kind
    return None


def _meaning(column: Column) -> tuple[str, Kind | None]:
    """Return the text by which a column is judged and its kind of endpoint: its name, else its label in the file."""
    kind = _kind(column.words)
    if kind is None or kind.unnamed:
        told = _kind(column.label_words) if column.label_words else None
        if told and (kind is None or not told.unnamed):
            return "".join(column.label_words), told
    return "".join(column.words), kind


def _is_time(column: Column) -> bool:
    text, kind = _meaning(column)
    return (
        column.numeric
        and not column.codes
        and len(column.levels) > 2
        and bool((column.numbers >= 0).all())
        and not {"age", "alter"} & set(column.words)
        and kind is not None
        and (not kind.unnamed or text == "t" or _TIME.search(text) is not None)
    )


def odd_time(column: Column) -> int | None:
    """Return the row of the first value, in a column of times, that is no number from 0."""
    text, kind = _meaning(column)
    if kind is None or not (_TIME.search(text) or text == kind.id) or _EVENT.search(text) or column.codes:
        return None
    wrong = column.values.isin({value for value in column.distinct if not (is_number(value) and float(value) >= 0)})
    return int(wrong.idxmax()) if 0 < 2 * int(wrong.sum()) < len(wrong) else None


def _is_event(column: Column) -> bool:
    text, kind = _meaning(column)
    return kind is not None and (not kind.unnamed or text == "e" or _EVENT.search(text) is not None)


def event_codes(column: Column) -> dict[str, str] | None:
    """Return how the cells of an event column become 0 and 1, nothing if that is unclear, None if it is none.

    1 and 2 are unclear, so are 1 and 0 of a column about censoring, and empty cells beside a single value. Yes in a
    column such as ``alive`` is no event.
    """
    if not 1 <= len(column.levels) <= 2:
        return None
    if len(column.levels) == 1 and len(column.values) < len(column.cells):
        return {}
    codes, words = recoding(column), {*column.words, *column.label_words}
    labels = [column.codes.get(level, level) for level in column.levels]
    if codes and all(_YES_NO.fullmatch(label) for label in labels):
        digits = set(labels) <= {"0", "1"}
        opposite = any(re.fullmatch(vocabulary().opposite, word) for word in words)
        censoring = any(re.match("cens|zens", word) or word.endswith("cens") for word in words)
        if censoring and (digits or not opposite):
            return {}
        return {level: str(1 - int(code)) for level, code in codes.items()} if opposite else codes
    return codes or ({} if len(labels) == 2 else None)


def outcome(column: Column) -> bool:
    """Whether a column looks like a time or an event, so that it is no covariate even if its other half is missing."""
    event = _is_event(column) and (recoding(column) is not None or column.numeric)
    named = _OUTCOME.search("".join(column.words)) or _OUTCOME.search("".join(column.label_words))
    return _is_time(column) or event or named is not None or _PREPARED.fullmatch(column.name) is not None


def several_outcomes(columns: Mapping[str, Column]) -> Column | None:
    """Return a column named like an event that has more than two values, such as causes of death."""
    return next((c for c in columns.values() if 2 < len(c.levels) <= 9 and not c.dates and _is_event(c)), None)


def pairs(columns: Mapping[str, Column]) -> list[Pair]:
    """Return the time-to-event endpoints, one for each time column that has an event column of its kind."""
    times = [(column, kind) for column in columns.values() if _is_time(column) and (kind := _meaning(column)[1])]
    events = [
        (column, kind, codes)
        for column in columns.values()
        if not _is_time(column)
        and _is_event(column)
        and (codes := event_codes(column)) is not None
        and (kind := _meaning(column)[1])
    ]
    events.sort(key=lambda event: event[2] == {})  # those that are clear go first
    found: list[Pair] = []
    for time, told in times:
        event, kind, codes = _event_of(told, times, events)
        if event and all(pair.kind is not kind for pair in found):
            unit, named_unit = _unit(time)
            found.append(Pair(kind, time, event, codes, unit, named_unit))
    found = _alike(found)
    return sorted(found, key=lambda pair: (pair.kind.outermost, _encloses(pair, found)))


def _event_of(kind: Kind, times: list, events: list) -> tuple[Column | None, Kind, dict[str, str]]:
    """Return the event column for a time of this kind, with what the endpoint then is.

    `time` goes with `death`, the only event that no other time column explains; overall survival goes with `status`.
    """
    own = [event for event in events if event[1] is kind]
    kinds = {other for _, other in times}
    if not own and kind.unnamed:
        unclaimed = [event for event in events if event[1] not in kinds]
        own = unclaimed if len(unclaimed) == 1 else []
    elif not own and kind.outermost and not any(other.unnamed for other in kinds):
        own = [(event, kind, codes) for event, other, codes in events if other.unnamed]
    return own[0] if own else (None, kind, {})


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


def _unit(time: Column) -> tuple[str | None, bool]:
    """Return the unit of a time column, and whether name or label says it; else only very long times tell it."""
    if named := _UNIT.search(f"{' '.join(time.all_words)} {time.name} {time.file_label or ''}".casefold()):
        return next(unit for unit, text in named.groupdict().items() if text), True
    return ("days" if float(time.numbers.max()) > _MONTHS_OF_A_LIFE else None), False


def horizons(pair: Pair) -> list[int]:
    """Return up to two round times within the follow-up at which survival is told."""
    longest = float(pair.time.numbers.max())
    unit = pair.unit or ("months" if longest > 25 else "years")
    year = {"days": 365, "weeks": 52, "months": 12, "years": 1}[unit]
    whole = [year * years for years in (1, 2, 3, 5, 10) if year * years <= 0.8 * longest]
    return whole[:1] + whole[-1:] * (len(whole) > 1) if whole else [max(1, int(longest / 2))]
