"""The data dictionary: a page that says what each column of the patient table means, made from the study file."""

from __future__ import annotations

from living_article.display.words import lower_first
from living_article.study.model import Covariate, CutOff, LevelMap, Study


def dictionary_page(study: Study) -> str:
    """Return the page as MyST markdown."""
    parts = [
        "# Data dictionary",
        "This page is generated from the study file, which alone says what the columns mean.\n"
        f"The patient table is `{study.table.name}`, one row a patient; {lower_first(study.provenance.badge)}.",
        "## Columns",
        _table(["Column", "Meaning", "Kind and unit", "Values (reference first)"], _columns(study)),
    ]
    if derived := [_derived(c, c.derive) for c in study.covariates.values() if c.derive]:
        parts += [
            "## Derived covariates",
            "These are computed from a column when the table is read.",
            _table(["Covariate", "Meaning", "Derived from", "Values (reference first)"], derived),
        ]
    parts += ["## Roles", _table(["Role", "Columns or covariates"], _roles(study))]
    return "\n\n".join(parts) + "\n"


def _table(header: list[str], rows) -> str:
    lines = [" | ".join(header), " | ".join([":---"] * len(header))]
    lines += [" | ".join(cell.replace("|", r"\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _columns(study: Study) -> list[list[str]]:
    """Return a row for each column: name, meaning, kind, values."""
    arms = study.arms
    levels = "; ".join(f"`{a.id}` {a.label}" for a in (arms.reference, arms.treated))
    rows = [
        [f"`{study.patient}`", "Patient identifier", "text", "unique"],
        [f"`{arms.column}`", "Treatment arm", "two arms", levels],
    ]
    if study.dates:
        rows.append([f"`{study.dates.enrolled}`", "Date of enrolment", "date", "year-month-day"])
        rows.append([f"`{study.dates.last_contact}`", "Date of last contact", "date", "year-month-day"])
    rows += [_covariate(c) for c in study.covariates.values() if c.derive is None]
    rows += [_covariate(c) for c in study.descriptions.values()]
    rows += _response(study)
    for lesion in study.lesions.values():
        for column, when in ((lesion.before, "before"), (lesion.after, "after")):
            meaning = f"{lesion.label}, maximum diameter {when} treatment"
            rows.append([f"`{column}`", meaning, f"continuous, {lesion.unit}", "0 or more"])
    for group in study.toxicity:
        for column, label in group.events.items():
            rows.append(
                [f"`{column}`", f"{label} ({lower_first(group.label)})", "two levels", f"`{group.present}`: occurred"]
            )
    for endpoint in study.endpoints.values():
        rows.append([f"`{endpoint.time}`", f"{endpoint.label}: time", f"time, {endpoint.unit}", "0 or more"])
        rows.append(
            [f"`{endpoint.event}`", f"{endpoint.label}: event", "two levels", f"1 {endpoint.event_label}; 0 censored"]
        )
        if endpoint.date:
            meaning = f"Date on which the event was seen ({lower_first(endpoint.label)})"
            rows.append([f"`{endpoint.date}`", meaning, "date", "year-month-day, blank if none"])
    return rows


def _response(study: Study) -> list[list[str]]:
    if study.response is None:
        return []
    levels = "; ".join(f"`{key}` {lower_first(label)}" for key, label in study.response.levels.items())
    rows = [[f"`{study.response.column}`", "Best response", "ordered levels", levels]]
    flags = (
        (study.response.new_lesions, "New lesions"),
        (study.response.counted, "Counted in the printed response table"),
    )
    return rows + [[f"`{flag.column}`", meaning, "two levels", f"`{flag.yes}`: yes"] for flag, meaning in flags if flag]


def _values(covariate: Covariate) -> str:
    if covariate.levels:
        order = sorted(covariate.levels, key=lambda level: level != covariate.reference)
        return "; ".join(f"`{level}` {covariate.levels[level]}" for level in order)
    low, high = (None if end is None else f"{end:g}" for end in (covariate.minimum, covariate.maximum))
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"{high} or less" if high else "any number"


def _kind(covariate: Covariate) -> str:
    return f"{covariate.kind}, {covariate.unit}" if covariate.unit else covariate.kind


def _covariate(covariate: Covariate) -> list[str]:
    return [f"`{covariate.column}`", covariate.label, _kind(covariate), _values(covariate)]


def _derived(covariate: Covariate, rule: LevelMap | CutOff) -> list[str]:
    if isinstance(rule, LevelMap):
        how = f"`{rule.source}`: " + ", ".join(f"{old} → {new}" for old, new in rule.map.items())
    else:
        how = f"`{rule.source}`: `{rule.then}` above {rule.above:g}, else `{rule.otherwise}`"
    return [f"`{covariate.id}`", covariate.label, how, _values(covariate)]


def _roles(study: Study) -> list[list[str]]:
    """Return which covariates stand in the baseline table and in the model, and where the endpoints lie."""

    def listed(names) -> str:
        return ", ".join(f"`{name}`" for name in names)

    rows = [
        ["Baseline table", listed(study.baseline)],
        ["Endpoints (primary first)", listed(sorted(study.endpoints, key=lambda e: e != study.primary.id))],
        ["Horizons", ", ".join(f"{h:g}" for h in study.horizons) + f" {study.primary.unit}"],
    ]
    if study.model:
        rows.append(["Prognostic model", f"{listed(study.model.terms)} for `{study.model.endpoint}`"])
    if study.external:
        badge = lower_first(study.external.provenance.badge)
        rows.append([study.external.label, f"`{study.external.table.name}`, {badge}"])
    return rows
