"""Small counts of real patients are not shown, nor any other count from which they could be worked out.

Primary suppression hides counts from 1 to one less than a limit; complementary suppression hides further counts until
no hidden one follows from those shown by adding and subtracting (Hundepool and others, Statistical Disclosure Control,
2012, chapter 4). Whatever is computed from a hidden count, such as its percentage or a test, is hidden with it.
Medians, quartiles and ranges are values of single patients; they are rounded, and so are means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from living_article.disclosure.count_sums import OVER, REST, Sum, differences, left_over, sums_of

if TYPE_CHECKING:
    import pandas as pd

    from living_article.records import Record

COUNTED = ("patients", "events", "count")
"""Units of records that count patients; those of `NOT_PATIENTS` count something else in such a unit."""
NOT_PATIENTS = {
    *("coefficients", "zph_df", "calibration_test_df", "external_calibration_test_df"),
    *("replicates", "replicates_failed", "net_benefit_replicates", "printed_events_needed"),
    *("analyses", "distinct_analyses", "failed_analyses", "below_one", "significant"),
}
ROUNDED = {
    *("median", "follow_up", "observed_range", "median_prediction", "diameter_median"),  # values of single patients
    *("mean", "sd", "diameter_mean", "diameter_sd", "diameter_change"),  # the last digits tell of how many patients
}
DIGITS, MOST_DIGITS = 3, 6  # significant digits of these, and of any other number that is no count of patients
BESIDE = ("orr_count_by_criteria", "dcr_count_by_criteria", "without")
"""Counts beside the main ones; where a choice is, they are hidden first."""
TESTS = ("test", "chi2", "yates", "trend", "boschloo", "smd", "implied")
"""Records computed from the counts of a table."""
HIDDEN = "not shown"
"""Note of a count that is hidden so that another one cannot be worked out from it."""


def key(record: Record) -> tuple:
    """Return what distinguishes a record from the others of its section."""
    return (record.name, record.endpoint, record.group, record.term, record.horizon)


def protected(records: Iterable[Record], limit: int, wholes: Iterable[Mapping[tuple, int]] = ()) -> list[Record]:
    """Return the records with small counts, and what they would follow from, replaced by notes.

    Parameters
    ----------
    records
        All records of one section.
    limit
        Counts from 1 to ``limit - 1`` are hidden.
    wholes
        Counts, by `key`, of patients of whom those of the section are a part, which other pages show: nothing may be
        worked out about the few who are left over.
    """
    records = [_rounded(record) for record in records]
    counts = counts_of(records)
    rests = dict(differences(counts, limit))
    sums = [*sums_of(counts), *(Sum((smaller, (REST, smaller, larger)), larger) for smaller, larger in rests)]
    told = counts | {(REST, *pair): rest for pair, rest in rests.items()}
    for number, whole in enumerate(wholes):
        more, follow = left_over(counts, whole, limit, number)
        told, sums = told | more, [*sums, *follow]
    hidden = {k: small for k, small in hidden_counts(told, sums, limit).items() if k[0] not in (REST, OVER)}
    hides = [*_dependents(hidden), *_of_shares(records, counts, limit)]
    return [_without(r, limit, hidden, hides) for r in records]


def counts_of(records: Iterable[Record]) -> dict[tuple, int]:
    """Return the counts of patients that are shown, by `key`."""
    return {key(r): int(r.value) for r in records if _counts_patients(r) and r.value is not None}


def _counts_patients(record: Record) -> bool:
    return record.unit in COUNTED and record.name not in NOT_PATIENTS


def _rounded(record: Record) -> Record:
    """Return an order statistic or a mean to three significant digits, other numbers to six; counts as they are.

    All sixteen digits of a quotient tell which counts were divided.
    """
    if _counts_patients(record):
        return record
    digits = DIGITS if record.name in ROUNDED else MOST_DIGITS
    numbers: dict[str, Any] = {
        name: significant(getattr(record, name), MOST_DIGITS if name == "p" else digits)
        for name in ("value", "low", "high", "p")
    }
    return replace(record, **numbers)


def note(frame: pd.DataFrame, limit: int) -> str:
    """Return what stands under a table in which counts are hidden; nothing if none is."""
    cells = {str(cell) for cell in frame.to_numpy().ravel()}
    if not limit or not any(cell == HIDDEN or f"< {limit}" in cell for cell in cells):
        return ""
    return f"Counts from 1 to {limit - 1} are not shown, nor numbers from which they could be worked out."


def significant(number: float | None, digits: int = DIGITS) -> float | None:
    """Return a number to so many significant digits.

    >>> significant(1234.5), significant(0.0), significant(57.25)
    (1230.0, 0.0, 57.2)
    """
    if not number:
        return number
    return round(number, digits - 1 - floor(log10(abs(number))))


def hidden_counts(counts: dict[tuple, int], sums: Iterable[Sum], limit: int) -> dict[tuple, bool]:
    """Return the counts to hide, each with whether it is small itself.

    A hidden count is safe if no combination of the sums gives it: its unit vector is not in the row space of the
    sums over the hidden counts. As long as one is not, the smallest shown count of a sum it belongs to is hidden too,
    those of `BESIDE` before others, and first in sums with the fewest hidden.
    """
    hidden = {k: True for k, value in counts.items() if 0 < value < limit}
    sums = [s for s in sums if all(member in counts for member in s.members)]
    while exposed := _exposed(list(hidden), sums):
        ways = []
        for s in sums:
            cells = [*s.members, *([s.total] if s.total in counts else [])]
            shown = [cell for cell in cells if cell not in hidden and not _on_every_page(cell)]
            if exposed & set(cells):
                number = sum(cell in hidden for cell in cells)
                ways += [(k[0] not in BESIDE, number, counts[k] == 0, counts[k], str(k), k) for k in shown]
        if not ways:
            break  # nothing is left that could be hidden
        hidden[min(ways)[-1]] = False
    return hidden


def _on_every_page(k: tuple) -> bool:
    """Return whether a count stands in the flow diagram: the patients of an arm, or those who lack a response."""
    return (k[0] == "patients" and k[1] is None and k[2] is not None) or (k[0] == "missing" and k[3] == "best_response")


def _exposed(hidden: list[tuple], sums: list[Sum]) -> set[tuple]:
    """Return the hidden counts that the sums determine."""
    place = {k: number for number, k in enumerate(hidden)}
    rows = []
    for s in sums:
        row = np.zeros(len(hidden))
        for member in s.members:
            if member in place:
                row[place[member]] += 1
        if s.total in place:
            row[place[s.total]] -= 1
        if row.any():
            rows.append(row)
    if not rows:
        return set()
    _, values, directions = np.linalg.svd(np.array(rows))
    free = directions[np.sum(values > 1e-9) :]  # along which the hidden may move while all that is shown stays
    return {k for k, n in place.items() if not np.any(np.abs(free[:, n]) > 1e-9)}


def _of_shares(records: list[Record], counts: dict[tuple, int], limit: int) -> Iterator[Callable[[Record], bool]]:
    """Yield rules for shares that, times the patients of their group, tell a small count or that of the others."""
    for record in records:
        if record.value is None or record.name not in ("milestone", "agreement"):
            continue
        if record.name == "milestone":
            of = counts.get(("patients", record.endpoint, record.group, None, None), 0)
        else:
            of = sum(count for k, count in counts.items() if k[0] == "measured")
        part = min(record.value, 1 - record.value) * of
        if 0.5 <= part < limit - 0.5:
            own, where = key(record), (record.endpoint, record.horizon)
            yield lambda r, own=own: key(r) == own
            yield lambda r, w=where: r.name == "milestone_difference" and (r.endpoint, r.horizon) == w


def _dependents(hidden: Iterable[tuple]) -> Iterator[Callable[[Record], bool]]:
    """Yield for each hidden count a rule that says which records would give it away."""
    for name, _, group, term, horizon in hidden:
        about = str(term).partition(":")[0] if term else None
        prefix = name.removesuffix("group_events")
        if name in ("patients", "left_out"):
            yield lambda r: r.name in ("narrowest_ratio", "group_patients")  # risk groups are equal parts of them
        if name == "events":
            yield lambda r: r.name == "events_per_variable"
        if name in ("count", "known", "missing") and term:
            yield lambda r, a=about, t=term: r.name in TESTS and r.term in (a, t)
            yield lambda r, t=term: r.name == "incidence_difference" and r.term == t
            yield lambda r, t=term, g=group: r.name == "incidence" and (r.term, r.group) == (t, g)
        if name in ("best_response", "count") and about is not None:
            own = "best_response" if name == "best_response" else "counted"
            yield lambda r, o=own: r.name in TESTS and r.term == o
            yield lambda r: r.name == "dcr_counted"
        if (rate := name.partition("_count")[0]) != name:
            yield from _of_rate(rate, group, about, alone=name.endswith("_by_criteria"))
        if name.endswith("group_events"):
            yield (
                lambda r, p=prefix, g=group, h=horizon: (
                    r.name == f"{p}group_observed" and (r.group, r.horizon) == (g, h)
                )
            )


def _of_rate(rate: str, group: str | None, criteria: str | None, *, alone: bool) -> Iterator[Callable[[Record], bool]]:
    """Yield what a hidden count of patients with a rate hides; ``alone`` if it stands only in the table of criteria."""
    both = (f"{rate}_difference_by_criteria", f"{rate}_test_by_criteria")
    yield lambda r: r.name == f"{rate}_by_criteria" and (r.term, r.group) == (criteria, group)
    yield lambda r: r.name in both and r.term == criteria
    if not alone:
        yield lambda r: r.name == rate and r.group == group
        yield lambda r: r.name == f"{rate}_difference" or (r.name in TESTS and r.term == rate)


def _without(record: Record, limit: int, hidden: dict[tuple, bool], hides: list[Callable[[Record], bool]]) -> Record:
    """Return the record, its numbers replaced by a note if it is hidden."""
    if key(record) in hidden and _counts_patients(record):
        note = f"< {limit}" if hidden[key(record)] else HIDDEN
    elif any(rule(record) for rule in hides):
        note = HIDDEN
    else:
        return record
    return replace(record, value=None, low=None, high=None, p=None, note=note)
