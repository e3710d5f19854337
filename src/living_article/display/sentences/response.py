"""Sentences of the response section; direction, significance and agreement follow from the records."""

from __future__ import annotations

from collections.abc import Iterable

from living_article.disclosure.small_cells import HIDDEN
from living_article.display import format, words
from living_article.display.printed import P_VALUE, Printed, agrees
from living_article.display.tables.response import CHI_SQUARE, RATES
from living_article.records import Record, Results
from living_article.statistics.response import Criteria
from living_article.study.model import Arms, Lesion, Response

WITHHELD = "These are real patients: plots of single patients are left out, and only means are drawn."


def rate(name: str, arms: Arms, response: Response, results: Results, alpha: float) -> str:
    """Say one rate (``orr`` or ``dcr``) in both arms, the difference and what the exact test says of it."""
    levels = response.objective if name == "orr" else response.controlled
    kinds = _either([words.lower_first(response.levels[level]) for level in levels])
    difference, test = results.one(f"{name}_difference"), results.one("test", term=name)
    if hidden := words.withheld(f"{RATES[name]} ({kinds})", [*_shares(name, arms, results), difference]):
        return _without_few(name, kinds, arms, results, alpha) or hidden
    shares = _with_arms(name, arms, results, alpha, "of patients given")
    text = f"{RATES[name]} ({kinds}) was seen in {words.listed(shares)}"
    if difference.value is None or test.p is None:
        return f"{text}; the difference could not be tested ({test.note or difference.note})."
    size = format.with_interval(difference, alpha)
    return f"{text}; the difference, {size}, is {words.significance(test.p, alpha)} by Fisher's exact test."


def _without_few(name: str, kinds: str, arms: Arms, results: Results, alpha: float) -> str:
    """Say a rate that is withheld because it is of few patients of an arm, and in which; blank if it is of none."""
    counts = {arm: results.one(f"{name}_count", group=arm.id) for arm in arms}
    if all(count.note in (None, HIDDEN) for count in counts.values()):
        return ""
    shares = dict(zip(arms, _with_arms(name, arms, results, alpha, "of patients given"), strict=True))
    told = [
        f"{words.counted(count, 'patient')} given {words.lower_first(arm.label)}" if count.note else shares[arm]
        for arm, count in counts.items()
    ]
    return (
        f"{RATES[name]} ({kinds}) was seen in {words.listed(told)}; the difference is not shown, since the small count "
        "could be worked out from it."
    )


def _with_arms(name: str, arms: Arms, results: Results, alpha: float, link: str) -> list[str]:
    return [
        f"{format.with_interval(results.one(name, group=arm.id), alpha)} {link} {words.lower_first(arm.label)}"
        for arm in arms
    ]


def rates(arms: Arms, results: Results) -> str:
    """Say both rates in both arms with the exact P values, in one line for a caption."""
    if all(share.note == HIDDEN for name in RATES for share in _shares(name, arms, results)):
        return "Neither is shown, since a count of few patients could be worked out from them."
    parts = []
    for name, label in RATES.items():
        test, told = results.one("test", term=name), _told(_shares(name, arms, results), "was")
        verdict = "" if HIDDEN in (test.note, told.removeprefix("is ")) else f" ({_p(test)})"
        parts.append(f"{words.lower_first(label)} {told}{verdict}")
    return f"With {_order(arms)}, {'; '.join(parts)}, by Fisher's exact test."


def _told(shares: list[Record], verb: str) -> str:
    """Say a rate in both arms, once that it is not shown if that holds for both."""
    if all(share.note == HIDDEN for share in shares):
        return f"is {HIDDEN}"
    return f"{verb} {words.listed([format.estimate(share) for share in shares])}"


def _shares(name: str, arms: Arms, results: Results) -> list[Record]:
    return [results.one(name, group=arm.id) for arm in arms]


def _order(arms: Arms) -> str:
    return f"{words.listed([words.lower_first(arm.label) for arm in arms])} respectively"


def _either(items: list[str]) -> str:
    return " or ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])} or {items[-1]}"


def categories(arms: Arms, response: Response, results: Results, alpha: float) -> str:
    """Say how often each response was seen in each arm, and what the exact test says."""
    parts = []
    for arm in arms:
        counts = [results.one("best_response", group=arm.id, term=level) for level in response.levels]
        labels = map(words.lower_first, response.levels.values())
        named = [f"{label} in {_number(count)}" for label, count in zip(labels, counts, strict=True)]
        known = [count.value for count in counts if count.value is not None]
        of = f" of {words.plural(int(sum(known)), 'patient')}" if len(known) == len(counts) else ""
        parts.append(f"with {words.lower_first(arm.label)}, {words.listed(named)}{of}")
    return f"Best response was, {'; '.join(parts)}. {category_test(results, alpha)}"


def _number(count: Record) -> str:
    return format.counted(count) if count.value is not None else words.counted(count, "patient")


def category_test(results: Results, alpha: float) -> str:
    """Say what the exact test of all classes says."""
    test = results.one("test", term="best_response")
    if test.note == HIDDEN:
        return "The test of the difference between the arms is not shown."
    verdict = f"not testable ({test.note})" if test.p is None else words.significance(test.p, alpha)
    return f"The difference between the arms is {verdict} by Fisher's exact test."


def agreement(choice: Criteria, lesion: Lesion, results: Results) -> str:
    """Say in how many patients the response computed from diameters is the recorded one."""
    record = results.one("agreement", term=choice.name)
    parts = results.select("measured")
    measured = [part.value for part in parts if part.value is not None]
    text = f"Computed from the diameters of the {words.lower_first(lesion.label)} by the criteria “{choice.label}”"
    if record.value is None or len(measured) < len(parts):
        return f"{text}, the best response is the recorded one in a number of patients that is not shown."
    patients = round(sum(measured))
    same = round(record.value * patients)
    if same == patients:
        return f"{text}, the best response is the recorded one in all {patients} patients."
    return f"{text}, the best response is the recorded one in {same} of {patients} patients."


def counted(arms: Arms, response: Response, results: Results, alpha: float) -> str:
    """Say whom the printed table leaves out, and what disease control would be without them."""
    left_out, hidden = [], False
    for arm in arms:
        for level, label in response.levels.items():
            where = {"group": arm.id, "term": level}
            everyone, here = (results.one(name, **where).value for name in ("best_response", "count"))
            gap = None if everyone is None or here is None else int(everyone - here)
            hidden = hidden or gap is None
            if gap:
                left_out.append(f"{gap} with {words.lower_first(label)} given {words.lower_first(arm.label)}")
    if hidden:
        return "How many patients the printed table leaves out is not shown."
    if not left_out:
        return "The printed table counts every patient."
    shares = _with_arms("dcr_counted", arms, results, alpha, "with")
    return (
        f"The printed table leaves out some patients: {words.listed(left_out)}. They are counted in this section; "
        f"without them disease control would be {words.listed(shares)}."
    )


def printed_rates(arms: Arms, results: Results, printed: Printed) -> str:
    """Say how many printed rates are met, and how far off the others are."""
    found = [
        (value, results.one(name, group=arm.id).number)
        for name in RATES
        for arm in arms
        if (value := printed.find("percentage", name, group=arm.id))
    ]
    met = sum(agrees(value, 100 * rate) for value, rate in found)
    text = f"Of the {len(found)} printed rates, {met} {'is' if met == 1 else 'are'} met to the digits printed"
    missed = [(value, rate) for value, rate in found if not agrees(value, 100 * rate)]
    if not missed:
        return f"{text}."
    # One decimal more than printed shows whether the printed number was cut off instead of rounded.
    here = [f"{100 * rate:.{value.decimals + 1}f}%" for value, rate in missed]
    off = [f"{value.printed} is printed where {rate} is found" for (value, _), rate in zip(missed, here, strict=True)]
    return f"{text}; {words.listed(off)}."


def printed_tests(results: Results, printed: Printed) -> str:
    """Set the printed statistics beside those that the counts give, test by test."""
    parts = []
    names = {"counted": "the table of best responses", **{name: words.lower_first(v) for name, v in RATES.items()}}
    for term, label in names.items():
        statistic = printed.text(CHI_SQUARE, "chi2", "test", term=term)
        p = printed.text(P_VALUE, "test", "chi2", term=term)
        if statistic is None or p is None:
            continue
        parts.append(
            f"For {label} the article prints χ² = {statistic} and P = {p}; "
            f"the counts give {_statistic(results.one('chi2', term=term))} by Pearson's test and "
            f"{_p(results.one('test', term=term))} by Fisher's."
        )
    return " ".join(parts)


def _statistic(test: Record) -> str:
    return test.reason if test.value is None else f"χ² = {format.estimate(test)}, {_p(test)}"


def _p(test: Record) -> str:
    return test.reason if test.p is None else format.p_equals(test.p)


def criteria(arms: Arms, choices: list[Criteria], results: Results) -> str:
    """Say how the rates and the direction of their difference depend on the criteria."""
    parts = []
    for name, label in RATES.items():
        pairs = {}
        for choice in choices:
            shares = [results.one(f"{name}_by_criteria", group=arm.id, term=choice.name) for arm in arms]
            pairs[choice.label.partition(" (")[0]] = _told(shares, "is").removeprefix("is ")
        each = words.listed([f"{pair} ({label})" for label, pair in pairs.items()])
        same = len(set(pairs.values())) == 1 and len(pairs) > 1
        parts.append(f"{words.lower_first(label)} is {f'{pairs[next(iter(pairs))]} by every set' if same else each}")
    return f"With {_order(arms)}, {'; '.join(parts)}."


def diameter(arms: Arms, lesion: Lesion, results: Results, alpha: float) -> str:
    """Say diameters before treatment, the change in each arm, and the difference after treatment."""
    before, after = (results.one("diameter_test", term=f"{lesion.id}:{time}") for time in ("before", "after"))
    gap, left = (results.one("diameter_difference", term=f"{lesion.id}:{time}").number for time in ("before", "after"))
    return (
        f"{lesion.label}: before treatment the mean diameter {_apart(gap, lesion, arms)}; the difference is "
        f"{_verdict(before, alpha)}. The mean {_changed(arms, lesion, results)}. After treatment it "
        f"{_apart(left, lesion, arms)}; the difference is {_verdict(after, alpha)}."
    )


def _apart(difference: float, lesion: Lesion, arms: Arms) -> str:
    """Say how much larger or smaller a mean is in the treated arm, ``was the same`` if that rounds to nothing."""
    size = format.number(abs(difference), lesion.unit)
    if size == format.number(0.0, lesion.unit):
        return "was the same in both arms"
    return f"was {size} {words.direction(difference, 'larger', 'smaller')} with {words.lower_first(arms.treated.label)}"


def _changed(arms: Arms, lesion: Lesion, results: Results) -> str:
    """Say how a mean moved in each arm, the verb once if it is the same."""
    parts: list[str] = []
    verb = ""
    for arm in arms:
        change = results.one("diameter_change", group=arm.id, term=lesion.id)
        test = results.one("diameter_paired", group=arm.id, term=lesion.id)
        size = format.number(abs(change.number), change.unit)
        still = size == format.number(0.0, change.unit)
        new = "stayed the same" if still else words.direction(change.number, "rose", "fell")
        moved = new if still else f"{'' if new == verb else f'{new} '}by {size}"
        parts.append(f"{moved} with {words.lower_first(arm.label)} ({_p(test)})")
        verb = new
    return words.listed(parts)


def _verdict(test: Record, alpha: float) -> str:
    return test.reason if test.p is None else words.significance(test.p, alpha)


def waterfall(arms: Arms, response: Response, results: Results) -> str:
    """Say how many patients of each arm shrank at all, and how many progressed by a new lesion alone."""
    parts = []
    for arm in arms:
        shrunk, measured, new = (
            _number(results.one(name, group=arm.id)) for name in ("shrunk", "measured", "new_lesion_only")
        )
        grown = f", and {new} had a new lesion without growth beyond the limit" if response.new_lesions else ""
        parts.append(f"with {words.lower_first(arm.label)} the lesion shrank in {shrunk} of {measured} patients{grown}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def definitions(rules: Iterable[Criteria]) -> str:
    """Say the limits of each set of criteria, from its numbers."""
    return " ".join(_definition(rule) for rule in rules)


def _definition(rule: Criteria) -> str:
    more = "more than " if rule.strict else "at least "
    size = "diameter" if rule.dimension == 1 else "squared diameter"
    least = f" (and {format.number(rule.minimum_growth, 'mm')})" if rule.minimum_growth else ""
    return (
        f"{rule.label.split(' (')[0]}: partial response from a decrease of the {size} by {more}{rule.shrink:.0%}, "
        f"progression from an increase by {more}{rule.grow:.0%}{least} or a new lesion."
    )
