"""Every reasonable analysis of the treatment effect: which there are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from living_article.study.model import Endpoint
from living_article.study.sensitivity import Adjustment, Coding, Form, Option, Patients, Sensitivity

ADJUSTED, WHO, TIES = "Adjusted for", "Patients", "Ties"
"""Names of the choices that every study has; codings have names of their own."""
EFRON, BRESLOW = "Efron", "Breslow"
NOTHING = "–"
"""The option of a coding in an analysis that does not adjust for what is coded."""


@dataclass(frozen=True)
class Specification:
    """One analysis: endpoint, covariates, their coding, patients and method for ties."""

    endpoint: Endpoint
    adjustment: Adjustment
    codings: tuple[tuple[Coding, Option | None], ...]
    patients: Patients
    ties: str = EFRON

    @property
    def options(self) -> dict[str, str]:
        """The option taken of every choice, by the name of the choice."""
        coded = {coding.label: option.label if option else NOTHING for coding, option in self.codings}
        return {ADJUSTED: self.adjustment.label} | coded | {WHO: self.patients.label, TIES: self.ties}

    @property
    def forms(self) -> list[Form]:
        """The covariates that enter besides the treatment, and how."""
        replace = {name: form for _, option in self.codings if option for name, form in option.replace.items()}
        return list(dict.fromkeys(replace.get(name, Form(name)) for name in self.adjustment.terms))


def specifications(
    plan: Sensitivity, endpoints: Iterable[Endpoint], ties: Iterable[str] = (EFRON, BRESLOW)
) -> list[Specification]:
    """Return every combination of options; the first for each endpoint is the default analysis.

    A coding that does not concern an adjustment is not varied there, so that no analysis is listed twice.
    """
    found = []
    for endpoint, adjustment in itertools.product(endpoints, plan.adjustments):
        offered = [c.options if c.concerns(adjustment.terms) else (None,) for c in plan.codings]
        for options, patients, method in itertools.product(itertools.product(*offered), plan.patients, ties):
            codings = tuple(zip(plan.codings, options, strict=True))
            found.append(Specification(endpoint, adjustment, codings, patients, method))
    return found


def offered(plan: Sensitivity, ties: Iterable[str] = (EFRON, BRESLOW)) -> dict[str, list[str]]:
    """Return the options of every choice, in the order in which they are shown."""
    coded = {coding.label: [option.label for option in coding.options] for coding in plan.codings}
    patients = [rule.label for rule in plan.patients]
    return {ADJUSTED: [a.label for a in plan.adjustments]} | coded | {WHO: patients, TIES: list(ties)}
