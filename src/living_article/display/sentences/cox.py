"""Sentences of the regression section; which way and how surely an effect goes follows from the records."""

from __future__ import annotations

from collections.abc import Iterable

from living_article.display import format, words
from living_article.display.printed import agrees
from living_article.display.terms import Printed, Row, name
from living_article.records import Record, Results
from living_article.statistics.cox_checks import HIGH_VIF, MIN_EVENTS_PER_VARIABLE
from living_article.statistics.zph import GLOBAL
from living_article.study.model import ARM, Arms, Covariate, Endpoint

OLD_RULE = 10  # events per coefficient, Peduzzi et al. (1995)


def patients(endpoint: Endpoint, results: Results, imputations: int | None = None) -> str:
    """Say how many patients and events the models rest on, and how many were left out or had values imputed."""
    number, events, dropped = (results.one(name, endpoint=endpoint.id) for name in ("patients", "events", "left_out"))
    if _imputed(endpoint, results, imputations):
        return (
            f"Every covariate is known of {words.counted(number, 'patient')} with {words.counted(events, 'event')} "
            f"({endpoint.event_label}); the missing covariates of {words.counted(dropped, 'patient')} more are imputed "
            f"{imputations} times."
        )
    text = f"The models rest on {words.counted(number, 'patient')} and {words.counted(events, 'event')}"
    return f"{text} ({endpoint.event_label}); {left_out(endpoint, results)}."


def _imputed(endpoint: Endpoint, results: Results, imputations: int | None) -> bool:
    return bool(imputations) and results.one("left_out", endpoint=endpoint.id).value != 0


def points(private: bool) -> str:
    """Say, with a space before, that the points of the residuals are left out, if they are."""
    return " Points, each of which is one patient's event, are not drawn." if private else ""


def remark(endpoint: Endpoint, results: Results, imputations: int | None = None, *, name: str = "left_out") -> str:
    """Return what every result says of missing covariates; nothing if none is missing."""
    dropped = results.one(name, endpoint=endpoint.id)
    if dropped.value == 0:
        return ""
    if imputations is None:
        return f"Complete cases: {left_out(endpoint, results, name)}."
    return (
        f"{imputations} imputations of the missing covariates of {words.counted(dropped, 'patient')}: "
        "hazard ratios and their P values are pooled; patients, events and checks are of the complete cases."
    )


def left_out(endpoint: Endpoint, results: Results, name: str = "left_out") -> str:
    """Return how many patients are left out since a covariate is missing, without a full stop."""
    dropped = results.one(name, endpoint=endpoint.id)
    if dropped.value == 0:
        return "no patient is left out for a missing covariate"
    verb = "is" if dropped.value == 1 else "are"
    return f"{words.counted(dropped, 'patient')} with a missing covariate {verb} left out"


def too_close(times: Iterable[float], endpoint: Endpoint) -> list[str]:
    """Return one warning for each time that is left out because few patients had the event since the one before."""
    return [
        f"{time:g} {endpoint.unit} is left out: too few patients had the event ({endpoint.event_label}) since the time "
        "before it to show results at both."
        for time in times
    ]


def without_events(rows: Iterable[Row], endpoint: Endpoint, results: Results) -> list[str]:
    """Return one warning for each level, an arm among them, of which no patient had the event."""
    found = []
    for row in (row for row in rows if row.level is not None):
        where = {"endpoint": endpoint.id, "term": row.level_term}
        patients, events = (results.one(f"level_{name}", **where) for name in ("patients", "events"))
        if patients.value != 0 and events.value == 0:
            who = f"{words.counted(patients, 'patient')} with {row.label}"
            found.append(f"No events: none of {who} had the event ({endpoint.event_label}).")
    return found


def not_estimable(rows: Iterable[Row], reasons: dict[str, str]) -> list[str]:
    """Return one warning for each contrast that no model can estimate."""
    return [
        f"{row.covariate.label} ({row.contrast}) is {reasons[row.column]}; it is left out of the multivariable model."
        for row in rows
        if row.column in reasons
    ]


def treatment(arms: Arms, endpoint: Endpoint, results: Results, alpha: float, imputations: int | None = None) -> str:
    """Say the adjusted hazard ratio of the treatment, which way it goes and whether it is significant."""
    found = results.select("hr_multivariable", endpoint=endpoint.id, term=ARM)
    if not found:
        return "The model of this section has no term for the treatment."
    ratio = found[0]
    if ratio.value is None:
        return f"The adjusted hazard ratio of the treatment is missing from the multivariable model: {ratio.note}."
    others = len({r.term.split(":")[0] for r in _estimated(endpoint, results) if r.term} - {ARM})
    adjusted = f"With adjustment for {words.plural(others, 'other covariate')}" if others else "Without adjustment"
    if _imputed(endpoint, results, imputations):
        adjusted += " and imputation of missing values"
    way = words.direction(ratio.value - 1, "higher", "lower", "equal")
    than = "to that" if way == "equal" else "than"
    treated, reference = (words.lower_first(arm.label) for arm in arms)
    return (
        f"{adjusted}, the hazard of {endpoint.event_label} was {way} with {treated} {than} "
        f"with {reference} (hazard ratio {_bare_interval(ratio, alpha)}); "
        f"the difference is {words.significance(ratio.p, alpha)}."
    )


def _bare_interval(ratio: Record, alpha: float) -> str:
    """Return ``0.632, 95% CI 0.388 to 1.031``, for use inside brackets."""
    return f"{format.estimate(ratio)}, {format.level(alpha)} CI {format.limits(ratio)}"


def _estimated(endpoint: Endpoint, results: Results) -> list[Record]:
    return [r for r in results.select("hr_multivariable", endpoint=endpoint.id) if r.value is not None]


def independent(covariates: list[Covariate], endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say which terms of the multivariable model are associated with the hazard at level ``alpha``."""
    tests = {r.term: r.p for r in results.select("wald", endpoint=endpoint.id) if r.p is not None}
    entered = [c for c in covariates if c.id in tests]
    found = [_named(c, endpoint, results, tests[c.id]) for c in entered if tests[c.id] < alpha]
    others = [name(c) for c in entered if tests[c.id] >= alpha]
    start = "In the multivariable model"
    hazard, level = f"the hazard of {endpoint.event_label}", f"at the {format.significance_level(alpha)} level"
    if not found:
        return f"{start}, no term was associated with {hazard} {level}."
    rest = f"; {words.listed(others)} did not reach that level" if others else ""
    return f"{start}, {hazard} was independently associated {level} with {words.listed(found)}{rest}."


def _named(covariate: Covariate, endpoint: Endpoint, results: Results, p: float) -> str:
    """Return ``radiotherapy (hazard ratio 1.589, P = 0.018)``; of a term with several levels only the P value."""
    ratio = results.select("hr_multivariable", endpoint=endpoint.id, term=covariate.id)
    value = f"hazard ratio {format.estimate(ratio[0])}, " if ratio else ""
    return name(covariate, f"{value}{format.p_equals(p)}")


def univariable(covariates: list[Covariate], endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say which terms are associated with the hazard when each is looked at alone."""
    tests = {r.term: r.p for r in results.select("wald_univariable", endpoint=endpoint.id) if r.p is not None}
    found = [name(c) for c in covariates if tests.get(c.id, 1.0) < alpha]
    return f"In univariable models, {words.listed(found, 'no term')} had a P value below {alpha:g}."


def model(endpoint: Endpoint, results: Results, alpha: float, imputations: int | None = None) -> str:
    """Say the global tests, the concordance and Akaike's criterion of the multivariable model."""
    where = {"endpoint": endpoint.id, "term": None}
    tests = [
        f"{called} χ² {format.estimate(test)} ({format.p_equals(test.p)})"
        for key, called in (("lr", "likelihood-ratio test"), ("wald", "Wald test"), ("score", "score test"))
        for test in [results.one(f"global_{key}", **where)]
    ]
    start = "In the complete cases, all" if _imputed(endpoint, results, imputations) else "All"
    coefficients = words.plural(int(results.one("coefficients", **where).number), "coefficient")
    return (
        f"{start} {coefficients} together: {', '.join(tests)}; "
        f"Akaike's criterion {format.estimate(results.one('aic', **where), bare=True)}. "
        f"The C-index in the patients to whom the model was fitted was "
        f"{format.with_interval(results.one('cindex', **where), alpha)}, "
        "which overstates how well it would do in others."
    )


def table_notes(
    endpoint: Endpoint, results: Results, alpha: float, rows: list[Row], printed: dict[str, Printed]
) -> tuple[str, ...]:
    """Return what stands under the table of models, and whether the printed model is the same one."""
    level = format.level(alpha)
    note = f"Hazard ratios above 1 mean a higher hazard of {endpoint.event_label}; {level} Wald intervals."
    if not printed:
        return (note,)
    entered = {r.term for r in _estimated(endpoint, results)}
    if entered == set(printed) and {row.term for row in rows} == entered:
        return (note, "Printed: the multivariable model of the article's table.")
    return (note, "Printed: the multivariable model of the article's table, which has other terms than the one here.")


def forest_alt(rows: list[Row], endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Name the largest and the smallest hazard ratio and how many intervals leave out one."""
    found = [(r, results.one("hr_multivariable", endpoint=endpoint.id, term=r.term)) for r in rows]
    found = [(row, hr) for row, hr in found if hr.value is not None]
    low, high = (pick(found, key=lambda pair: pair[1].number) for pick in (min, max))
    clear = sum(hr.interval is not None and not hr.interval[0] <= 1 <= hr.interval[1] for _, hr in found)
    return (
        f"Hazard ratios run from {format.estimate(low[1])} ({low[0].label}) to {format.estimate(high[1])} "
        f"({high[0].label}); {clear} of {len(found)} {format.level(alpha)} intervals leave out one."
    )


def proportional_hazards(covariates: list[Covariate], endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say what the global test and the tests of the terms find."""
    whole = results.one("zph", endpoint=endpoint.id, term=GLOBAL)
    if whole.p is None:
        return f"Proportional hazards could not be tested for all terms together ({whole.note})."
    tests = [(c, results.one("zph", endpoint=endpoint.id, term=c.id)) for c in covariates]
    low = [name(c, format.p_equals(test.p)) for c, test in tests if test.p is not None and test.p < alpha]
    verdict = "speaks against" if whole.p < alpha else "gives no evidence against"
    single = f"below {alpha:g} for {words.listed(low)}" if low else f"not below {alpha:g} for any single term"
    return (
        f"The test of all terms together {verdict} proportional hazards ({format.p_equals(whole.p)}); "
        f"the P value is {single}."
    )


def agreement(rows: list[Row], endpoint: Endpoint, results: Results, printed: dict[str, Printed], alpha: float) -> str:
    """Say how many printed hazard ratios are computed here as well, and where the verdict of the P value differs."""
    beside = [(row, printed[row.term]) for row in rows if row.term in printed]
    beside = [(r, p) for r, p in beside if r.term in {record.term for record in _estimated(endpoint, results)}]
    records = [results.one("hr_multivariable", endpoint=endpoint.id, term=row.term) for row, _ in beside]
    same = [
        agrees(p["hazard ratio"], r.value) for (_, p), r in zip(beside, records, strict=True) if "hazard ratio" in p
    ]
    differ = [
        name(row.covariate, f"printed {p['P value'].printed}, computed {format.p_value(r.p)}")
        for (row, p), r in zip(beside, records, strict=True)
        if r.p is not None and "P value" in p and (r.p < alpha) != (p["P value"].number < alpha)
    ]
    sides = f"different sides of {alpha:g} for {words.listed(differ)}" if differ else f"the same side of {alpha:g}"
    verb = "agrees" if sum(same) == 1 else "agree"
    return (
        f"Of {words.plural(len(same), 'printed hazard ratio')}, {sum(same)} {verb} with "
        f"what is computed here to the last printed digit; printed and computed P values lie on {sides}."
    )


def printed_intervals(rows: list[Row], endpoint: Endpoint, results: Results) -> str:
    """Name the printed intervals that are narrower than this number of patients can give."""
    number = int(results.one("patients", endpoint=endpoint.id, term=None).number)
    needed = _each(rows, endpoint, results, "printed_events_needed")
    narrow = [name(row.covariate, f"{events:.0f}") for row, events in needed if events > number]
    of = f"Of {words.plural(len(needed), 'printed interval')} of 0/1 covariates"
    if not narrow:
        return f"{of}, none is narrower than {number} patients can give."
    return (
        f"{of}, {len(narrow)} {'is' if len(narrow) == 1 else 'are'} narrower than {number} patients can give even "
        "if all had the event; the fewest events with which they are possible stand in brackets: "
        f"{words.listed(narrow)}."
    )


def _each(rows: list[Row], endpoint: Endpoint, results: Results, record: str) -> list[tuple[Row, float]]:
    """Return the rows that have this record, with its value."""
    found = [(row, results.select(record, endpoint=endpoint.id, term=row.term)) for row in rows]
    return [(row, records[0].number) for row, records in found if records]


def events_per_variable(endpoint: Endpoint, results: Results) -> str:
    """Say how many events there are for each coefficient, against the usual rules."""
    record = results.one("events_per_variable", endpoint=endpoint.id)
    events, coefficients = (results.one(what, endpoint=endpoint.id, term=None) for what in ("events", "coefficients"))
    text = f"The model has {words.counted(coefficients, 'coefficient')} for {words.counted(events, 'event')}"
    if record.value is None:
        return f"{text}."
    few = f"fewer than the {OLD_RULE} of the old rule" if record.value < OLD_RULE else f"at least {OLD_RULE}"
    return f"{text}: {record.value:.1f} for each, {few}."


def few_events(endpoint: Endpoint, results: Results) -> list[str]:
    """Return a warning where events are too few even for the more lenient rule."""
    record = results.one("events_per_variable", endpoint=endpoint.id)
    if record.value is None or record.value >= MIN_EVENTS_PER_VARIABLE:
        return []
    return [
        f"Few events: there are fewer than {MIN_EVENTS_PER_VARIABLE} events for each coefficient ({record.value:.1f}); "
        "estimates and intervals of this model are unreliable."
    ]


def collinearity(rows: list[Row], endpoint: Endpoint, results: Results) -> str:
    """Say the largest variance inflation factor and whether it is large."""
    found = _each(rows, endpoint, results, "vif")
    row, largest = max(found, key=lambda pair: pair[1])
    large = [name(r.covariate) for r, vif in found if vif > HIGH_VIF]
    verdict = (
        f"above {HIGH_VIF:g} for {words.listed(list(dict.fromkeys(large)))}: these share much of their information"
        if large
        else f"so none is above {HIGH_VIF:g} and collinearity is no concern"
    )
    return f"The largest variance inflation factor is {largest:.2f} ({row.label}), {verdict}."


def checks_notes(patients: Record, alpha: float, printed: bool) -> tuple[str, ...]:
    """Return what stands under the table of checks."""
    narrowest = (
        f"Narrowest possible: the smallest ratio of upper to lower {format.level(alpha)} limit that a 0/1 covariate "
        f"can have with {words.counted(patients, 'patient')}, all with the event."
    )
    if not printed:
        return (narrowest,)
    return (narrowest, "Printed intervals are taken as wide as their rounding allows.")
