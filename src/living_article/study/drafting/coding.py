"""What the codes of a column stand for, where its name or its labels say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from living_article.study.vocabulary import vocabulary

_CODE = r"(?<![\w.])(-?\d{1,3}|[A-Za-zÄÖÜäöü]{1,3})\s*[=:]\s*"
_PAIR = re.compile(rf"{_CODE}([^=,;:/|()\[\]]+?)(?=\s*(?:[,;/|)\]]|$|\b(?:and|und)\b|{_CODE}))")
_CODING = re.compile(rf"\s*[,;:(\[]?\s*{_CODE}.*$")
_BRACKETS = re.compile(r"[(\[][^)\]]*(?:[)\]]|$)")
_SAME_LETTER = re.compile(r"([a-z])\1", re.IGNORECASE)  # AA, Aa and aa are genotypes


def named_codes(name: str) -> dict[str, str]:
    """Return the codes that a name explains.

    >>> named_codes("Status (1=dead, 2=alive)"), named_codes("Sex 0 = male 1 = female"), named_codes("Age (y)")
    ({'1': 'dead', '2': 'alive'}, {'0': 'male', '1': 'female'}, {})
    """
    return {code: label.strip() for code, label, *_ in _PAIR.findall(name)}


def without_coding(name: str) -> str:
    """Return a name without the codes that it explains.

    >>> without_coding("Status (1=dead, 2=alive)"), without_coding("Age (y)")
    ('Status', 'Age (y)')
    """
    return _CODING.sub("", name) if len(named_codes(name)) > 1 else name


def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets, such as a unit."""
    return _BRACKETS.sub(" ", without_coding(name)).strip() or name


def unknown_codes(codes: Mapping[str, str]) -> set[str]:
    """Return the codes whose label says that nothing is known."""
    words = {*vocabulary().nothing, *vocabulary().unknown} - {"none"}
    return {code for code, label in codes.items() if label.casefold() in words}


def one_spelling(cells: Iterable[str], most: int) -> dict[str, str]:
    """Return spellings that differ in capitals alone, each with the most frequent of them; of few values only."""
    times = Counter(cells)
    if len(times) > most or 2 * len(times) > times.total():
        return {}
    alike: dict[str, list[str]] = {}
    for text in times:
        alike.setdefault(text.casefold(), []).append(text)
    return {
        text: max(same, key=lambda other: (times[other], other))
        for same in alike.values()
        if len(same) > 1 and not any(_SAME_LETTER.fullmatch(text) for text in same)
        for text in same
    }


def describes(codes: Mapping[str, str], levels: Collection[str]) -> bool:
    """Whether labels make the values levels; of a number only some values, such as those for missing, have a label."""
    return sum(level in codes for level in levels) * 2 >= len(levels)
