"""Sentences of the baseline section; every count and every name follows from the records."""

from __future__ import annotations

from living_article.display import format, words
from living_article.display.printed import Printed, agrees
from living_article.display.tables import baseline as tables
from living_article.records import Results
from living_article.study.model import Arm, Arms, Covariate

USUAL_LIMIT = 0.1
"""The absolute standardised difference above which Austin (2009) and most authors call a covariate unbalanced."""


def summary(arms: Arms, covariates: list[Covariate], results: Results, alpha: float) -> str:
    """Say how many patients there are and which covariates differ significantly."""
    patients = words.listed([_patients(arm, results) for arm in arms])
    return f"The cohort has {patients}; {words.lower_first(differences(covariates, results, alpha))}"


def _patients(arm: Arm, results: Results) -> str:
    number = results.one("patients", group=arm.id)
    return f"{words.counted(number, 'patient')} given {words.lower_first(arm.label)}"


def differences(covariates: list[Covariate], results: Results, alpha: float) -> str:
    """Say which covariates differ significantly, and the smallest P value."""
    tested = [(c, results.one("test", term=c.id).p) for c in covariates]
    tested = [(c, p) for c, p in tested if p is not None]
    if not tested:
        return "No characteristic could be compared."
    smallest, p = min(tested, key=lambda pair: pair[1])
    different = [_name(c) for c, p in tested if p < alpha]
    verdict = f"{len(different) or 'none'} differed significantly at the {format.significance_level(alpha)} level"
    named = f": {words.listed(different)}" if different else ""
    least = format.p_equals(p) if len(different) == 1 else f"smallest {format.p_equals(p)}, {_name(smallest)}"
    compared = f"Of {words.plural(len(tested), 'characteristic')} compared"
    return f"{compared}, {verdict}{named} ({least})."


def _name(covariate: Covariate) -> str:
    return words.lower_first(covariate.label)


def balance(covariates: list[Covariate], results: Results, alpha: float) -> str:
    """Say which standardised differences exceed the usual limit, and what chance alone gives at these sizes."""
    records = {c.id: results.one("smd", term=c.id).value for c in covariates}
    sizes = {term: abs(size) for term, size in records.items() if size is not None}
    known = [c for c in covariates if c.id in sizes]
    if not known:
        return "No standardised difference could be estimated."
    large = [_name(c) for c in known if round(sizes[c.id], 2) > USUAL_LIMIT]
    largest = max(known, key=lambda c: sizes[c.id])
    chance = results.one("smd_chance").number
    directed = [c for c in known if c.numeric or len(c.levels) == 2]
    beyond = [_name(c) for c in directed if sizes[c.id] > chance]
    verb = "lies" if len(beyond) == 1 else "lie"
    outside = f"{words.listed(beyond)} {verb} outside" if beyond else "here all of these lie within"
    return (
        f"The absolute standardised difference exceeds {format.number(USUAL_LIMIT, 'smd')} for "
        f"{words.listed(large, 'no characteristic')}; the largest is {format.number(sizes[largest.id], 'smd')}, "
        f"for {_name(largest)}. With arms of this size, chance alone keeps {format.level(alpha)} of the differences "
        f"of a measurement or a yes-or-no characteristic within {format.number(chance, 'smd')}; {outside}."
    )


def rounded(private: bool) -> str:
    """Say, with a space before, that medians are rounded, if so."""
    return " Medians and quartiles are rounded to three significant digits." if private else ""


def missing(covariates: list[Covariate], results: Results) -> str:
    """Say what is missing."""
    gaps = []
    for covariate in covariates:
        count = tables.missing(covariate, results)
        if count != "0":
            gaps.append(f"{_name(covariate)} ({count})")
    if not gaps:
        return "No value of these characteristics is missing."
    return f"Values are missing for {words.listed(gaps)}; tests and percentages are of the patients with a value."


def choice(covariates: list[Covariate], results: Results) -> str:
    """Say how the numeric covariates are summarised."""
    numeric = [c for c in covariates if c.numeric]
    means = [_name(c) for c in numeric if tables.by_mean(results, c)]
    medians = [_name(c) for c in numeric if not tables.by_mean(results, c)]
    parts = [f"{words.listed(means)} by mean and standard deviation"] if means else []
    parts += [f"{words.listed(medians)} by median and interquartile range"] if medians else []
    return (
        f"By this rule the table summarises {words.listed(parts)}." if parts else "All characteristics are categories."
    )


def counts_as_printed(arms: Arms, covariates: list[Covariate], results: Results, printed: Printed) -> str:
    """Say how many printed counts, means and standard deviations are met to the digits printed."""
    total, met = 0, 0
    for covariate in covariates:
        for arm in arms:
            for quantity, name, term in _quantities(covariate):
                value = printed.find(quantity, name, group=arm.id, term=term)
                if value is None:
                    continue
                total += 1
                met += agrees(value, results.one(name, group=arm.id, term=term).value)
    kinds = "counts, means and standard deviations"
    if met == total:
        return f"All {total} {kinds} of the printed table are met to the digits printed."
    return f"Of the {total} {kinds} of the printed table, {met} are met to the digits printed."


def _quantities(covariate: Covariate):
    if covariate.numeric:
        return [("mean", "mean", covariate.id), ("standard deviation", "sd", covariate.id)]
    return [("count", "count", f"{covariate.id}:{level}") for level in covariate.levels]


def statistics_as_printed(covariates: list[Covariate], results: Results, printed: Printed) -> str:
    """Say how many printed statistics and P values follow from the table, without or with Yates's correction."""
    values = {
        c.id: (chi2, p)
        for c in covariates
        if (chi2 := tables.printed_statistic(printed, c)) and (p := tables.printed_p(printed, c))
    }
    shown = [c for c in covariates if c.id in values]
    tests = {c.id: tables.classical(results, c) for c in shown}
    yates = {record.term: record for record in results.select("yates")}
    statistic = [c for c in shown if agrees(values[c.id][0], tests[c.id].value)]
    plain = [c for c in shown if agrees(values[c.id][1], tests[c.id].p)]
    corrected = [c for c in shown if c.id in yates and agrees(values[c.id][1], yates[c.id].p)]
    implied = [c for c in shown if agrees(values[c.id][1], results.one("implied", term=c.id).p)]
    return (
        f"Of the {len(shown)} printed statistics, {_some(statistic, 'equals', 'equal')} Student's t or Pearson's χ² of "
        f"this table. "
        f"Of the printed P values, {_some(plain, 'equals', 'equal')} that of Student's t or Pearson's test, and "
        f"{_some(corrected, 'equals', 'equal')} that of the χ² test with Yates's correction; "
        f"{_some(implied, 'follows', 'follow')} from the statistic printed beside."
    )


def _some(covariates: list[Covariate], one: str, many: str) -> str:
    if not covariates:
        return f"none {one}"
    names = f" ({words.listed([_name(c) for c in covariates])})"
    return f"{len(covariates)}{names} {one if len(covariates) == 1 else many}"


def figure_alt(covariates: list[Covariate], results: Results, alpha: float) -> str:
    """Describe the balance plot by its finding."""
    return f"Dot plot of absolute standardised differences, largest on top. {balance(covariates, results, alpha)}"
