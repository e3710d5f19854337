"""Draft the covariates, and the model that the events support."""

from __future__ import annotations

import re
from typing import Any

from living_article.errors import InputError
from living_article.patients.cells import is_date, is_number, quoted
from living_article.patients.support import EVENTS_PER_COEFFICIENT
from living_article.study.drafting.columns import MOST_LEVELS, Column
from living_article.study.drafting.content import Draft, slug
from living_article.study.drafting.pairs import Pair, outcome
from living_article.study.vocabulary import vocabulary

_EXTRA = re.compile(r"(?<=\d)\s*[A-Za-zµ/]+$|[\s<>≤≥~%*]|,(?=\d{3}\b)")  # what stands beside the digits of a number
_AMBIGUOUS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{2}|\d{4})")  # day, month and century are not told
MOST_CODES = 6
_SENTINELS = (-9, -99, -999, -9999, 99, 999, 9999, 888, 777)


def covariates(made: Draft, found: dict[str, Column], file: Any) -> None:
    """Take every other column as a covariate, or say why it is none."""
    blocks: dict[str, dict] = {}
    for column in found.values():
        name = slug(column.name)
        name = name if name not in blocks else f"{name}_{len(blocks) + 1}"
        if reason := unusable(column):
            made.remarks.append(f"{column.name}: not analysed, {reason}")
            continue
        blocks[name], why = _covariate(column)
        made.guessed(why, "covariates", name)
    if not blocks:
        raise InputError("no column is left that could be a covariate", file=file, remedy="add one, e.g. age")
    made.content["covariates"] = blocks
    made.content["baseline"] = list(blocks)
    made.guessed("every covariate", "baseline")


def unusable(column: Column) -> str | None:
    """Return why a column is no covariate, or None."""
    if outcome(column) and (column.numeric or len(column.levels) <= MOST_LEVELS):
        return "it looks like the time or the event of an endpoint that was not recognised"
    if len(column.levels) < 2:
        return _one_value(column)
    if column.numeric:
        numbered = column.whole and (column.numbers.diff().iloc[1:] == 1).all() and len(column.levels) > MOST_LEVELS
        return "it numbers the rows" if numbered else None
    if len(column.levels) > MOST_LEVELS or 2 * len(column.levels) > len(column.values):
        return _nearly_numbers(column) or "text with too many different values to be levels"
    return "long text" if max(map(len, column.levels)) > 60 else None


def _one_value(column: Column) -> str:
    if not column.levels:
        return "it is empty"
    if len(column.values) == len(column.cells):
        return "every patient has the same value"
    return f"its cells hold {quoted(column.levels[0])!r} or nothing; write what an empty cell means, such as no"


def _nearly_numbers(column: Column) -> str | None:
    """Return what keeps a column of text from being numbers or dates, if that is little."""
    odd = column.values[~column.values.map(is_number)]
    if 2 * sum(_AMBIGUOUS.fullmatch(text) is not None for text in column.values) > len(column.values):
        return f"dates such as {quoted(odd.iloc[0])!r} may mean several days; write year-month-day"
    undated = column.values[~column.values.map(is_date)]
    if 2 * len(undated) < len(column.values):
        return f"{len(undated)} of its {len(column.values)} values are no dates, such as {quoted(undated.iloc[0])!r}"
    if 2 * sum(is_number(_EXTRA.sub("", text)) for text in column.values) > len(column.values):
        told = f"{len(odd)} of its {len(column.values)} values are no numbers, such as {quoted(odd.iloc[0])!r}"
        return f"{told}; write digits with a decimal point, or leave the cell empty"
    return None


def _covariate(column: Column) -> tuple[dict[str, Any], str]:
    """Return a covariate block and why it was made so."""
    ordered = re.search(vocabulary().ordered, "_".join(column.words)) is not None
    few = column.whole and len(column.levels) <= MOST_CODES
    if column.numeric and not (column.codes or len(column.levels) == 2 or (few and ordered)):
        return _number(column, few=few)
    return _levels(column, ordered=ordered)


def _number(column: Column, *, few: bool) -> tuple[dict[str, Any], str]:
    counted = column.whole and bool(set(vocabulary().counted).intersection(column.words))
    block: dict[str, Any] = {"column": column.name, "label": column.label}
    block["kind"] = "count" if counted else "continuous"
    unit = column.unit or ("years" if column.words[-1:] in (["age"], ["alter"]) else None)
    block |= {"unit": unit} if unit else {}
    code = _code_for_missing(column)
    plausible = column.numbers[column.numbers != code]
    block |= {"minimum": 0} if (plausible >= 0).all() else {}
    if code is not None:
        block |= {"maximum": code - 1} if code > 0 else {}
        return block, f"numbers; {code} looks like a code for missing: empty these cells, or change the bounds"
    codes = "; if they are codes, make it categorical with levels" if few and not counted else ""
    return block, "numbers" + (", whole, named like a count" if counted else "") + codes


def _code_for_missing(column: Column) -> int | None:
    """Return the value far from all others that is written like a code for missing, such as 999 or -9."""
    for code in _SENTINELS + ((8, 9) if len(column.levels) <= MOST_CODES else ()):
        others = column.numbers[column.numbers != code]
        if len(others) in (0, len(column.numbers)):
            continue
        if (others.min() >= 0 > code) or (code > 0 and others.max() < code / 2):
            return code
    return None


def _levels(column: Column, *, ordered: bool) -> tuple[dict[str, Any], str]:
    missing = _code_for_missing(column) if column.numeric and len(column.levels) > 2 else None
    labels = {level: column.level_label(level) for level in column.levels if level != str(missing)}
    yes_no = set(labels) == {"0", "1"} and not column.codes
    yes_no = yes_no and not any(re.fullmatch(vocabulary().named, word) for word in column.words)
    if yes_no:
        labels = {"0": "No", "1": "Yes"}
    kind = "ordinal" if ordered and len(labels) > 2 else "categorical"
    common = next(iter(labels)) if kind == "ordinal" else column.values.mode().iloc[0]
    no = r"no|none|never|0|nein|keine?|nie|unchecked"
    plain = [level for level, label in labels.items() if re.fullmatch(no, label.casefold())]
    block: dict[str, Any] = {"column": column.name, "label": column.label, "kind": kind}
    block |= {"reference": plain[0] if plain else common, "levels": labels}
    if yes_no:
        return block, "0 as no and 1 as yes; the reference is no"
    if missing is not None:
        return block, f"levels; {missing} looks like a code for missing: empty these cells, or add the level"
    why = "levels in this order" if kind == "ordinal" else "the reference is " + ("no" if plain else "the usual level")
    unsaid = not column.codes and column.numeric and kind == "categorical"
    return block, why + (f"; what do {' and '.join(labels)} stand for?" if unsaid else "")


def model(made: Draft, pairs: list[Pair]) -> None:
    """Take the arm and as many covariates, in the order of the table, as the events of the primary endpoint support."""
    primary = next(pair for pair in pairs if pair.kind.id == made.content["primary"])
    counted = made.table[primary.event.name] == "1"  # events of patients who have a value for every term
    terms, coefficients = ["arm"], 1
    for name, block in made.content["covariates"].items():
        cost = len(block.get("levels", (0, 0))) - 1
        complete = counted & (made.table[block["column"]] != "")
        if (coefficients + cost) * EVENTS_PER_COEFFICIENT <= complete.sum():
            terms.append(name)
            coefficients += cost
            counted = complete
    events = int(counted.sum())
    made.content["model"] = {"endpoint": primary.kind.id, "terms": terms}
    left = len(made.content["covariates"]) + 1 - len(terms)
    told = f"without the last {left}, as {events} events do not support more" if left else "every covariate"
    made.guessed(f"{told}; choose by what is known of the disease", "model", "terms")
