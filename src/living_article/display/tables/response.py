"""Tables of the response section: one cell, one record."""

from __future__ import annotations

import pandas as pd

from living_article.disclosure.small_cells import HIDDEN
from living_article.display import format, words
from living_article.display.printed import P_VALUE, Printed
from living_article.published import PrintedNumber
from living_article.records import Record, Results
from living_article.statistics.response import Criteria
from living_article.study.model import Arm, Arms, Lesion, Response

RATES = {"orr": "Objective response", "dcr": "Disease control"}
CHI_SQUARE = "chi-square statistic"
NOT_PRINTED = "–"


def p(test: Record) -> str:
    """Return a test's P value, or why there is none."""
    return test.reason if test.p is None else format.p_value(test.p)


def categories(arms: Arms, response: Response, results: Results, printed: Printed | None) -> pd.DataFrame:
    """Return best responses by arm: of all patients, of those the printed table counts, and as printed."""
    rows = {}
    for arm in arms:
        rows[arm.label] = _counts("best_response", arm, response, results)
    if response.counted:
        for arm in arms:
            rows[f"{arm.label}, patients in the printed table"] = _counts("count", arm, response, results)
    for arm in arms:
        cells = _printed_counts(arm, response, printed)
        if len(cells) == len(response.levels):
            total = format.count(sum((cell.number for cell in cells), start=0.0))
            rows[f"{arm.printed}, printed"] = [*(cell.printed for cell in cells), total]
    columns = [*response.levels.values(), "Patients"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Arm")


def _printed_counts(arm: Arm, response: Response, printed: Printed | None) -> list[PrintedNumber]:
    """Return the printed counts of best responses of one arm, those that are printed."""
    if printed is None:
        return []
    found = (printed.find("count", "count", group=arm.id, term=level) for level in response.levels)
    return [count for count in found if count is not None]


def _counts(name: str, arm: Arm, response: Response, results: Results) -> list[str]:
    records = [results.one(name, group=arm.id, term=level) for level in response.levels]
    counts = [int(record.value) for record in records if record.value is not None]
    if len(counts) < len(records):
        return [*map(format.counted, records), _with_response(arm, results) if name == "best_response" else HIDDEN]
    total = sum(counts)
    return [*(format.count_of(part, total) if total else format.count(part) for part in counts), format.count(total)]


def _with_response(arm: Arm, results: Results) -> str:
    """Return how many patients of an arm have a response, which the flow diagram shows unless few have none."""
    everybody, lacking = results.one("patients", group=arm.id), results.one("missing", group=arm.id)
    return HIDDEN if lacking.value is None else format.count(everybody.number - lacking.value)


def category_tests(response: Response, results: Results, printed: Printed | None) -> tuple[str, ...]:
    """Return one note for each set of patients, and one for the printed test."""
    notes = [f"All patients: {_tests(results, 'best_response')}."]
    if response.counted:
        notes.append(f"Patients in the printed table: {_tests(results, 'counted')}.")
    if printed and (statistic := printed.text(CHI_SQUARE, "chi2", "test", term="counted")):
        notes.append(f"Printed: χ² = {statistic}, P = {printed.text(P_VALUE, 'test', 'chi2', term='counted')}.")
    return tuple(notes)


def _tests(results: Results, term: str) -> str:
    square = results.one("chi2", term=term)
    tests = {
        "Fisher's exact test": results.one("test", term=term),
        "linear-by-linear association test": results.one("trend", term=term),
    }
    texts = [f"{name} {test.note if test.p is None else format.p_equals(test.p)}" for name, test in tests.items()]
    if square.p is not None:
        texts.insert(0, f"Pearson's χ² = {format.estimate(square)}, {format.p_equals(square.p)}")
    return "; ".join(texts)


def rates(arms: Arms, results: Results, printed: Printed | None, alpha: float) -> pd.DataFrame:
    """Return objective response and disease control in columns: by arm, difference, tests, printed numbers."""
    return pd.DataFrame(
        {label: _rate(name, arms, results, printed, alpha) for name, label in RATES.items()}
    ).rename_axis("Quantity")


def _rate(name: str, arms: Arms, results: Results, printed: Printed | None, alpha: float) -> dict[str, str]:
    ci = f"({format.level(alpha)} CI)"
    square = results.one("chi2", term=name)
    cells = {f"{arm.label}, % {ci}": format.cell(results.one(name, group=arm.id)) for arm in arms}
    cells |= {
        f"Difference, percentage points {ci}": format.cell(results.one(f"{name}_difference")),
        "P, Fisher's exact test": p(results.one("test", term=name)),
        "P, Boschloo's exact test": p(results.one("boschloo", term=name)),
        "χ², Pearson": format.estimate(square, bare=True),
        "P, Pearson's χ² test": p(square),
    }
    if printed:
        for arm in arms:
            cells[f"{arm.printed}, %, printed"] = printed.text("percentage", name, group=arm.id) or NOT_PRINTED
        cells["χ², printed"] = printed.text(CHI_SQUARE, "chi2", "test", term=name) or NOT_PRINTED
        cells["P, printed"] = printed.text(P_VALUE, "test", "chi2", term=name) or NOT_PRINTED
    return cells


def criteria(arms: Arms, choices: list[Criteria], results: Results, alpha: float) -> pd.DataFrame:
    """Return both rates under each set of criteria, with the difference and its exact test."""
    rows = {}
    for choice in choices:
        for name, label in RATES.items():
            where = {"term": choice.name}
            rows[f"{choice.label}: {words.lower_first(label)}"] = [
                *(format.cell(results.one(f"{name}_by_criteria", group=arm.id, **where)) for arm in arms),
                format.cell(results.one(f"{name}_difference_by_criteria", **where)),
                p(results.one(f"{name}_test_by_criteria", **where)),
            ]
    columns = [*(f"{arm.label}, %" for arm in arms), "Difference, percentage points", "P, Fisher's exact test"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.rename_axis(f"Criteria and rate ({format.level(alpha)} CI)")


def diameters(arms: Arms, lesions: list[Lesion], results: Results, alpha: float) -> pd.DataFrame:
    """Return diameters before and after and their change, by arm, with difference and test."""
    rows = {}
    for lesion in lesions:
        for time in ("before", "after", "change"):
            term = f"{lesion.id}:{time}"
            test = results.one("diameter_test", term=term)
            rows[f"{lesion.label}, {lesion.unit}: {_row(term, results)}"] = [
                *(_diameter(arm, lesion, time, results) for arm in arms),
                format.cell(results.one("diameter_difference", term=term)),
                f"{p(test)}, {test.method}",
            ]
        rows[f"{lesion.label}: P of the change within the arm"] = [
            *(f"{p(test)}, {test.method}" for test in (_paired(arm, lesion, results) for arm in arms)),
            NOT_PRINTED,
            NOT_PRINTED,
        ]
    columns = [*(arm.label for arm in arms), f"Difference of means ({format.level(alpha)} CI)", "P between arms"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Maximum diameter")


def _paired(arm: Arm, lesion: Lesion, results: Results) -> Record:
    return results.one("diameter_paired", group=arm.id, term=lesion.id)


def _row(term: str, results: Results) -> str:
    time = term.rpartition(":")[2]
    return f"{time}, {'median (IQR)' if results.select('diameter_median', term=term) else 'mean ± SD'}"


def _diameter(arm: Arm, lesion: Lesion, time: str, results: Results) -> str:
    where = {"group": arm.id, "term": f"{lesion.id}:{time}"}
    if medians := results.select("diameter_median", **where):
        return format.cell(medians[0])
    return " ± ".join(
        format.estimate(results.one(name, **where), bare=True) for name in ("diameter_mean", "diameter_sd")
    )
