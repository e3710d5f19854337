"""Sentences of the sensitivity section."""

from __future__ import annotations

from collections.abc import Iterable

from living_article.display import format, words
from living_article.records import Results
from living_article.study.model import Arms, Endpoint
from living_article.study.sensitivity import Patients


def too_alike(labels: list[str]) -> list[str]:
    """Say which options on who is analysed are left out, as they differ from another in a few real patients."""
    if not labels:
        return []
    verb = "option on patients is" if len(labels) == 1 else "options on patients are"
    return [
        f"{len(labels)} {verb} left out, too few real patients or events apart from another option: "
        f"{words.listed(labels)}."
    ]


def exploratory(patients: Iterable[Patients]) -> str:
    """Say, with a space before, which options are on a part of the patients; nothing if none is."""
    parts = [option.label for option in patients if option.part]
    return f" On a part of the patients, and so exploratory: {words.listed(parts)}." if parts else ""


def summary(arms: Arms, endpoints: list[Endpoint], results: Results, alpha: float) -> str:
    """Say for each endpoint over how many analyses the hazard ratio ranges, and on which side of one it lies."""
    return " ".join(_endpoint(arms, endpoint, results, alpha) for endpoint in endpoints)


def _endpoint(arms: Arms, endpoint: Endpoint, results: Results, alpha: float) -> str:
    number = {
        name: round(results.one(name, endpoint=endpoint.id).number) for name in ("analyses", "below_one", "significant")
    }
    spread = results.one("hazard_ratios", endpoint=endpoint.id)
    if spread.value is None:
        return f"No analysis of {words.lower_first(endpoint.label)} gives a hazard ratio of the treatment."
    default = results.one("default", endpoint=endpoint.id)
    taken = (
        f"the default analysis gives {format.with_interval(default, alpha)}"
        if default.value is not None
        else f"the default analysis is {default.note}"
    )
    return (
        f"Over {words.plural(number['analyses'], 'analysis', 'analyses')} of {words.lower_first(endpoint.label)}, "
        f"the hazard ratio of "
        f"{words.lower_first(arms.treated.label)} against {words.lower_first(arms.reference.label)} ranges from "
        f"{format.number(spread.low, spread.unit)} to {format.number(spread.high, spread.unit)} "
        f"(median {format.number(spread.value, spread.unit)}); {taken}. "
        f"It is below one in {_part(number['below_one'], number['analyses'])} and statistically significant at the "
        f"{format.significance_level(alpha)} level in {_part(number['significant'], number['analyses'])}."
    )


def _part(some: int, all_: int) -> str:
    return {0: "none", all_: "all"}.get(some, f"{some} of them")


def matters(choices: dict[str, list[str]], endpoints: list[Endpoint], results: Results) -> str:
    """Say for each endpoint which choice goes with the largest share of the variation."""
    parts = []
    for endpoint in endpoints:
        shares = {c: results.one("variance_share", endpoint=endpoint.id, term=c) for c in choices}
        choice, most = max(shares.items(), key=lambda item: item[1].number)
        if most.value == 0:
            parts.append(f"no choice makes a difference to {endpoint.short}")
        else:
            parts.append(
                f"the choice of “{words.lower_first(choice)}” goes with {format.estimate(most)} "
                f"of the variation of the hazard ratio of {endpoint.short}"
            )
    text = words.listed(parts)
    return f"{text[0].upper()}{text[1:]}."


def distinct(endpoints: list[Endpoint], results: Results) -> str:
    """Say how many analyses differ at all: some options make no difference in these patients."""
    numbers = [
        [round(results.one(name, endpoint=e.id).number) for name in ("distinct_analyses", "analyses")]
        for e in endpoints
    ]
    parts = [f"{some} of {all_} for {e.short}" for e, (some, all_) in zip(endpoints, numbers, strict=True)]
    if all(some == all_ for some, all_ in numbers):
        return "No two analyses give the same result."
    return (
        f"The number of different results is smaller than that of analyses, {words.listed(parts)}: "
        "methods for ties agree where no events are tied, and a rule for patients may leave out none."
    )


def sides(endpoints: list[Endpoint], results: Results, alpha: float) -> str:
    """Say on which side of one the hazard ratios lie, and how many are significant."""
    parts = []
    for endpoint in endpoints:
        number = {
            name: round(results.one(name, endpoint=endpoint.id).number)
            for name in ("analyses", "below_one", "significant")
        }
        parts.append(
            f"{number['below_one']} of {number['analyses']} are below one and {number['significant']} are "
            f"significant at the {format.significance_level(alpha)} level for {endpoint.short}"
        )
    return f"Of the hazard ratios, {'; '.join(parts)}."


def not_estimable(endpoints: list[Endpoint], results: Results) -> list[str]:
    """Say for which endpoints some analyses have no estimate."""
    return [
        f"{words.plural(round(record.value), 'analysis', 'analyses')} of {endpoint.short} gave no finite hazard ratio "
        "of the treatment and are left out of the figure and the summaries."
        for endpoint in endpoints
        if (record := results.one("failed_analyses", endpoint=endpoint.id)).value
    ]


def curve_alt(arms: Arms, endpoints: list[Endpoint], results: Results, alpha: float) -> str:
    """Describe the specification curve by its finding."""
    return (
        f"Specification curve: hazard ratios of {words.listed([e.short for e in endpoints])} in rising order, "
        f"with the options that each analysis took marked below. {summary(arms, endpoints, results, alpha)}"
    )
