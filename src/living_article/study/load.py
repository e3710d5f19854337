"""Read a study file: YAML, checked against `schema.json`, then for references between its parts."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from living_article.errors import InputError
from living_article.study.model import (
    ARM,
    Arm,
    Arms,
    Article,
    Covariate,
    Dates,
    Derivation,
    Eligibility,
    Endpoint,
    External,
    Flag,
    Lesion,
    Model,
    Provenance,
    Response,
    Study,
    ToxicityGroup,
)


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
    file = _find(Path(path))
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"not readable as YAML: {error}".replace("\n", " "), file=file) from None
    content = _plain(content)
    if error := best_match(Draft202012Validator(schema()).iter_errors(content)):
        where = ".".join(str(step) for step in error.absolute_path) or "top level"
        raise InputError(f"{where}: {error.message}", file=file, remedy="see the data dictionary for the form")
    study = _study(file, content)
    _check_references(study)
    return study


def _find(path: Path) -> Path:
    """Return the file, tried from the working folder upwards so that a notebook opened anywhere finds it."""
    folders = [Path.cwd(), *Path.cwd().parents] if not path.is_absolute() else [Path("/")]
    for folder in folders:
        if (folder / path).is_file():
            return folder / path
    raise InputError("no such study file", file=path, remedy="give the path of a study.yml")


def _plain(content: object) -> object:
    """Turn YAML dates back into ISO strings, which is what the schema speaks of."""
    if isinstance(content, dict):
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain(value) for value in content]
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
        descriptions={key: _covariate(key, value) for key, value in raw.get("descriptions", {}).items()},
    )


def _lookup(file: Path, where: str, name: str, known: dict) -> object:
    """Return ``known[name]`` or say what is known."""
    if name not in known:
        raise InputError(f"{where}: {name!r} is not defined", file=file, remedy=f"use one of {', '.join(known)}")
    return known[name]


def _arms(file: Path, raw: dict) -> Arms:
    """Build the two arms; the one that is not the reference is the treated arm."""
    levels = {}
    for key, value in raw["levels"].items():
        label = value["label"]
        levels[key] = Arm(key, label, value.get("short", label), value.get("printed", label))
    reference = _lookup(file, "arms.reference", raw["reference"], levels)
    treated = next(arm for arm in levels.values() if arm is not reference)
    return Arms(raw["column"], treated, reference)


def _covariate(key: str, raw: dict) -> Covariate:
    """Build a covariate; a derived one lives in a column named after itself."""
    raw = dict(raw)
    derive = raw.pop("derive", None)
    if derive:
        derive = dict(derive)
        derive = Derivation(source=derive.pop("from"), **derive)
    return Covariate(id=key, column=raw.pop("column", key), derive=derive, **raw)


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
    accrual = tuple(date.fromisoformat(day) for day in raw["accrual"]) if "accrual" in raw else None
    cutoff = date.fromisoformat(raw["cutoff"]) if "cutoff" in raw else None
    return Dates(raw["enrolled"], raw["last_contact"], accrual, cutoff)


def _external(file: Path, raw: dict) -> External:
    return External(file.parent / raw["table"], raw["label"], Provenance(**raw["provenance"]))


def _article(file: Path, raw: dict) -> Article:
    fidelity = file.parent / raw["fidelity"] if "fidelity" in raw else None
    return Article(raw["citation"], file.parent / raw["published"], fidelity)


def _check_references(study: Study) -> None:
    """Refuse names that point at nothing: terms, table rows, endpoints, lesions, levels."""
    file, covariates = study.file, study.covariates
    for where, names in (("baseline", study.baseline), ("extra_baseline", study.extra_baseline)):
        for name in names:
            _lookup(file, where, name, covariates)
    if study.model:
        _lookup(file, "model.endpoint", study.model.endpoint, study.endpoints)
        for term in study.model.terms:
            _lookup(file, "model.terms", term, {ARM: None, **covariates})
    for endpoint in study.endpoints.values():
        if endpoint.within:
            _lookup(file, f"endpoints.{endpoint.id}.within", endpoint.within, study.endpoints)
    if study.response and study.response.lesion:
        _lookup(file, "response.lesion", study.response.lesion, study.lesions)
    if study.response:
        for level in (*study.response.objective, *study.response.controlled):
            _lookup(file, "response", level, study.response.levels)
    for covariate in covariates.values():
        if covariate.levels:
            _lookup(file, f"covariates.{covariate.id}.reference", covariate.reference, covariate.levels)
        if covariate.derive:
            _lookup(file, f"covariates.{covariate.id}.derive.from", covariate.derive.source, covariates)
