"""Sentences of the survival section; every word of direction follows from the records."""

from __future__ import annotations

from living_article.disclosure.small_cells import HIDDEN
from living_article.display import format, words
from living_article.records import Record, Results
from living_article.study.model import Arms, Endpoint


def medians(arms: Arms, endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say both medians, which is longer, and what the log-rank test says."""
    treated, reference = (results.one("median", endpoint=endpoint.id, group=arm.id) for arm in arms)
    test = results.one("logrank", endpoint=endpoint.id)
    text = (
        f"Median {words.lower_first(endpoint.label)} was {format.with_interval(treated, alpha)} "
        f"with {words.lower_first(arms.treated.label)} and {format.with_interval(reference, alpha)} "
        f"with {words.lower_first(arms.reference.label)}{_order(treated, reference)}"
    )
    if test.p is None:
        return f"{text}; the log-rank test is {test.note}."
    return f"{text}; the difference between the curves is {words.significance(test.p, alpha)} by the log-rank test."


def without_events(arms: Arms, endpoint: Endpoint, results: Results) -> list[str]:
    """Return one warning for each arm of which no patient had the event."""
    found = []
    for arm in arms:
        where = {"endpoint": endpoint.id, "group": arm.id}
        if results.one("events", **where).value == 0:
            who = f"{words.counted(results.one('patients', **where), 'patient')} with {arm.label}"
            found.append(
                f"No events: none of {who} had the event ({endpoint.event_label}); neither a median nor a hazard "
                f"ratio of {words.lower_first(endpoint.label)} can be estimated."
            )
    return found


def drawn(fewest: int) -> str:
    """Say what the steps and ticks of a curve are, without a full stop; ``fewest`` events are drawn as one step."""
    if not fewest:
        return "Ticks mark censored patients"
    return (
        f"So that no single patient can be made out, each step stands for {fewest} events or more at a rounded time, "
        "and censored patients are not marked"
    )


def _order(treated: Record, reference: Record) -> str:
    if treated.value is None or reference.value is None:
        return ""
    difference = treated.value - reference.value
    if abs(difference) < 1e-9:
        return ", the same in both arms"
    word = words.direction(difference, "longer", "shorter")
    return f", {format.number(abs(difference), treated.unit)} {word} with the first"


def hazard_ratio(arms: Arms, endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say the unadjusted hazard ratio and whether proportional hazards are in doubt."""
    ratio = results.one("hazard_ratio", endpoint=endpoint.id)
    if ratio.value is None:
        return f"The hazard ratio for {endpoint.short} is {ratio.note}."
    risk = words.direction(ratio.value - 1, "higher", "lower", "equal")
    text = (
        f"The unadjusted hazard of {endpoint.event_label} was {risk} with {words.lower_first(arms.treated.label)}: "
        f"hazard ratio {format.with_interval(ratio, alpha)}"
    )
    return f"{text}; {_proportional(endpoint, results, alpha)}."


def proportional_hazards(endpoints: list[Endpoint], results: Results, alpha: float) -> str:
    """Say for each endpoint what the score test says about proportional hazards."""
    return "; ".join(f"{end.short}: {_proportional(end, results, alpha)}" for end in endpoints) + "."


def _proportional(endpoint: Endpoint, results: Results, alpha: float) -> str:
    check = results.one("proportional_hazards", endpoint=endpoint.id)
    if check.p is None:
        return f"proportional hazards could not be tested ({check.note})"
    verdict = "casts doubt on" if check.p < alpha else "gives no evidence against"
    return f"the score test {verdict} proportional hazards ({format.p_equals(check.p)})"


def milestone(arms: Arms, endpoint: Endpoint, horizon: float, results: Results, alpha: float) -> str:
    """Say survival at one horizon in both arms, or that it cannot be estimated."""
    where = {"endpoint": endpoint.id, "horizon": horizon}
    records = [results.one("milestone", group=arm.id, **where) for arm in arms]
    at = f"At {horizon:g} {endpoint.unit}, {words.lower_first(endpoint.label)}"
    if any(record.note == HIDDEN for record in records):
        return f"{at} is not shown for both arms, since in one it would tell of a few patients."
    if any(record.value is None for record in records):
        return f"{at} cannot be estimated in every arm, since follow-up ends earlier."
    difference = results.one("milestone_difference", **where)
    shares = [
        f"{format.with_interval(record, alpha)} with {words.lower_first(arm.label)}"
        for record, arm in zip(records, arms, strict=True)
    ]
    text = f"{at} was {words.listed(shares)}"
    if difference.p is None:
        return f"{text}."
    return f"{text}; the difference is {words.significance(difference.p, alpha)}."


def follow_up(arms: Arms, endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say the median follow-up by the reverse Kaplan-Meier method."""
    parts = [
        f"{format.with_interval(results.one('follow_up', endpoint=endpoint.id, group=arm.id), alpha)} "
        f"with {words.lower_first(arm.label)}"
        for arm in arms
    ]
    return f"Median follow-up for {endpoint.short}, by reverse Kaplan–Meier, was {words.listed(parts)}."


def figure_alt(arms: Arms, endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Describe the Kaplan-Meier figure by its finding."""
    numbers = ", ".join(
        f"{arm.label}: {words.counted(results.one('patients', endpoint=endpoint.id, group=arm.id), 'patient')}, "
        f"{words.counted(results.one('events', endpoint=endpoint.id, group=arm.id), 'event')}"
        for arm in arms
    )
    curves = f"Kaplan–Meier curves of {words.lower_first(endpoint.label)}"
    return f"{curves}. {medians(arms, endpoint, results, alpha)} {numbers}."
