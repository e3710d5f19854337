"""Tables of the baseline section."""

from __future__ import annotations

import pandas as pd

from living_article.display import format, words
from living_article.display.printed import P_VALUE, Printed
from living_article.published import PrintedNumber
from living_article.records import Record, Results
from living_article.study.model import Arms, Covariate

NOT_APPLICABLE = "–"
STATISTICS = ("t statistic", "chi-square statistic")


def summary(arms: Arms, covariates: list[Covariate], results: Results) -> pd.DataFrame:
    """Return one row for each covariate, and one for each level of those with more than two levels."""
    rows: list[tuple[str, list[str]]] = []
    for covariate in covariates:
        if covariate.numeric:
            rows.append((_numeric_label(covariate, arms, results), _numeric(arms, covariate, results)))
        else:
            rows += _categorical(arms, covariate, results)
    patients = [f"{arm.label} (n = {format.counted(results.one('patients', group=arm.id))})" for arm in arms]
    columns = [*patients, "Standardised difference", "Test", "P", "Missing"]
    frame = pd.DataFrame([cells for _, cells in rows], index=[label for label, _ in rows], columns=columns)
    return frame.rename_axis("Characteristic")


def printed_p(printed: Printed, covariate: Covariate) -> PrintedNumber | None:
    """Return the printed P value of a covariate, None if there is none."""
    return printed.find(P_VALUE, "test", term=covariate.id)


def by_mean(results: Results, covariate: Covariate) -> bool:
    """Return whether the rule of the section summarises a numeric covariate by its mean."""
    return not results.select("median", term=covariate.id)


def _numeric_label(covariate: Covariate, arms: Arms, results: Results) -> str:
    unit = f", {covariate.unit}" if covariate.unit else ""
    return f"{covariate.label}{unit}: {'mean ± SD' if by_mean(results, covariate) else 'median (IQR)'}"


def _numeric(arms: Arms, covariate: Covariate, results: Results) -> list[str]:
    cells = []
    for arm in arms:
        where = {"group": arm.id, "term": covariate.id}
        if by_mean(results, covariate):
            cells.append(_mean(results, **where))
        else:
            middle = results.one("median", **where)
            cells.append(f"{format.estimate(middle, bare=True)} ({format.limits(middle)})")
    return cells + _comparison(covariate, results)


def _mean(results: Results, **where: str) -> str:
    return " ± ".join(format.estimate(results.one(name, **where), bare=True) for name in ("mean", "sd"))


def _comparison(covariate: Covariate, results: Results) -> list[str]:
    """Return standardised difference, name of the test, P and number missing."""
    test = results.one("test", term=covariate.id)
    return [
        format.estimate(results.one("smd", term=covariate.id)),
        test.method or "",
        format.p_value(test.p) if test.p is not None else test.reason,
        missing(covariate, results),
    ]


def missing(covariate: Covariate, results: Results) -> str:
    """Return how many patients have no value, or why that is not shown."""
    records = results.select("missing", term=covariate.id)
    hidden = [record for record in records if record.value is None]
    return format.counted(hidden[0]) if hidden else format.count(sum((record.number for record in records), start=0.0))


def _categorical(arms: Arms, covariate: Covariate, results: Results) -> list[tuple[str, list[str]]]:
    def shares(level: str) -> list[str]:
        counts = (results.one("count", group=arm.id, term=f"{covariate.id}:{level}") for arm in arms)
        known = (results.one("known", group=arm.id, term=covariate.id) for arm in arms)
        return [format.share(part, whole) for part, whole in zip(counts, known, strict=True)]

    comparison = _comparison(covariate, results)
    if len(covariate.levels) == 2:
        level = next(level for level in covariate.levels if level != covariate.reference)
        return [(f"{covariate.label}: {words.lower_first(covariate.levels[level])}, n (%)", shares(level) + comparison)]
    rows: list[tuple[str, list[str]]] = []
    for level, label in covariate.levels.items():
        cells = comparison if not rows else [NOT_APPLICABLE] * len(comparison)
        rows.append((f"{covariate.label}: {words.lower_first(label)}, n (%)", shares(level) + cells))
    return rows


def as_printed(arms: Arms, covariates: list[Covariate], results: Results, printed: Printed) -> pd.DataFrame:
    """Return printed numbers and statistics beside the recomputed ones, for covariates that `is_printed`."""
    rows = {}
    for covariate in covariates:
        cells = [_printed_numbers(covariate, arm.id, results, printed) for arm in arms]
        test = classical(results, covariate)
        yates, implied = (next(iter(results.select(name, term=covariate.id)), None) for name in ("yates", "implied"))
        statistic = printed_statistic(printed, covariate)
        rows[covariate.label] = [
            *cells,
            NOT_APPLICABLE if statistic is None else statistic.printed,
            format.estimate(test),
            NOT_APPLICABLE if yates is None else format.estimate(yates),
            printed.text(P_VALUE, "test", term=covariate.id) or NOT_APPLICABLE,
            NOT_APPLICABLE if implied is None else _p(implied),
            _p(test),
            NOT_APPLICABLE if yates is None else _p(yates),
        ]
    columns = [
        *(f"{arm.printed}, printed" for arm in arms),
        "t or χ², printed",
        "t or χ², recomputed",
        "χ² with Yates's correction",
        "P, printed",
        "P of the printed statistic",
        "P, recomputed",
        "P with Yates's correction",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Characteristic")


def classical(results: Results, covariate: Covariate) -> Record:
    """Return Student's t test of a numeric covariate, or Pearson's χ² test of a categorical one."""
    return results.one("t" if covariate.numeric else "chi2", term=covariate.id)


def _p(test: Record) -> str:
    return test.reason if test.p is None else format.p_value(test.p)


def is_printed(arms: Arms, covariate: Covariate, printed: Printed) -> bool:
    """Return whether the article prints mean and standard deviation, or a count, of both arms."""
    return all(_printed_cell(covariate, arm.id, printed) for arm in arms)


def _printed_cell(covariate: Covariate, group: str, printed: Printed) -> str | None:
    if covariate.numeric:
        mean = printed.text("mean", "mean", group=group, term=covariate.id)
        sd = printed.text("standard deviation", "sd", group=group, term=covariate.id)
        return f"{mean} ± {sd}" if mean and sd else None
    counts = [printed.text("count", "count", group=group, term=f"{covariate.id}:{level}") for level in covariate.levels]
    return " / ".join(count for count in counts if count) or None


def _printed_numbers(covariate: Covariate, group: str, results: Results, printed: Printed) -> str:
    """Return the printed mean ± SD with the recomputed one, or the printed counts: ``9 / 23 / 17 / 6``."""
    here = f" (here {_mean(results, group=group, term=covariate.id)})" if covariate.numeric else ""
    return f"{_printed_cell(covariate, group, printed)}{here}"


def printed_statistic(printed: Printed, covariate: Covariate) -> PrintedNumber | None:
    """Return the printed t or χ² of a covariate, None if there is none."""
    for quantity in STATISTICS:
        if value := printed.find(quantity, "test", "t", "chi2", term=covariate.id):
            return value
    return None
