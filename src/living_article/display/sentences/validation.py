"""Sentences of the validation section; every word of direction follows from the records."""

from __future__ import annotations

from collections.abc import Iterable

from scipy.stats import chi2

from living_article.display import format, words
from living_article.display.printed import agrees
from living_article.display.tables.validation import printed_values, threshold_range
from living_article.published import Published
from living_article.records import Record, Results
from living_article.study.model import Endpoint, Provenance

_PATIENTS = {"patients": "observed", "reconstructed": "reconstructed", "simulated": "simulated"}

INTERVALS = (
    "Intervals of corrected values are bootstrap percentile intervals: of the slopes of the refitted models in the "
    "original patients, otherwise of the values in the resamples, moved by the optimism."
)


def use(provenance: Provenance) -> str:
    """Say what the predictions are good for."""
    return (
        f"The model and its validation rest on {_PATIENTS[provenance.kind]} patients and are meant for research; "
        "they are not a basis for the treatment of a patient."
    )


def discrimination(endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say the apparent and the corrected C-index, and on how many replicates the correction rests."""
    apparent, corrected = results.one("cindex_apparent"), results.one("cindex_corrected")
    if apparent.value is None or corrected.value is None:
        return f"Discrimination for {words.lower_first(endpoint.label)} is {apparent.note or corrected.note}."
    used = results.one("replicates").number - results.one("replicates_failed").number
    word = words.direction(corrected.value - apparent.value, "higher, ", "lower, ", "the same, ")
    return (
        f"Harrell's C of the prognostic model for {words.lower_first(endpoint.label)} was "
        f"{format.with_interval(apparent, alpha)} in the patients it was fitted to; corrected for optimism over "
        f"{words.plural(round(used), 'bootstrap replicate')} it was {word}{format.with_interval(corrected, alpha)}."
    )


def optimism(results: Results) -> str:
    """Say what the correction takes off the C-index and the slope."""
    parts = []
    for name, label in (("cindex", "C-index"), ("slope", "calibration slope")):
        taken = results.one(f"{name}_optimism")
        if taken.value is None:
            parts.append(f"an unknown amount off the {label} ({taken.note})")
        else:
            parts.append(f"{format.number(taken.value, taken.unit)} off the {label}")
    return f"Optimism takes {words.listed(parts)}."


def both_values(results: Results) -> str:
    """Say apparent and corrected C-index in short."""
    apparent, corrected = (format.estimate(results.one(f"cindex_{stage}")) for stage in ("apparent", "corrected"))
    return f"The C-index is {apparent} apparent and {corrected} corrected for optimism."


def mean_cindex(results: Results, alpha: float) -> str:
    """Say the mean C-index of the replicates' models in the original patients."""
    mean = results.one("cindex_test")
    if mean.value is None:
        return f"The mean C-index is {mean.note}."
    shown = f"{format.estimate(mean)} ({format.level(alpha)} of replicates {format.limits(mean)})"
    return f"In the original patients the models of the replicates had a mean C-index of {shown}."


def calibration(endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say the corrected slope and what it means, and the mean error of predictions at each horizon."""
    slope = results.one("slope_corrected")
    if slope.value is None:
        return f"The calibration slope is {slope.note}."
    text = f"The calibration slope corrected for optimism was {format.with_interval(slope, alpha)}{_extreme(slope)}"
    errors = [r for r in results.select("ici_corrected", endpoint=endpoint.id) if r.value is not None]
    if not errors:
        return f"{text}."
    parts = [f"{_points(record)} at {record.horizon:g} {endpoint.unit}" for record in errors]
    return f"{text}; predicted and observed risks of new patients would differ by a mean of {words.listed(parts)}."


def _extreme(slope: Record) -> str:
    """Say which way predictions err at this slope, and whether its interval holds the ideal value 1."""
    if slope.number == 1:
        return ", the ideal value"
    word = words.direction(slope.number - 1, "not extreme enough", "too extreme")
    if slope.interval and slope.interval[0] <= 1 <= slope.interval[1]:
        return (
            ", below the ideal value 1 but compatible with it"
            if slope.number < 1
            else (", above the ideal value 1 but compatible with it")
        )
    return f", so that predictions for new patients would be {word} (ideal value 1)"


def _points(record: Record) -> str:
    return format.number(record.value, "risk difference")


def tests(endpoint: Endpoint, results: Results, alpha: float, prefix: str = "") -> str:
    """Say at each horizon whether the calibration test finds a difference between predicted and observed risk."""
    found: dict[str, list[str]] = {}
    for test in results.select(f"{prefix}calibration_test", endpoint=endpoint.id):
        at = f"at {test.horizon:g} {endpoint.unit}"
        if test.p is None:
            found.setdefault(f"is {test.reason}", []).append(at)
        else:
            verdict = "finds a difference" if test.p < alpha else "finds no difference"
            found.setdefault(verdict, []).append(f"{at} ({format.p_equals(test.p)})")
    parts = [f"{verdict} {words.listed(times)}" for verdict, times in found.items()]
    return f"Comparing predicted with observed risk in groups, the test {words.listed(parts)}."


def printed_test(published: Published) -> str | None:
    """Say which P value the printed χ² and degrees of freedom give, None if the article prints no such test."""
    degrees = published.numbers("Table 10", quantity="degrees of freedom")
    found = {v.quantity: v for v in printed_values(published, "Table 10", "calibration_test", any_horizon=True)}
    if not degrees or not {"chi-square statistic", "P value"} <= set(found):
        return None
    statistic, p, df = found["chi-square statistic"], found["P value"], degrees[0]
    implied = float(chi2.sf(statistic.number, df.number))
    verdict = "as printed" if agrees(p, implied) else f"where {p.printed} is printed"
    return (
        f"The printed Hosmer–Lemeshow χ² of {statistic.printed} on {df.printed} degrees of freedom gives "
        f"{format.p_equals(implied)}, {verdict}."
    )


def external(endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say how the unchanged model does in the external cohort."""
    index, slope = results.one("external_cindex"), results.one("external_slope")
    patients, events = results.one("external_patients"), results.one("external_events", horizon=None)
    text = (
        f"Applied unchanged to the {words.counted(patients, 'patient')} ({words.counted(events, 'event')}) of "
        f"the external cohort, the model reached a C-index of {format.with_interval(index, alpha)}"
    )
    if slope.value is None:
        return f"{text}; the calibration slope is {slope.note}."
    return (
        f"{text} and a calibration slope of {format.with_interval(slope, alpha)}; {_outcome(endpoint, results, alpha)}."
    )


def _outcome(endpoint: Endpoint, results: Results, alpha: float) -> str:
    """Say the ratio of observed to predicted risk at each horizon, and whether its interval holds 1."""
    parts = []
    for ratio in results.select("external_observed_expected", endpoint=endpoint.id):
        at = f"at {ratio.horizon:g} {endpoint.unit}"
        if ratio.interval is None:
            parts.append(f"{format.estimate(ratio)} {at}")
            continue
        word = "compatible with 1"
        if not ratio.interval[0] <= 1 <= ratio.interval[1]:
            word = words.direction(ratio.number - 1, "more events than predicted", "fewer events than predicted")
        parts.append(f"{format.with_interval(ratio, alpha)} {at} ({word})")
    return f"the ratio of observed to predicted risk was {words.listed(parts)}"


def external_short(results: Results) -> str:
    """Say C-index and slope in the external cohort in short."""
    index, slope = (format.estimate(results.one(f"external_{name}")) for name in ("cindex", "slope"))
    return f"The C-index is {index} and the calibration slope {slope}."


def badges(*tables: Provenance) -> str:
    """Return what stands on a display of several patient tables, each kind of patients once."""
    first, *others = dict.fromkeys(table.badge for table in tables)
    return "; ".join([first, *map(words.lower_first, others)])


def group_warnings(label: str, warnings: Iterable[str]) -> list[str]:
    """Return one box for all warnings of a cohort's calibration tests, none without warnings."""
    found = list(dict.fromkeys(warnings))
    return [f"{label}: {'; '.join(found)}."] if found else []


def dropped(label: str, left_out: Record) -> list[str]:
    """Return a warning that patients are left out, none if nobody is."""
    if left_out.value == 0:
        return []
    return [f"{label}: {words.counted(left_out, 'patient')} with a missing covariate left out."]


def decision(endpoint: Endpoint, results: Results, published: Published | None, prefix: str = "") -> str:
    """Say over which thresholds the model's net benefit exceeds treating all and none, beside what is printed."""
    parts, unknown = _useful(endpoint, results, f"{prefix}net_benefit_useful")
    cohort = "in the external cohort" if prefix else "in the patients it was fitted to"
    text = f"The net benefit of the model {cohort} is not estimable {words.listed(unknown)}"
    if parts:
        rest = f"; {words.listed(unknown)} it is not estimable" if unknown else ""
        text = (
            f"The net benefit of the model {cohort} exceeded both that of treating all and of treating none at these "
            f"thresholds: {words.listed(parts)}{rest}"
        )
    if corrected := _useful(endpoint, results, f"{prefix}net_benefit_useful_corrected")[0]:
        text += f"; corrected for optimism, {words.listed(corrected)}"
    beside = printed_range(published, prefix) if published else None
    return f"{text}; the article prints {' to '.join(beside)}." if beside else f"{text}."


def _useful(endpoint: Endpoint, results: Results, name: str) -> tuple[list[str], list[str]]:
    """Return the ranges of thresholds at each horizon, and the horizons at which there is none to tell."""
    parts, unknown = [], []
    for record in results.select(name, endpoint=endpoint.id):
        at = f"at {record.horizon:g} {endpoint.unit}"
        if record.value is None:
            unknown.append(at)
        elif record.low is None:
            parts.append(f"none {at}")
        else:
            parts.append(f"{threshold_range(record)} {at}")
    return parts, unknown


def printed_range(published: Published, prefix: str = "") -> tuple[str, str] | None:
    """Return the ends of the range of thresholds that the article prints for a cohort, None if it prints none."""
    location = "Table 11" if prefix else "Table 10"
    for name in (f"{prefix}net_benefit_useful", f"{prefix}net_benefit_positive"):
        found = printed_values(published, location, name, any_horizon=True)
        ends = {value.quantity.rsplit(" ", 1)[-1]: value.printed for value in found}
        if {"lowest", "highest"} <= set(ends):
            return ends["lowest"], ends["highest"]
    return None


def printed_ranges(published: Published | None, cohorts: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return by label of a cohort the range of thresholds that the article prints; ``cohorts``: prefix → label."""
    if published is None:
        return {}
    found = {label: printed_range(published, prefix) for prefix, label in cohorts.items()}
    return {label: (float(ends[0]), float(ends[1])) for label, ends in found.items() if ends}


def alt(endpoint: Endpoint, results: Results, published: Published | None, alpha: float, prefix: str = "") -> str:
    """Describe a validation figure by its findings."""
    summary = external(endpoint, results, alpha) if prefix else calibration(endpoint, results, alpha)
    return f"Calibration plots and decision curves. {summary} {decision(endpoint, results, published, prefix)}"


def replicates(results: Results) -> str:
    """Say how many bootstrap replicates there were, from which seed, and how many had no model."""
    total, failed = results.one("replicates"), results.one("replicates_failed")
    lost = "none failed" if not failed.value else f"{format.count(failed.value)} failed ({failed.note})"
    return f"{format.count(total.number)} bootstrap replicates, {total.method}, {lost}."


def net_benefit_replicates(endpoint: Endpoint, results: Results) -> str:
    """Say on how many replicates the corrected net benefit rests where it rests on the fewest."""
    fewest = results.select("net_benefit_replicates", endpoint=endpoint.id)
    parts = [f"{format.count(r.number)} at {r.horizon:g} {endpoint.unit}" for r in fewest]
    return (
        f"At every threshold the corrected net benefit rests on at least {words.listed(parts)}: a replicate gives none "
        "where nobody above the threshold is followed to the horizon."
    )


def rug(private: bool) -> str:
    """Say, with a space before, that the predicted risks of single patients are left out, if so."""
    return " The predicted risks of single patients are not drawn." if private else ""


def bands(alpha: float) -> str:
    """Say what the bands and bars of a validation figure are."""
    level = format.level(alpha)
    return (
        f"Bars and bands are {level} intervals; those of the net benefit are bootstrap percentiles, "
        "the predictions held fixed. For research use."
    )


def horizon_note(published: Published | None) -> tuple[str, ...]:
    """Say that the article prints calibration test and thresholds without a horizon, if it is retold."""
    if published is None:
        return ()
    return ("The article states no horizon for these thresholds and tests; what it prints stands beside each horizon.",)
