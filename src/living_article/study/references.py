"""What the parts of a study file say of one another: undefined names, circles, bounds in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from living_article.errors import InputError
from living_article.study.model import ARM, DAYS, Covariate, CutOff, Endpoint, LevelMap, Study
from living_article.study.sensitivity import sensitivity_problems


def reference_problems(study: Study) -> Iterator[InputError]:
    """Yield every fault between the parts of a study file that has the right form, one line each."""
    for where, name, known in _names(study):
        if name not in known:
            yield undefined(study.file, where, name, known)
    yield from _units(study)
    yield from _circles(study)
    yield from _bounds(study)
    text = {c.column for c in study.covariates.values() if not c.numeric}
    numbers = {c.column for c in study.covariates.values() if c.numeric}
    numbers.update(name for e in study.endpoints.values() for name in (e.time, e.event))
    for rule in study.eligibility:
        if rule.among is None and rule.column in text:
            problem = f"eligibility.{rule.id}: {rule.column!r} holds no numbers"
            yield InputError(problem, file=study.file, remedy="use 'among', or a numeric column")
        if rule.among is not None and rule.column in numbers:
            problem = f"eligibility.{rule.id}: {rule.column!r} holds numbers"
            yield InputError(problem, file=study.file, remedy="use 'at_least' and 'at_most'")
    if study.arms.treated.label == study.arms.reference.label:
        problem = f"arms.levels: both arms are labelled {study.arms.reference.label!r}"
        yield InputError(problem, file=study.file, remedy="give them labels that differ")
    yield from sensitivity_problems(study)


def undefined(file: Path, where: str, name: str | None, known: Mapping[str, object]) -> InputError:
    """Return the error for a name that the study file does not define."""
    return InputError(f"{where}: {name!r} is not defined", file=file, remedy=f"use one of {', '.join(known)}")


def _names(study: Study) -> Iterator[tuple[str, str | None, Mapping[str, object]]]:
    """Yield each name with where it stands and what is defined: terms, rows, endpoints, lesions, levels."""
    covariates, endpoints = study.covariates, study.endpoints
    yield from (("baseline", name, covariates) for name in study.baseline)
    yield from (("extra_baseline", name, covariates) for name in study.extra_baseline)
    if study.model:
        yield "model.endpoint", study.model.endpoint, endpoints
        yield from (("model.terms", term, {ARM: None, **covariates}) for term in study.model.terms)
    yield from ((f"endpoints.{e.id}.within", e.within, endpoints) for e in endpoints.values() if e.within)
    if study.response:
        if study.response.lesion:
            yield "response.lesion", study.response.lesion, study.lesions
        counted = (*study.response.objective, *study.response.controlled)
        yield from (("response", level, study.response.levels) for level in counted)
    for covariate in covariates.values():
        if covariate.levels:
            yield f"covariates.{covariate.id}.reference", covariate.reference, covariate.levels
        if covariate.derive:
            yield from _derivation_names(covariate, covariate.derive, covariates)


def _derivation_names(
    covariate: Covariate, rule: LevelMap | CutOff, covariates: dict[str, Covariate]
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the names a derivation uses: its source, the levels it maps, and those it gives."""
    where = f"covariates.{covariate.id}.derive"
    yield f"{where}.from", rule.source, covariates
    yield from ((where, level, covariate.levels) for level in rule.gives)
    source = covariates.get(rule.source)
    if isinstance(rule, LevelMap) and source and not source.numeric and not source.derive:
        yield from ((f"{where}.map", level, rule.map) for level in source.levels)


def _units(study: Study) -> Iterator[InputError]:
    """Yield endpoints in another unit than the primary one: horizons and tables are common to them."""
    common = study.primary.unit
    for endpoint in study.endpoints.values():
        if endpoint.unit != common:
            factor = DAYS[common] / DAYS[endpoint.unit]
            change, by = ("divide", factor) if factor > 1 else ("multiply", 1 / factor)
            problem = f"endpoints.{endpoint.id}.unit: {endpoint.unit}, and {common} for {study.primary.id}"
            remedy = f"give all times in one unit: {change} {endpoint.time!r} by {by:.6g}, then write {common} here"
            yield InputError(problem, file=study.file, remedy=remedy)


def _circles(study: Study) -> Iterator[InputError]:
    """Yield endpoints that lie within themselves, and covariates derived from what is no column of the table."""
    told: set[str] = set()
    for endpoint in study.endpoints.values():
        chain = [endpoint.id, *_around(endpoint, study.endpoints)]
        if chain[-1] == endpoint.id and len(chain) > 1 and endpoint.id not in told:
            told.update(chain)
            problem = f"endpoints.{endpoint.id}.within: {' within '.join(chain)}, a circle"
            remedy = "name the endpoint that cannot come earlier, such as overall survival, or remove the line"
            yield InputError(problem, file=study.file, remedy=remedy)
    for covariate in study.covariates.values():
        source = study.covariates.get(covariate.derive.source) if covariate.derive else None
        if source is None:
            continue
        where = f"covariates.{covariate.id}.derive"
        if source.derive:
            problem = f"{where}.from: {source.id!r} is derived itself"
            yield InputError(problem, file=study.file, remedy="derive it from a column of the table")
        elif source.numeric == isinstance(covariate.derive, LevelMap):
            kind, remedy = ("numbers", "use 'above'") if source.numeric else ("levels", "use 'map'")
            yield InputError(f"{where}.from: {source.id!r} holds {kind}", file=study.file, remedy=remedy)


def _around(endpoint: Endpoint, endpoints: Mapping[str, Endpoint]) -> Iterator[str]:
    """Yield the ids of the endpoints around an endpoint, each once."""
    seen: set[str] = set()
    while (name := endpoint.within) is not None and name in endpoints and name not in seen:
        seen.add(name)
        yield name
        endpoint = endpoints[name]


def _bounds(study: Study) -> Iterator[InputError]:
    """Yield bounds of which the lower is above the upper, and columns with two meanings."""
    covariates = [*study.covariates.items(), *study.descriptions.items()]
    pairs: list[tuple[str, object, object]] = [(f"covariates.{key}", c.minimum, c.maximum) for key, c in covariates]
    pairs += [(f"eligibility.{rule.id}", rule.at_least, rule.at_most) for rule in study.eligibility]
    if study.dates and study.dates.accrual:
        first, last = study.dates.accrual
        pairs += [("dates.accrual", first, last), ("dates.cutoff", first, study.dates.cutoff)]
    for where, low, high in pairs:
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            yield InputError(f"{where}: {low} is after {high}", file=study.file, remedy="exchange or correct them")
    roles = {"the patient": [study.patient], "the arm": [study.arms.column]}
    roles["a time"] = [e.time for e in study.endpoints.values()]
    roles["an event"] = [e.event for e in study.endpoints.values()]
    for column in dict.fromkeys(name for names in roles.values() for name in names):
        meant = [role for role, names in roles.items() if column in names]
        if len(meant) > 1:
            problem = f"the column {column!r} is named as {' and '.join(meant)}"
            yield InputError(problem, file=study.file, remedy="name another column for one of them")
