"""The words by which columns and values of an unknown table are recognised, from `vocabulary.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class Kind:
    """A kind of endpoint: its wording, the pattern of column names that mean it, and that of its dates."""

    id: str
    label: str
    short: str
    event_label: str
    words: str
    dates: str
    outermost: bool

    @property
    def unnamed(self) -> bool:
        """Whether it stands for a time and an event that are named like no endpoint."""
        return self.words == ""


@dataclass(frozen=True)
class Vocabulary:
    """Word lists and patterns; `vocabulary.yml` says how each is compared."""

    identifying: list[str]
    patient: list[str]
    record: list[str]
    shared: list[str]
    nothing: list[str]
    unknown: list[str]
    totals: str
    arm: list[str]
    no_arm: str
    reference: list[str]
    endpoints: tuple[Kind, ...]
    opposite: str
    dates: dict[str, list[str]]
    response: dict[str, dict]
    lesions: list[list[str]]
    adverse_events: str
    ordered: str
    capitals: list[str]
    counted: list[str]
    named: str
    german: list[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary; the last endpoint is the one that the others lie within."""
    raw = yaml.safe_load(resources.files("living_article.study").joinpath("vocabulary.yml").read_text("utf-8"))
    blocks = raw.pop("endpoints")
    last = list(blocks)[-1]
    kinds = tuple(Kind(id=key, outermost=key == last, **block) for key, block in blocks.items())
    return Vocabulary(endpoints=kinds, **raw)
