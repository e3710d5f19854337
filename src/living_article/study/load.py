"""Read a study file: YAML, checked against `schema.json`, then for references between its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file
from living_article.study.model import (
    ARM,
    Arm,
    Arms,
    Article,
    Covariate,
    CutOff,
    Dates,
    Eligibility,
    Endpoint,
    External,
    Flag,
    Lesion,
    LevelMap,
    Model,
    Provenance,
    Response,
    Study,
    ToxicityGroup,
)
from living_article.study.sensitivity import read_sensitivity, sensitivity_problems

_LONGEST = 60  # characters of a value quoted in a message

Named = TypeVar("Named")


@cache
def schema() -> dict:
    """Return the JSON Schema of the study file."""
    return json.loads(resources.files("living_article.study").joinpath("schema.json").read_text("utf-8"))


def load_study(path: str | Path) -> Study:
    """Read and check the study file at ``path``, looked for here and in the parent folders if it is relative.

    Raises
    ------
    InputError
        If the file is missing, is not YAML, does not follow the schema, or names something it does not define.
    """
    file, content = _read(path)
    if error := best_match(Draft202012Validator(schema()).iter_errors(content)):
        raise _form_error(file, error)
    study = _study(file, content)
    for problem in reference_problems(study):
        raise problem
    return study


def study_problems(path: str | Path) -> Iterator[InputError]:
    """Yield every fault for which `load_study` would refuse the file, one line each."""
    try:
        file, content = _read(path)
        faults = sorted(Draft202012Validator(schema()).iter_errors(content), key=lambda error: str(error.absolute_path))
        yield from (_form_error(file, best_match([error])) for error in faults)
        if not faults:
            yield from reference_problems(_study(file, content))
    except InputError as error:
        yield error


def _read(path: str | Path) -> tuple[Path, Any]:
    """Return the study file and what stands in it; raises InputError if it is not YAML with text as keys."""
    file = _find(Path(path))
    content = read_yaml_file(file)
    if not isinstance(content, dict):
        remedy = "give the path of a study.yml; `article new` drafts one from a patient table"
        raise InputError("not a study file", file=file, remedy=remedy)
    return file, _plain(file, content)


def _form_error(file: Path, error: ValidationError) -> InputError:
    where = ".".join(str(step) for step in error.absolute_path) or "top level"
    value = repr(error.instance)
    message = error.message.replace(value, value if len(value) <= _LONGEST else "what stands here")
    return InputError(f"{where}: {message[:300]}", file=file, remedy="see the data dictionary for the form")


def _find(path: Path) -> Path:
    """Return the file, tried from the working folder upwards so that a notebook opened anywhere finds it."""
    folders = [Path.cwd(), *Path.cwd().parents] if not path.is_absolute() else [Path("/")]
    for folder in folders:
        if (folder / path).is_file():
            return folder / path
    raise InputError("no such study file", file=path, remedy="give the path of a study.yml")


def _plain(file: Path, content: object) -> Any:
    """Turn YAML dates back into ISO strings, which is what the schema speaks of; refuse keys that are no text."""
    if isinstance(content, dict):
        for key in content:
            if not isinstance(key, str):
                problem = f"the key {key!r} is read as {type(key).__name__}"
                raise InputError(problem, file=file, remedy="write it in quotes, as the cells of the table are text")
        return {key: _plain(file, value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain(file, value) for value in content]
    return content.isoformat() if isinstance(content, date) else content


def _study(file: Path, raw: dict) -> Study:
    """Build the study from checked content."""
    endpoints = {key: Endpoint(id=key, **value) for key, value in raw["endpoints"].items()}
    covariates = {key: _covariate(key, value) for key, value in raw["covariates"].items()}
    toxicity = raw.get("toxicity")
    return Study(
        file=file,
        id=raw["id"],
        title=raw["title"],
        population=raw["population"],
        provenance=Provenance(**raw["provenance"]),
        table=file.parent / raw["table"],
        patient=raw["patient"],
        arms=_arms(file, raw["arms"]),
        endpoints=endpoints,
        primary=_lookup(file, "primary", raw["primary"], endpoints),
        horizons=tuple(float(h) for h in raw["horizons"]),
        covariates=covariates,
        baseline=tuple(raw["baseline"]),
        extra_baseline=tuple(raw.get("extra_baseline", ())),
        model=Model(raw["model"]["endpoint"], tuple(raw["model"]["terms"])) if "model" in raw else None,
        eligibility=tuple(_eligibility(rule) for rule in raw.get("eligibility", ())),
        dates=_dates(raw["dates"]) if "dates" in raw else None,
        response=_response(raw["response"]) if "response" in raw else None,
        lesions={key: Lesion(id=key, **value) for key, value in raw.get("lesions", {}).items()},
        toxicity=_toxicity(toxicity) if toxicity else (),
        external=_external(file, raw["external"]) if "external" in raw else None,
        article=_article(file, raw["article"]) if "article" in raw else None,
        design=file.parent / raw["design"] if "design" in raw else None,
        sensitivity=read_sensitivity(raw) if "sensitivity" in raw else None,
        descriptions={key: _covariate(key, value) for key, value in raw.get("descriptions", {}).items()},
    )


def _lookup(file: Path, where: str, name: str, known: Mapping[str, Named]) -> Named:
    """Return ``known[name]`` or say what is known."""
    if name not in known:
        raise _undefined(file, where, name, known)
    return known[name]


def _undefined(file: Path, where: str, name: str | None, known: Mapping[str, object]) -> InputError:
    return InputError(f"{where}: {name!r} is not defined", file=file, remedy=f"use one of {', '.join(known)}")


def _arms(file: Path, raw: dict) -> Arms:
    """Build the two arms; the one that is not the reference is the treated arm."""
    levels: dict[str, Arm] = {}
    for key, value in raw["levels"].items():
        label = value["label"]
        levels[key] = Arm(key, label, value.get("short", label), value.get("printed", label))
    reference = _lookup(file, "arms.reference", raw["reference"], levels)
    treated = next(arm for arm in levels.values() if arm is not reference)
    return Arms(raw["column"], treated, reference)


def _covariate(key: str, raw: dict) -> Covariate:
    """Build a covariate; a derived one lives in a column named after itself."""
    raw = dict(raw)
    derive = _derivation(raw.pop("derive")) if "derive" in raw else None
    return Covariate(id=key, column=raw.pop("column", key), derive=derive, **raw)


def _derivation(raw: dict) -> LevelMap | CutOff:
    """Build a rule, which the schema makes either a map of levels or a cut-off."""
    if "map" in raw:
        return LevelMap(raw["from"], raw["map"])
    return CutOff(raw["from"], raw["above"], raw["then"], raw["otherwise"])


def _eligibility(raw: dict) -> Eligibility:
    among = raw.get("among")
    return Eligibility(**{**raw, "among": tuple(among) if among else None})


def _flag(raw: dict | None) -> Flag | None:
    return Flag(raw["column"], raw["yes"]) if raw else None


def _response(raw: dict) -> Response:
    return Response(
        column=raw["column"],
        levels=raw["levels"],
        objective=tuple(raw["objective"]),
        controlled=tuple(raw["controlled"]),
        lesion=raw.get("lesion"),
        new_lesions=_flag(raw.get("new_lesions")),
        criteria=raw.get("criteria", "recist"),
        counted=_flag(raw.get("counted")),
    )


def _toxicity(raw: dict) -> tuple[ToxicityGroup, ...]:
    present = raw["present"]
    return tuple(ToxicityGroup(key, group["label"], group["events"], present) for key, group in raw["groups"].items())


def _dates(raw: dict) -> Dates:
    accrual = None
    if "accrual" in raw:
        first, last = (date.fromisoformat(day) for day in raw["accrual"])
        accrual = first, last
    cutoff = date.fromisoformat(raw["cutoff"]) if "cutoff" in raw else None
    return Dates(raw["enrolled"], raw["last_contact"], accrual, cutoff)


def _external(file: Path, raw: dict) -> External:
    return External(file.parent / raw["table"], raw["label"], Provenance(**raw["provenance"]))


def _article(file: Path, raw: dict) -> Article:
    fidelity, reporting = (file.parent / raw[key] if key in raw else None for key in ("fidelity", "reporting"))
    return Article(raw["citation"], file.parent / raw["published"], fidelity, reporting)


def reference_problems(study: Study) -> Iterator[InputError]:
    """Yield names that point at nothing: terms, table rows, endpoints, lesions, levels."""
    covariates, endpoints = study.covariates, study.endpoints
    named: list[tuple[str, str | None, Mapping[str, object]]]
    named = [("baseline", name, covariates) for name in study.baseline]
    named += [("extra_baseline", name, covariates) for name in study.extra_baseline]
    if study.model:
        named.append(("model.endpoint", study.model.endpoint, endpoints))
        named += [("model.terms", term, {ARM: None, **covariates}) for term in study.model.terms]
    named += [(f"endpoints.{e.id}.within", e.within, endpoints) for e in endpoints.values() if e.within]
    if study.response:
        if study.response.lesion:
            named.append(("response.lesion", study.response.lesion, study.lesions))
        counted = (*study.response.objective, *study.response.controlled)
        named += [("response", level, study.response.levels) for level in counted]
    for covariate in covariates.values():
        if covariate.levels:
            named.append((f"covariates.{covariate.id}.reference", covariate.reference, covariate.levels))
        if covariate.derive:
            named += _derivation_names(covariate, covariate.derive, covariates)
    for where, name, known in named:
        if name not in known:
            yield _undefined(study.file, where, name, known)
    text = {c.column for c in covariates.values() if not c.numeric}
    for rule in study.eligibility:
        if rule.among is None and rule.column in text:
            problem = f"eligibility.{rule.id}: {rule.column!r} holds no numbers"
            yield InputError(problem, file=study.file, remedy="use 'among', or a numeric column")
    yield from sensitivity_problems(study)


def _derivation_names(
    covariate: Covariate, rule: LevelMap | CutOff, covariates: dict[str, Covariate]
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the names a derivation uses: its source, the levels it maps, and those it gives."""
    where = f"covariates.{covariate.id}.derive"
    yield f"{where}.from", rule.source, covariates
    yield from ((where, level, covariate.levels) for level in rule.gives)
    if isinstance(rule, LevelMap) and rule.source in covariates and not covariates[rule.source].numeric:
        yield from ((f"{where}.map", level, rule.map) for level in covariates[rule.source].levels)
