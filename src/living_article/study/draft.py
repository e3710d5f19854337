"""Draft a study file from a patient table: what each column seems to mean, every guess with a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from living_article.errors import InputError
from living_article.patients.support import EVENTS_PER_COEFFICIENT
from living_article.patients.table_files import TableFile
from living_article.study import guess
from living_article.study.columns import Column, columns, fit_label
from living_article.study.commented_yaml import Path, commented, one_line
from living_article.study.vocabulary import vocabulary

MOST_LEVELS = 12
SEVERE = 3  # the grade from which an adverse event counts where the table has grades


@dataclass
class Draft:
    """A study file in the making: its content, the comment of each guess, the table to copy and what was left out."""

    content: dict[str, Any]
    table: pd.DataFrame
    comments: dict[Path, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def guessed(self, text: str, *path: str) -> None:
        """Mark what stands at ``path`` as a guess."""
        self.comments[path] = f"guessed: {text}"

    @property
    def text(self) -> str:
        """The study file as YAML."""
        head = [
            "# Drafted from the patient table by `article new`. Each line marked `guessed:` is for you to confirm or",
            "# correct; then run `article check` on this file.",
        ]
        tail = (
            ["", "# About the table:", *(f"# - {one_line(remark)}" for remark in self.remarks)] if self.remarks else []
        )
        return "\n".join([*head, commented(self.content, self.comments).rstrip("\n"), *tail]) + "\n"


def draft(source: TableFile, study_id: str, file: Any = None) -> Draft:
    """Return the draft for a table.

    Raises
    ------
    InputError
        If the table has no patients, no column of two values that could be the arm, or no time with its event.
    """
    if source.cells.empty:
        raise InputError("no patients", file=file, remedy="give one row for each patient below the column names")
    found, changes = columns(source)
    made = Draft(_head(study_id), pd.DataFrame({name: column.cells for name, column in found.items()}))
    made.guessed("patients need the strictest care; else reconstructed or simulated", "provenance", "kind")
    made.comments["title",] = "to decide: the name of the folder so far"
    made.comments["population",] = "to decide: who these patients are, in a few words"
    if guess.german(found):
        made.content["language"] = "de"
        made.guessed("of the labels, which then keep their capitals inside sentences", "language")
    made.remarks += [f"{name}: {change}" for name, change in changes.items()]
    made.remarks += [f"{error.column or f'row {error.row}'}: left out, {error.problem}" for error in source.problems]
    for name in guess.identifying(found):
        del found[name]
        made.table = made.table.drop(columns=name)
        made.remarks.append(f"{name}: not copied, it may tell who a patient is")
    _patient(made, found)
    _arms(made, found, file)
    endpoints = _endpoints(made, found, file)
    _dates(made, found, endpoints)
    _response(made, found)
    _adverse_events(made, found)
    _covariates(made, found, file)
    _model(made, endpoints)
    return made


def _head(study_id: str) -> dict[str, Any]:
    title = re.sub(r"[_\W]+", " ", study_id).strip() or "Own cohort"
    return {
        "schema": 1,
        "id": _slug(study_id),
        "title": title[:1].upper() + title[1:],
        "population": "patients of the cohort",
        "provenance": {"kind": "patients", "badge": "Own cohort, observed patients"},
        "table": "cohort.csv",
    }


def _slug(text: str) -> str:
    """Return text as an id of the study file."""
    slug = re.sub(r"[^A-Za-z0-9_+.-]+", "_", text).strip("_.-+")
    slug = slug or "column"
    return f"{slug}_covariate" if slug == "arm" else slug


def _patient(made: Draft, found: dict[str, Column]) -> None:
    column = guess.patient(found)
    if column is not None:
        del found[column.name]
        made.content["patient"] = column.name
        made.guessed("a different value in every row", "patient")
        return
    name = "patient" if "patient" not in found else "patient_row"
    width = len(str(len(made.table)))
    made.table.insert(0, name, [f"P{i:0{width}d}" for i in range(1, len(made.table) + 1)])
    made.content["patient"] = name
    made.guessed("no column identifies the patients, so they were numbered", "patient")


def _arms(made: Draft, found: dict[str, Column], file: Any) -> None:
    events = {pair.event.name for pair in guess.pairs(found)}
    column, named = guess.arm({name: c for name, c in found.items() if name not in events})
    if column is not None and len(column.levels) > 2:
        problem = f"{len(column.levels)} values, and two arms are compared"
        remedy = "keep the patients of two arms, or name another column arm"
        raise InputError(problem, file=file, column=column.name, remedy=remedy)
    if column is None:
        raise InputError("no column of two values that could be the arm", file=file, remedy="add a column named arm")
    del found[column.name]
    labels = {level: column.level_label(level) for level in column.levels}
    reference, said = guess.reference(labels)
    if guess.recoding(column):  # yes and no, or 1 and 0, say nothing without the name of the column
        labels = {level: fit_label(f"{column.label}: {label.casefold()}") for level, label in labels.items()}
    levels = {level: {"label": label} for level, label in labels.items()}
    made.content["arms"] = {"column": column.name, "reference": reference, "levels": levels}
    told = "named like a treatment, with two values" if named else "the first column with two values; none is named arm"
    made.guessed(told, "arms", "column")
    made.guessed("its name says so" if said else "the first of the two", "arms", "reference")


def _endpoints(made: Draft, found: dict[str, Column], file: Any) -> list[guess.Pair]:
    pairs = guess.pairs(found)
    if not pairs:
        remedy = "name them alike, e.g. os_months and os_event with 1 for an event and 0 for a censored time"
        raise InputError("no time column with its event column was recognised", file=file, remedy=remedy)
    blocks: dict[str, dict] = {}
    outer = guess.outer(pairs)
    for pair in pairs:
        kind, label = pair.kind, pair.kind.label
        block = {"label": label, "short": kind.short, "time": pair.time.name, "event": pair.event.name}
        blocks[kind.id] = block | {"unit": pair.unit, "event_label": kind.event_label}
        made.guessed("from the names of the columns", "endpoints", kind.id)
        made.guessed("named" if pair.unit_named else "from the size of the times", "endpoints", kind.id, "unit")
        _event(made, pair)
        if outer and outer is not pair and outer.unit == pair.unit:
            blocks[kind.id]["within"] = outer.kind.id
            made.guessed("no later than death or last contact", "endpoints", kind.id, "within")
        del found[pair.time.name]
        found.pop(pair.event.name, None)
    made.content["endpoints"] = blocks
    primary = outer or pairs[0]
    made.content["primary"] = primary.kind.id
    made.guessed("overall survival if there is one, else the first", "primary")
    made.content["horizons"] = guess.horizons(primary)
    made.guessed(f"within the follow-up, in {primary.unit}", "horizons")
    return pairs


def _event(made: Draft, pair: guess.Pair) -> None:
    """Write the event column of the copied table as 0 and 1 and say what was taken for an event."""
    column = pair.event
    if any(level != code for level, code in pair.recode.items()):
        made.table[column.name] = made.table[column.name].map(pair.recode).fillna("")
        told = ", ".join(f"{column.codes.get(level, level)} → {code}" for level, code in pair.recode.items())
        made.guessed(f"the copied table has 1 for the event: {told}", "endpoints", pair.kind.id, "event")
    elif "cens" in "".join(column.words):
        made.guessed("1 is the event; if 1 means censored, exchange them", "endpoints", pair.kind.id, "event")


def _dates(made: Draft, found: dict[str, Column], pairs: list[guess.Pair]) -> None:
    """Take the dates of enrolment, last contact and events; other dates are left out."""
    days = [column for column in found.values() if column.dates]
    enrolled, last = (guess.date_column(days, *vocabulary().dates[role]) for role in ("enrolled", "last_contact"))
    if enrolled and last and enrolled is not last:
        made.content["dates"] = {"enrolled": enrolled.name, "last_contact": last.name}
        made.guessed("from the names of the columns", "dates")
        rest = [column for column in days if column not in (enrolled, last)]
        for pair in pairs:
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


def _response(made: Draft, found: dict[str, Column]) -> None:
    """Take best response and lesion diameters."""
    blocks = {}
    for stem, before, after in guess.lesions(found):
        unit = before.unit or "mm"
        label = re.sub(r"[_\W]+", " ", stem).strip().capitalize()
        blocks[_slug(stem)] = {"label": label, "before": before.name, "after": after.name, "unit": unit}
        made.guessed("diameters before and after treatment", "lesions", _slug(stem))
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


def _adverse_events(made: Draft, found: dict[str, Column]) -> None:
    """Take columns named like adverse events: of yes and no whose yes is written alike, or of grades."""
    events: dict[str, str] = {}
    present = None
    plain, graded = guess.adverse_events(found)
    for column in plain:
        yes = guess.meaning_yes(column)
        if yes is not None and present in (None, yes):
            present = yes
            events[column.name] = column.label
            del found[column.name]
    groups = {"adverse_events": {"label": "Adverse events", "events": events}} if events else {}
    if graded:
        present = present or "1"
        severe = {_severe(made, found.pop(column.name), present): _without_grade(column.label) for column in graded}
        groups["severe_events"] = {"label": f"Adverse events of grade {SEVERE} or higher", "events": severe}
    if groups:
        made.content["toxicity"] = {"present": present, "groups": groups}
        made.guessed("columns named like adverse events; group them by organ if you like", "toxicity", "groups")


def _without_grade(label: str) -> str:
    return re.sub(r"[\s,:]*(ctcae|grade|grad)\b", "", label, flags=re.IGNORECASE).strip() or label


def _severe(made: Draft, column: Column, present: str) -> str:
    """Add a column that says who had an event of a high grade, and return its name."""
    name = f"{column.name} {SEVERE}+"
    made.table[name] = ""
    made.table.loc[column.values.index, name] = [present if grade >= SEVERE else "0" for grade in column.numbers]
    made.remarks.append(f"{name}: added, {present} for grade {SEVERE} or higher and 0 for less")
    return name


def _covariates(made: Draft, found: dict[str, Column], file: Any) -> None:
    """Take every other column as a covariate, or say why it is none."""
    covariates: dict[str, dict] = {}
    for column in found.values():
        name = _slug(column.name)
        name = name if name not in covariates else f"{name}_{len(covariates) + 1}"
        if reason := _unusable(column):
            made.remarks.append(f"{column.name}: not analysed, {reason}")
            continue
        covariates[name], why = _covariate(column)
        made.guessed(why, "covariates", name)
    if not covariates:
        raise InputError("no column is left that could be a covariate", file=file, remedy="add one, e.g. age")
    made.content["covariates"] = covariates
    made.content["baseline"] = list(covariates)
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


def _model(made: Draft, pairs: list[guess.Pair]) -> None:
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
