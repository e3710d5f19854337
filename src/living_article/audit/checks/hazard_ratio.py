"""A hazard ratio, its confidence interval and its P value against each other, and against the number of patients.

Wald intervals are symmetric on the log scale: the estimate is the geometric mean of the limits, the standard
error is log(high/low)/(2z), and P is that of log(HR)/SE (Altman & Bland 2011, BMJ 343:d2304).
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from scipy.stats import norm

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import counted, fixed, like, span
from living_article.statistics.information import events_needed, narrowest_ratio
from living_article.statistics.results import normal_quantile, two_sided_p

if TYPE_CHECKING:
    from collections.abc import Callable

    from living_article.audit.case import Case
    from living_article.published import PrintedNumber


def _level(case: Case) -> float:
    return case.one("level").value / 100 if case.has("level") else 0.95


def standard_error(low: float, high: float, level: float = 0.95) -> float:
    """Return the standard error of log HR that a Wald interval stands for."""
    return math.log(high / low) / (2 * normal_quantile(level))


def smallest_error(patients: int) -> float:
    """Return the least possible standard error of log HR of a 0/1 covariate, when every patient has the event.

    At each event the information is the variance of the covariate in the risk set, at most 1/4 (Cox 1972).
    """
    return 2 / math.sqrt(patients)


def expected_error(patients: int, share: float) -> float:
    """Return the standard error expected when a share of the patients has the covariate and all have the event.

    1/√(n·p·(1 − p)): the null variance of Schoenfeld (1983), an approximation and not a bound.
    """
    return 1 / math.sqrt(patients * share * (1 - share))


def _positive(values: tuple[PrintedNumber, ...], case: Case) -> tuple[PrintedNumber, ...]:
    if any(v.number <= 0 for v in values):
        raise case.wrong("a hazard ratio or a limit is not positive", "printed")
    return values


def _falling(low: PrintedNumber, high: PrintedNumber) -> str:
    """Return the proof that these cannot be the limits of an interval, or nothing."""
    return "" if low.number < high.number else f"the lower limit {low.printed} is not below the upper {high.printed}"


_MIDDLES: dict[str, tuple[str, Callable[[float, float], float]]] = {
    "log": ("an interval symmetric on the log scale", lambda a, b: math.sqrt(a * b)),
    "plain": ("an interval symmetric around the ratio", lambda a, b: (a + b) / 2),
}
_CUT = "limits that were truncated, not rounded"


def _middle(case: Case, label: str, middle: Callable, unrounded: Callable, *, named: bool) -> Attempt:
    """Compare the ratio with the middle of all limits that are printed like these."""
    hr, low, high = case.printed
    ends = [middle(*pair) for pair in zip(unrounded(low), unrounded(high), strict=True)]
    return Attempt(label, span(hr, *ends), agreement.reached(hr, *ends), middle(low.number, high.number), named)


def centre(case: Case) -> Outcome:
    """Test whether the hazard ratio is the middle of its interval; printed: HR, lower limit, upper limit."""
    hr, low, high = _positive(case.printed, case)
    made = [_middle(case, *_MIDDLES[name], agreement.rounded_from, named=named) for name, named in case.methods]
    if not any(attempt.agrees for attempt in made):
        made.append(_middle(case, _CUT, _MIDDLES[case.claim.methods[0]][1], agreement.cut_to, named=False))
    off = _MIDDLES[case.methods[0][0]][1](low.number, high.number) / hr.number - 1
    step = (
        f"Limits {low.printed} and {high.printed}, printed ratio {hr.printed}: {fixed(abs(100 * off), 1)}% "
        f"{'below' if off > 0 else 'above'} the middle. The range allows for the rounding of the limits."
    )
    return Outcome(tuple(made), (step,))


def p_ranges(hr, low, high, level: float, unrounded: Callable = agreement.rounded_from) -> tuple[float, float]:
    """Return the least and the greatest two-sided P over all unrounded values that are printed like these."""
    limits = [unrounded(v) for v in (hr, low, high)]
    signed = [math.log(h) / standard_error(a, b, level) for h, a, b in product(*limits) if h > 0 < a < b]
    sizes = [abs(z) for z in signed]
    least = 0.0 if min(signed) < 0 < max(signed) else min(sizes)
    return two_sided_p(max(sizes)), two_sided_p(least)


_TAILS = {"wald": (1.0, "a Wald test"), "one_sided": (0.5, "a one-sided Wald test")}


def p(case: Case) -> Outcome:
    """Test a P value against the hazard ratio and its limits; printed: HR, lower limit, upper limit, P."""
    hr, low, high, printed = case.printed
    _positive((hr, low, high), case)
    if falling := _falling(low, high):
        return Outcome(bound=falling)
    level = _level(case)
    error = standard_error(low.number, high.number, level)
    z = abs(math.log(hr.number)) / error
    reach = p_ranges(hr, low, high, level)
    made = []
    for name, named in case.methods:
        factor, label = _TAILS[name]
        least, most = (factor * end for end in reach)
        how = agreement.reached(printed, least, most)
        made.append(Attempt(label, span(printed, least, most), how, factor * two_sided_p(z), named))
    if not any(attempt.agrees for attempt in made):
        ends = p_ranges(hr, low, high, level, agreement.cut_to)
        made.append(Attempt(_CUT, span(printed, *ends), agreement.reached(printed, *ends), named=False))
    back = normal_quantile(1 - printed.number) if 0 < printed.number < 1 and not printed.bound else None
    steps = [
        f"{hr.printed} ({low.printed} to {high.printed}) gives a standard error of log HR of {fixed(error, 4)} "
        f"and z = {fixed(z, 3)}; the range allows for the rounding of all three."
    ]
    if back and z:
        implied = abs(math.log(hr.number)) / back
        steps.append(f"The way back: P = {printed.printed} would need a standard error of {fixed(implied, 4)}.")
    return Outcome(tuple(made), tuple(steps))


def side(case: Case) -> Outcome:
    """Test whether the interval leaves out 1 exactly when P is below alpha; printed: lower limit, upper limit, P.

    A limit printed as 1, or a P value as alpha, may be rounded from either side and contradicts nothing.
    """
    low, high, printed = case.printed
    alpha = case.one("alpha").value
    excludes = low.number > 1 or high.number < 1
    significant = printed.number < alpha or (printed.bound == "<" and printed.number <= alpha)
    shown = (
        f"interval {'leaves out' if excludes else 'holds'} 1, P is {'below' if significant else 'not below'} {alpha:g}"
    )
    either = low.number == 1 or high.number == 1 or (printed.number == alpha and not printed.bound)
    how = agreement.EXACT if excludes == significant else agreement.ROUNDING if either else ""
    return Outcome((Attempt("interval and P on one side", shown, how),))


def narrowest(case: Case) -> Outcome:
    """Test whether an interval of a 0/1 covariate can be as narrow as printed; printed: HR, lower and upper limit.

    ``split`` gives the patients with and without the covariate, for the error to be expected.
    """
    hr, low, high = _positive(case.printed, case)
    if falling := _falling(low, high):
        return Outcome(bound=falling)
    patients, level = case.size("patients"), _level(case)
    widest = agreement.rounded_from(low)[0], agreement.rounded_from(high)[1]
    error, least = standard_error(*widest, level), smallest_error(patients)
    steps = [
        f"{low.printed} to {high.printed} stands for a standard error of log HR of at most {fixed(error, 4)}.",
        "At each event a 0/1 covariate carries information of at most 1/4, so that with "
        f"{counted(patients, 'patient')}, each with an event, the standard error is at least "
        f"2/√{patients} = {fixed(least, 4)}.",
    ]
    if case.has("split"):
        groups = [term.value for term in case.row("split", 2)]
        expected = expected_error(int(sum(groups)), groups[0] / sum(groups))
        steps.append(
            f"With {groups[0]:g} and {groups[1]:g} patients in the two groups about {fixed(expected, 4)} is to be "
            "expected at best; fewer events or adjustment make it larger."
        )
    shown = f"standard error {fixed(error, 4)}"
    if widest[1] / widest[0] >= narrowest_ratio(patients, level) - agreement.TOLERANCE:  # truncation gives no wider one
        return Outcome((Attempt("an interval this narrow", shown, agreement.EXACT, error),), tuple(steps))
    margin = normal_quantile(level) * least
    ends = (hr.number * math.exp(sign * margin) for sign in (-1, 1))
    needed = events_needed(*widest, level)
    steps.append(
        f"Such an interval needs {needed} events. The narrowest interval around {hr.printed} that "
        f"{patients} patients can give is {' to '.join(like(hr, end) for end in ends)}, "
        f"P at least {fixed(2 * norm.sf(abs(math.log(hr.number)) / least), 3)}."
    )
    attempt = Attempt("an interval this narrow", shown, "", error)
    bound = f"standard error {fixed(error, 4)} below 2/√{patients} = {fixed(least, 4)}"
    return Outcome((attempt,), tuple(steps), bound=bound)


CHECKS = {
    "hazard_ratio.centre": Check(
        centre,
        ("inputs",),
        printed=(3, 3),
        methods=("log", "plain"),
        failure=Verdict.INCONSISTENT,
        meaning="Ratio and interval do not belong to one Wald estimate.",
    ),
    "hazard_ratio.p": Check(
        p,
        ("inputs",),
        printed=(4, 4),
        optional=("level", "alpha"),
        methods=("wald", "one_sided"),
        failure=Verdict.INCONSISTENT,
        meaning="Ratio, interval and P value do not belong to one Wald estimate.",
    ),
    "hazard_ratio.side": Check(
        side,
        ("exact",),
        printed=(3, 3),
        required=("alpha",),
        failure=Verdict.INCONSISTENT,
        meaning="Interval and P value lead to different conclusions.",
    ),
    "hazard_ratio.narrowest": Check(
        narrowest,
        ("inputs",),
        printed=(3, 3),
        required=("patients",),
        optional=("level", "split"),
        meaning="With this many patients the uncertainty is larger than the printed interval says.",
    ),
}
