"""A part of a cohort, chosen by rules such as ``age >= 60`` or ``sex = male``; its results are exploratory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from living_article.errors import InputError
from living_article.patients.cohort import Cohort, Step, passes
from living_article.study.model import Covariate, Eligibility, Study

_RULE = re.compile(r"\s*(?P<name>[\w.+-]+?)\s*(?P<sign>>=|<=|=)\s*(?P<value>.+?)\s*")
EXPLORATORY = "exploratory"
"""The word in the badge of a part of the patients."""
REMEDY = 'write a covariate, one of = >= <= and a value, such as "age >= 60" or "stage = I|II"'


def refuse_neighbours(cohort: Cohort, parts: Iterable[object]) -> None:
    """Refuse parts of real patients of which one is another and a few patients more; their difference shows these.

    Raises
    ------
    InputError
        If two parts lie so close, or `subset` refuses one of them.
    """
    if not (limit := cohort.provenance.limit):
        return
    chosen = [(str(texts), by_arm(subset(cohort, texts))) for texts in parts if isinstance(texts, list)]
    for (one, first), (other, second) in combinations(chosen, 2):
        if any(alike(first[arm], second[arm], limit) for arm in first):
            remedy = "leave one of them out, or ask for parts that differ more"
            raise InputError("two parts of real patients differ by too few", value=f"{one}, {other}", remedy=remedy)


def by_arm(cohort: Cohort) -> dict[str, set[str]]:
    """Return who is in each arm."""
    return {arm.id: set(cohort.of(arm)[cohort.study.patient]) for arm in cohort.study.arms}


def alike(first: set[str], second: set[str], limit: int) -> bool:
    """Return whether one group of patients is the other and a few more, fewer than ``limit``.

    >>> alike({"a"}, {"a", "b"}, 2), alike({"a"}, {"a", "b", "c"}, 2), alike({"a"}, {"b"}, 2), alike({"a"}, {"a"}, 2)
    (True, False, False, False)
    """
    return (first < second or second < first) and len(first ^ second) < limit


def rule(study: Study, text: str) -> Eligibility:
    """Return what a text such as ``age >= 60``, ``sex = male`` or ``stage = I|II`` asks for.

    Raises
    ------
    InputError
        If it has another form, or names a covariate or level that the study does not have.
    """
    match = _RULE.fullmatch(text)
    if match is None:
        raise InputError("not a rule for a part of the patients", value=text, remedy=REMEDY)
    covariate = study.covariates.get(match["name"])
    if covariate is None:
        remedy = f"use one of {', '.join(study.covariates)}"
        raise InputError("unknown covariate", file=study.file, value=match["name"], remedy=remedy)
    if covariate.numeric:
        return _limits(covariate, match["sign"], match["value"], text)
    levels = tuple(level.strip() for level in match["value"].split("|"))
    if match["sign"] != "=" or not set(levels) <= set(covariate.levels):
        remedy = f"write {covariate.id} = and one or more of {'|'.join(covariate.levels)}"
        raise InputError("not levels of this covariate", value=text, remedy=remedy)
    label = f"{covariate.label}: {' or '.join(covariate.levels[level] for level in levels)}"
    return Eligibility(f"{covariate.id}-subset", label, covariate.column, among=levels)


def _limits(covariate: Covariate, sign: str, value: str, text: str) -> Eligibility:
    try:
        limit = float(value)
    except ValueError:
        raise InputError("the value is not a number", value=text, remedy=REMEDY) from None
    words = {">=": "at least", "<=": "at most", "=": "exactly"}
    label = f"{covariate.label} {words[sign]} {limit:g}{f' {covariate.unit}' if covariate.unit else ''}"
    low, high = (limit if sign in ends else None for ends in ((">=", "="), ("<=", "=")))
    return Eligibility(f"{covariate.id}-subset", label, covariate.column, low, high)


def subset(cohort: Cohort, texts: Iterable[str]) -> Cohort:
    """Return the patients who meet every rule, their badge saying that results are exploratory; all if there is none.

    Raises
    ------
    InputError
        If a rule is malformed, an arm has no patient left, or, of real patients, so few are left or
        left out that a comparison with the whole cohort would show them.
    """
    rules = [rule(cohort.study, text) for text in texts]
    if not rules:
        return cohort
    study, table, flow = cohort.study, cohort.table, list(cohort.flow)
    for number, asked in enumerate(rules, start=1):
        table = table[passes(table, asked)]
        counts = table[study.arms.column].value_counts()
        remaining = {arm.id: int(counts.get(arm.id, 0)) for arm in study.arms}
        flow.append(Step(f"{asked.id}-{number}", asked.label, remaining))
    label = " and ".join(asked.label for asked in rules)
    for arm in study.arms:
        left, whole = flow[-1].remaining[arm.id], len(cohort.of(arm))
        if left == 0:
            raise InputError("an arm has no patient in this part", value=arm.id, remedy="ask for a larger part")
        if any(0 < number < cohort.provenance.limit for number in (left, whole - left)):
            remedy = "ask for a part that differs more from the whole"
            raise InputError("too few real patients would be left, or left out", value=label, remedy=remedy)
    provenance = replace(cohort.provenance, badge=f"{cohort.provenance.badge}; {EXPLORATORY}: {label}")
    return replace(cohort, table=table.reset_index(drop=True), flow=tuple(flow), provenance=provenance)
