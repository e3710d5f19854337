"""Draft best response, lesion diameters and new lesions."""

from __future__ import annotations

import re

from living_article.study.drafting import guess
from living_article.study.drafting.columns import Column
from living_article.study.drafting.content import Draft, slug
from living_article.study.vocabulary import vocabulary


def response(made: Draft, found: dict[str, Column]) -> None:
    """Take best response and lesion diameters."""
    blocks = {}
    for stem, before, after in guess.lesions(found):
        unit = before.unit or "mm"
        label = re.sub(r"[_\W]+", " ", stem).strip().capitalize()
        blocks[slug(stem)] = {"label": label, "before": before.name, "after": after.name, "unit": unit}
        made.guessed("diameters before and after treatment", "lesions", slug(stem))
        for column in (before, after):
            found.pop(column.name, None)
    if answer := guess.response(found):
        column, meant = answer
        classes = vocabulary().response
        order = sorted(meant, key=lambda level: list(classes).index(meant[level]))
        made.content["response"] = {
            "column": column.name,
            "levels": {level: classes[meant[level]]["label"] for level in order},
            "objective": [level for level in order if classes[meant[level]]["objective"]],
            "controlled": [level for level in order if classes[meant[level]]["controlled"]],
        }
        made.guessed("its values are response classes", "response", "column")
        del found[column.name]
        _new_lesions(made, found)
    if blocks:
        made.content["lesions"] = blocks


def _new_lesions(made: Draft, found: dict[str, Column]) -> None:
    """Take a yes/no column of new lesions, which make a response progressive disease."""
    for column in list(found.values()):
        if "new" in column.words and {"lesion", "lesions"} & set(column.words):
            yes = guess.meaning_yes(column)
            if yes is not None:
                made.content["response"]["new_lesions"] = {"column": column.name, "yes": yes}
                made.guessed("from the name of the column", "response", "new_lesions")
                del found[column.name]
                return
