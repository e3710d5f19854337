"""Guess what a column is: patient, arm, date, response, diameter or adverse event; and which of two values is yes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from living_article.study.drafting.columns import MOST_LEVELS, Column
from living_article.study.vocabulary import vocabulary

_HAPPENED = re.compile(
    r"\b(yes|true|checked|event|dead|died|death|deceased|relaps\w*|progress\w*|recur\w*|fail\w*"
    r"|ja|wahr|ereignis|tot|tod|verstorben|gestorben|rezidiv\w*)\b|^(1|y|t|j)$",
    re.IGNORECASE,
)
_CENSORED = re.compile(
    r"\b(no|not|false|unchecked|censor\w*|alive|living|none)\b"
    r"|\b(nein|nicht|kein\w*|falsch|zensiert|lebt|lebend\w*|am leben)\b|free|frei|^(0|n|f)$",
    re.IGNORECASE,
)


def patient(columns: Mapping[str, Column]) -> Column | None:
    """Return the column that identifies the patient: named so, a different value in every row."""
    unique = [c for c in columns.values() if len(c.levels) == len(c.cells) > 0]
    words = set(vocabulary().patient)
    named = [c for c in unique if words.intersection([*c.words, c.name.casefold(), *c.label_words])]
    return named[0] if named else None


def repeated(columns: Mapping[str, Column]) -> Column | None:
    """Return a column named like an id of patients in which values stand in more than one row.

    Whether a column with a word such as number means patients is told by how few values are repeated.
    """
    record, shared, wide = set(vocabulary().record), set(vocabulary().shared), set(vocabulary().patient)
    return next(
        (
            c
            for c in columns.values()
            if not shared.intersection(c.words)
            and (
                (record.intersection(c.words) and len(c.cells) / 5 <= len(c.levels) < len(c.values))
                or (wide.intersection(c.words) and 0.9 * len(c.cells) <= len(c.levels) < len(c.values))
            )
        ),
        None,
    )


def german(columns: Mapping[str, Column]) -> bool:
    """Whether names and labels of the columns are German: umlauts, or words of the vocabulary."""
    words = {word for column in columns.values() for word in (*column.words, *column.label_words)}
    labels = " ".join(label for column in columns.values() for label in column.codes.values()).casefold()
    return bool(words & set(vocabulary().german)) or any(re.search("[äöüß]", text) for text in (*words, labels))


def identifying(columns: Mapping[str, Column]) -> list[str]:
    """Return the names of the columns that tell who the patients are."""
    words = set(vocabulary().identifying)
    return [c.name for c in columns.values() if words.intersection([*c.all_words, "".join(c.words)]) or _names(c)]


def _names(column: Column) -> bool:
    """Whether a column holds many full names, such as `Doe, Jane`."""
    if len(column.distinct) <= MOST_LEVELS or column.numeric:
        return False
    some = column.values.iloc[:1000]
    full = sum(re.fullmatch(r"[^\W\d_]+[.,]?(\s+[^\W\d_]+[.,]?){1,3}", text) is not None for text in some)
    return 2 * full > len(some)


def arm(columns: Mapping[str, Column]) -> Column | None:
    """Return the column named like a treatment, one named so and nothing else before one with further words.

    It has two values, unless only a column with more is named like a treatment.
    """
    possible = [c for c in columns.values() if not any(re.fullmatch(vocabulary().no_arm, word) for word in _told(c))]
    two = [c for c in possible if len(c.levels) == 2]
    several = [c for c in possible if 2 < len(c.levels) < 10]
    whole = [lambda c: {"".join(c.words), "".join(c.label_words)}, _told]
    for candidates, patterns in ((two, vocabulary().arm), (several, vocabulary().arm[:3])):
        for names in whole:
            for pattern in patterns:
                for column in candidates:
                    if any(re.fullmatch(pattern, name) for name in names(column)):
                        return column
    return None


def _told(column: Column) -> set[str]:
    """Return the words of a column's name and label, and each as one word."""
    return {*column.words, "".join(column.words), *column.label_words, "".join(column.label_words)}


def reference(levels: Mapping[str, str]) -> tuple[str, bool]:
    """Return the level that others are compared with, and whether its name says so; the first if none does."""
    for pattern in vocabulary().reference:
        for level, label in levels.items():
            if any(re.fullmatch(pattern, word) for word in re.findall(r"\w+", f"{level} {label}".casefold())):
                return level, True
    return next(iter(levels)), False


def recoding(column: Column) -> dict[str, str] | None:
    """Return how an event column's cells become 0 and 1, or None if it is not an event column."""
    levels = column.levels
    if not 1 <= len(levels) <= 2:
        return None
    told = {level: column.codes.get(level, level) for level in levels}
    codes = {}
    for level, label in told.items():
        if _CENSORED.search(label):
            codes[level] = "0"
        elif _HAPPENED.search(label):
            codes[level] = "1"
    return codes if len(codes) == len(levels) and len(set(codes.values())) == len(levels) else None


def meaning_yes(column: Column) -> str | None:
    """Return the value of a yes/no column that means yes, None if none does."""
    return next((level for level, code in (recoding(column) or {}).items() if code == "1"), None)


def date_column(columns: Iterable[Column], *patterns: str) -> Column | None:
    """Return the first column of dates whose name holds one of the patterns, the first pattern before the next."""
    dates = [column for column in columns if column.dates]
    for pattern in patterns:
        for column in dates:
            if re.search(pattern, "_".join([*column.words, *(column.file_label or "").casefold().split()])):
                return column
    return None


def response(columns: Mapping[str, Column]) -> tuple[Column, dict[str, str]] | None:
    """Return the column of best response and, for each of its levels, the RECIST class it means."""
    classes = vocabulary().response
    for column in columns.values():
        meant: dict[str, str] = {}
        for level in column.levels[: len(classes) + 1]:
            label = column.codes.get(level, level).casefold()
            if (name := next((name for name, of in classes.items() if re.fullmatch(of["words"], label)), None)) is None:
                break
            meant[level] = name
        if len(meant) == len(column.levels) > 1:
            return column, meant
    return None


def lesions(columns: Mapping[str, Column]) -> list[tuple[str, Column, Column]]:
    """Return diameters before and after treatment as stem, before, after: columns alike but for these words."""
    found = []
    for before_word, after_word in vocabulary().lesions:
        for before in columns.values():
            if before_word in before.words and before.numeric:
                wanted = [after_word if word == before_word else word for word in before.words]
                after = next((c for c in columns.values() if c.words == wanted and c.numeric), None)
                size = re.search(r"mm|cm|diam|size|lesion|tumou?r|sum|sld", "_".join(before.words))
                if after is not None and size:
                    stem = "_".join(w for w in before.words if w not in (before_word, "mm", "cm")) or "lesion"
                    found.append((stem, before, after))
    return found


def adverse_events(columns: Mapping[str, Column]) -> tuple[list[Column], list[Column]]:
    """Return the columns named like adverse events: those of yes and no, and those of grades from 0 to 5."""
    named = [
        c for c in columns.values() if re.search(vocabulary().adverse_events, "_".join([*c.words, *c.label_words]))
    ]
    plain = [column for column in named if 1 <= len(column.levels) <= 2 and recoding(column)]
    graded = [c for c in named if len(c.levels) > 2 and c.whole and c.numbers.between(0, 5).all()]
    return plain, graded
