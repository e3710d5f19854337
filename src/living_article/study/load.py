"""Read a study file: YAML, checked for its form, then for what its parts say of one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml_file
from living_article.study.form import form_problems
from living_article.study.labels import keep_labels
from living_article.study.model import (
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
from living_article.study.references import reference_problems, undefined
from living_article.study.sensitivity import read_sensitivity

Named = TypeVar("Named")


def load_study(path: str | Path) -> Study:
    """Read and check the study file at ``path``, looked for here and in the parent folders if it is relative.

    Raises
    ------
    InputError
        If the file is missing, is not YAML, does not follow the schema, or names something it does not define.
    """
    file, content = _read(path)
    for problem in form_problems(file, content):
        raise problem
    study = _study(file, content)
    for problem in reference_problems(study):
        raise problem
    return study


def study_problems(path: str | Path) -> Iterator[InputError]:
    """Yield every fault for which `load_study` would refuse the file, one line each."""
    try:
        file, content = _read(path)
        faults = list(form_problems(file, content))
        yield from faults
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


def _find(path: Path) -> Path:
    """Return the file, tried from the working folder upwards so that a notebook opened anywhere finds it."""
    folders = [Path.cwd(), *Path.cwd().parents] if not path.is_absolute() else [Path("/")]
    for folder in folders:
        if (folder / path).is_file():
            return folder / path
    raise InputError("no such study file", file=path, remedy="give the path of a study.yml")


def _plain(file: Path, content: object) -> Any:
    """Return the content; refuse keys that are no text."""
    if isinstance(content, dict):
        for key in content:
            if not isinstance(key, str):
                problem = f"the key {key!r} is read as {type(key).__name__}"
                raise InputError(problem, file=file, remedy="write it in quotes, as the cells of the table are text")
        return {key: _plain(file, value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain(file, value) for value in content]
    return content


def _study(file: Path, raw: dict) -> Study:
    """Build the study from checked content."""
    raw = raw if raw.get("language", "en") == "en" else keep_labels(raw)
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
        raise undefined(file, where, name, known)
    return known[name]


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
