"""Draft the covariates, and the model that the events support."""

from __future__ import annotations

import re
from typing import Any

from living_article.errors import InputError
from living_article.patients.support import EVENTS_PER_COEFFICIENT
from living_article.study.drafting.columns import Column
from living_article.study.drafting.content import Draft, slug
from living_article.study.drafting.pairs import Pair
from living_article.study.vocabulary import vocabulary

MOST_LEVELS = 12


def covariates(made: Draft, found: dict[str, Column], file: Any) -> None:
    """Take every other column as a covariate, or say why it is none."""
    blocks: dict[str, dict] = {}
    for column in found.values():
        name = slug(column.name)
        name = name if name not in blocks else f"{name}_{len(blocks) + 1}"
        if reason := _unusable(column):
            made.remarks.append(f"{column.name}: not analysed, {reason}")
            continue
        blocks[name], why = _covariate(column)
        made.guessed(why, "covariates", name)
    if not blocks:
        raise InputError("no column is left that could be a covariate", file=file, remedy="add one, e.g. age")
    made.content["covariates"] = blocks
    made.content["baseline"] = list(blocks)
    made.guessed("every covariate", "baseline")


def _unusable(column: Column) -> str | None:
    """Return why a column is no covariate, or None."""
    if len(column.levels) < 2:
        return "it is empty" if not column.levels else "every patient has the same value"
    if column.numeric:
        return None
    if len(column.levels) > MOST_LEVELS or 2 * len(column.levels) > len(column.values):
        return "text with too many different values to be levels"
    return "long text" if max(map(len, column.levels)) > 60 else None


def _covariate(column: Column) -> tuple[dict[str, Any], str]:
    """Return a covariate block and why it was made so."""
    names = "_".join(column.words)
    binary = set(column.levels) == {"0", "1"}
    few = column.whole and len(column.levels) <= 6
    ordered = re.search(vocabulary().ordered, names) is not None
    if column.numeric and not (column.codes or binary or (few and ordered)):
        counted = column.whole and bool(set(vocabulary().counted).intersection(column.words))
        block: dict[str, Any] = {"column": column.name, "label": column.label}
        block["kind"] = "count" if counted else "continuous"
        unit = column.unit or ("years" if column.words[-1:] in (["age"], ["alter"]) else None)
        block |= {"unit": unit} if unit else {}
        block |= {"minimum": 0} if (column.numbers >= 0).all() else {}
        return block, "numbers" + (", whole, named like a count" if counted else "")
    labels = {level: column.level_label(level) for level in column.levels}
    if binary and not column.codes:
        labels = {"0": "No", "1": "Yes"}
    kind = "ordinal" if ordered and len(labels) > 2 else "categorical"
    common = next(iter(labels)) if kind == "ordinal" else column.values.mode().iloc[0]
    plain = {
        level: label
        for level, label in labels.items()
        if re.fullmatch(r"no|none|never|0|nein|keine?|nie", label.casefold())
    }
    block = {"column": column.name, "label": column.label, "kind": kind, "reference": next(iter(plain), common)}
    why = "levels in this order" if kind == "ordinal" else "the reference is " + ("no" if plain else "the usual level")
    return block | {"levels": labels}, why


def model(made: Draft, pairs: list[Pair]) -> None:
    """Take the arm and as many covariates, in the order of the table, as the events of the primary endpoint support."""
    primary = next(pair for pair in pairs if pair.kind.id == made.content["primary"])
    events = int((made.table[primary.event.name] == "1").sum())
    room = events // EVENTS_PER_COEFFICIENT - 1
    terms = ["arm"]
    for name, block in made.content["covariates"].items():
        cost = len(block.get("levels", (0, 0))) - 1
        if cost <= room:
            terms.append(name)
            room -= cost
    made.content["model"] = {"endpoint": primary.kind.id, "terms": terms}
    left = len(made.content["covariates"]) + 1 - len(terms)
    told = f"without the last {left}, as {events} events do not support more" if left else "every covariate"
    made.guessed(f"{told}; choose by what is known of the disease", "model", "terms")
