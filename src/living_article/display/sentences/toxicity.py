"""Sentences of the toxicity section; direction and significance follow from the records."""

from __future__ import annotations

from living_article.display import format, words
from living_article.display.printed import P_VALUE, Printed
from living_article.display.tables.toxicity import ANY, CHI_SQUARE
from living_article.records import Record, Results
from living_article.study.model import Arms, ToxicityGroup


def summary(arms: Arms, groups: tuple[ToxicityGroup, ...], results: Results, alpha: float) -> str:
    """Say how often each system was affected in both arms, in which direction, and what the exact tests say."""
    order = f"{words.lower_first(arms.treated.label)} and {words.lower_first(arms.reference.label)}"
    verbs = ["was ", *[""] * (len(groups) - 1)]
    shares = [
        f"of {words.lower_first(group.label)} {verb}{_pair(arms, group.id, results)}"
        for group, verb in zip(groups, verbs, strict=True)
    ]
    # Each part holds an "and" of its own, so the last one needs its comma.
    listed = f"{', '.join(shares[:-1])}, and {shares[-1]}" if len(shares) > 1 else shares[0]
    return (
        f"With {order} respectively, the incidence {listed}. "
        f"{_directions(arms, groups, results)} {_verdict(groups, results, alpha)}"
    )


def _pair(arms: Arms, term: str, results: Results) -> str:
    return words.listed([format.estimate(results.one("incidence", group=arm.id, term=term)) for arm in arms])


def _directions(arms: Arms, groups: tuple[ToxicityGroup, ...], results: Results) -> str:
    differences = [results.one("incidence_difference", term=group.id).value for group in groups]
    known = [(group, d) for group, d in zip(groups, differences, strict=True) if d is not None]
    if not known:
        return "No difference is shown."
    groups, differences = zip(*known, strict=True)
    treated, each = words.lower_first(arms.treated.label), "Each" if len(groups) > 1 else "It"
    if all(difference < 0 for difference in differences):
        return f"{each} was less frequent with {treated}."
    if all(difference > 0 for difference in differences):
        return f"{each} was more frequent with {treated}."
    fewer = [words.lower_first(g.label) for g, d in zip(groups, differences, strict=True) if d < 0]
    return f"Less frequent with {treated}: {words.listed(fewer)}."


def _verdict(groups: tuple[ToxicityGroup, ...], results: Results, alpha: float) -> str:
    tests = [(group, results.one("test", term=group.id).p) for group in groups]
    tests = [(group, p) for group, p in tests if p is not None]
    if not tests:
        return "No difference could be tested."
    significant = [f"{words.lower_first(g.label)} ({format.p_equals(p)})" for g, p in tests if p < alpha]
    level = f"at the {format.significance_level(alpha)} level by Fisher's exact test"
    if significant:
        return f"Statistically significant {level}: {words.listed(significant)}."
    values = words.listed([format.p_equals(p) for _, p in tests])
    if len(tests) == 1:
        return f"The difference is not statistically significant {level} ({values})."
    return f"No difference is statistically significant {level} ({values})."


def system(arms: Arms, group: ToxicityGroup, results: Results, alpha: float) -> str:
    """Say one system's incidences, their difference with its interval, and the exact test."""
    difference, test = results.one("incidence_difference", term=group.id), results.one("test", term=group.id)
    shares = [
        f"{format.with_interval(results.one('incidence', group=arm.id, term=group.id), alpha)} of patients given "
        f"{words.lower_first(arm.label)}"
        for arm in arms
    ]
    text = f"{group.label}: {words.listed(shares)}; difference {format.with_interval(difference, alpha)}"
    if test.p is None:
        return f"{text}, {test.note}."
    return f"{text}, {words.significance(test.p, alpha)} by Fisher's exact test."


def any_event(arms: Arms, results: Results, alpha: float) -> str:
    """Say how many patients had any recorded event."""
    difference, test = results.one("incidence_difference", term=ANY), results.one("test", term=ANY)
    shares = [
        f"{format.with_interval(results.one('incidence', group=arm.id, term=ANY), alpha)} of patients given "
        f"{words.lower_first(arm.label)}"
        for arm in arms
    ]
    text = f"Any of the recorded events occurred in {words.listed(shares)}; the difference is "
    size = format.with_interval(difference, alpha)
    verdict = test.note if test.p is None else f"{words.significance(test.p, alpha)} by Fisher's exact test"
    return f"{text}{size}, {verdict}."


def printed_tests(group: ToxicityGroup, results: Results, printed: Printed) -> str | None:
    """Set the printed χ² and P of a system beside those that its counts give under three tests; None if not printed."""
    statistic = printed.text(CHI_SQUARE, "chi2", "test", term=group.id)
    p = printed.text(P_VALUE, "test", "chi2", term=group.id)
    if statistic is None or p is None:
        return None
    return (
        f"For {words.lower_first(group.label)} the article prints χ² = {statistic} and P = {p}; the counts give "
        f"{_statistic(results.one('chi2', term=group.id))} by Pearson's test, "
        f"{_statistic(results.one('yates', term=group.id))} with Yates's correction and "
        f"{_p(results.one('test', term=group.id))} by Fisher's exact test."
    )


def _statistic(test: Record) -> str:
    return test.reason if test.p is None else f"χ² = {format.estimate(test)} ({_p(test)})"


def _p(test: Record) -> str:
    return test.reason if test.p is None else format.p_equals(test.p)
