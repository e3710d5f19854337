"""What a record is the number of, in the words of the study file: `Hazard ratio, all terms: age (overall survival)`."""

from __future__ import annotations

from living_article.display import words
from living_article.study.model import Study

_WHOLE = {
    "hr_multivariable": "hazard ratio, all terms",
    "hr_univariable": "hazard ratio, one term",
    "wald": "Wald test, all terms",
    "wald_univariable": "Wald test, one term",
    "milestone": "survival",
    "milestone_difference": "difference in survival",
    "follow_up": "median follow-up",
    "t": "t test",
    "trend": "test for trend",
    "implied": "P implied by the printed statistic",
    "count": "patients",
    "known": "patients with a value",
    "missing": "patients without a value",
    "measured": "patients with measured lesions",
    "shrunk": "patients whose lesions shrank",
    "vif": "variance inflation factor",
    "option": "median hazard ratio",
    "default": "hazard ratio, default analysis",
    "analysis": "hazard ratio",
    "hazard_ratios": "median hazard ratio of all analyses",
}
"""Names of records that do not say in words what they are."""
_PARTS = {
    "hr": "hazard ratio", "rmst": "restricted mean survival", "orr": "objective response rate",
    "dcr": "disease control rate", "smd": "standardised difference", "chi2": "chi-squared test", "auc": "AUC",
    "cindex": "C-index", "ici": "integrated calibration index", "aic": "AIC", "brier": "Brier score", "lr": "LR",
    "zph": "test of proportional hazards", "df": "(degrees of freedom)", "sd": "standard deviation",
    "q90": "90th percentile", "yates": "test with Yates' correction", "logrank": "log-rank test",
    "boschloo": "Boschloo's test", "wald": "Wald",
}  # fmt: skip
"""Parts of other names that are no words."""


class RecordNames:
    """Names of records; ids that the study does not know, such as those of another study, stay as they are."""

    def __init__(self, study: Study) -> None:
        self._unit = study.primary.unit
        self._endpoints = {endpoint.id: words.lower_first(endpoint.label) for endpoint in study.endpoints.values()}
        self._units = {endpoint.id: endpoint.unit for endpoint in study.endpoints.values()}
        self._arms = {arm.id: arm.label for arm in study.arms}
        self._terms = _terms(study)

    def label(self, key: tuple) -> str:
        """Return the name of the record with this section, name, endpoint, group, term and horizon."""
        section, name, endpoint, group, term, horizon = key
        about = [self._terms.get(term, _plain(term))] if term else []
        about += [self._group(name, group)] if group else []
        text = f"{quantity(name)}{': ' if about else ''}{', '.join(about)}"
        if horizon is not None:
            text += f" at {horizon:g} {self._units.get(endpoint, self._unit)}"
        details = [*([self._endpoints.get(endpoint, endpoint)] if endpoint else []), section]
        return f"{text} ({'; '.join(details)})"

    def _group(self, name: str, group: str) -> str:
        if group in self._arms:
            return self._arms[group]
        return f"{'risk group' if 'group_' in name else 'no.'} {group}" if group.isdigit() else group


def quantity(name: str) -> str:
    """Return what a record of this name is, its first letter a capital.

    >>> quantity("hr_multivariable"), quantity("rmst_difference"), quantity("external_group_patients")
    ('Hazard ratio, all terms', 'Restricted mean survival difference', 'External group patients')
    """
    said = _WHOLE.get(name) or " ".join(_PARTS.get(part, part) for part in name.split("_"))
    return f"{said[0].upper()}{said[1:]}"


def _plain(term: str) -> str:
    return term.replace("_", " ").replace(":", ": ")


def _terms(study: Study) -> dict[str, str]:
    """Return every term a record may have with its label: covariates, levels, responses, lesions, events, rules."""
    found = {"table": "in the patient table"} | {rule.id: rule.label for rule in study.eligibility}
    for name in ("arm", *study.covariates):
        covariate = study.term(name)
        found[name] = covariate.label
        found |= {f"{name}:{level}": f"{covariate.label}: {label}" for level, label in covariate.levels.items()}
    if study.response:
        found |= study.response.levels | {"orr": "objective response", "dcr": "disease control"}
        found |= {"best_response": "best response", "counted": "best response as printed"}
    for lesion in study.lesions.values():
        found[lesion.id] = lesion.label
        found |= {f"{lesion.id}:{when}": f"{lesion.label}, {when}" for when in ("before", "after", "change")}
    for group in study.toxicity:
        found |= {group.id: group.label, **group.events}
    return found
