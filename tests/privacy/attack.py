"""An attacker who knows every number that is shown, in every section, and what adds up to what.

The attacker also reads the pages: a percentage, an interval or a point of a drawing, times the patients, is a count.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

Equation = tuple[list[tuple], tuple]  # members, and the total they add up to


def shown_counts(folder: Path) -> dict[tuple, float | None]:
    """Return the counts of all sections, None where one is hidden: (section, name, endpoint, group, term, horizon)."""
    found = {}
    for path in sorted(folder.rglob("results.json")):
        for r in json.loads(path.read_text(encoding="utf-8"))["records"]:
            if r.get("unit") in ("patients", "events", "count"):
                where = (r.get(field) for field in ("endpoint", "group", "term", "horizon"))
                found[(path.parent.name, r["name"], *where)] = r.get("value")
    return found


def equations(counts: dict[tuple, float | None]) -> list[Equation]:
    """Return what adds up, in a section and between sections; ("rest", …) is what nobody prints."""
    arms = [k[3] for k in counts if k[:2] == ("baseline", "patients")]
    whole = {arm: ("baseline", "patients", None, arm, None, None) for arm in arms}
    found: list[Equation] = []
    groups: dict[tuple, list[tuple]] = defaultdict(list)
    for k in counts:
        section, name, endpoint, group, term, horizon = k
        covariate = str(term).partition(":")[0]
        if (section, name) == ("baseline", "count"):
            groups["level", whole[group], covariate].append(k)
            groups["arms", ("cox", "level_patients", "os", None, term, None), None].append(k)
        if name in ("best_response", "count") and section == "response":
            groups[name, whole[group], None].append(k)
        if name == "count" and section == "toxicity":
            found.append(([k, ("rest", *k)], ("toxicity", "known", None, group, term, None)))
        if section == "survival" and name == "events":
            found.append(([k, ("rest", *k)], whole[group]))
            groups["arms", ("cox", "events", endpoint, None, None, None), None].append(k)
            found.append(([k], ("cox", "level_events", endpoint, None, f"arm:{group}", None)))
        if name == "level_events" and ":" in str(term):
            found.append(([k, ("rest", *k)], ("cox", "level_patients", endpoint, None, term, None)))
            groups["events", ("cox", "events", endpoint, None, None, None), covariate].append(k)
        if name.endswith("group_events"):
            found.append(([k, ("rest", *k)], (section, name.replace("events", "patients"), *k[2:])))
            total = (section, name.replace("group_", ""), endpoint, None, None, horizon)
            groups["risk groups", total, None].append(k)
        if name in ("events", "external_events") and horizon is not None:
            found.append(([k, ("rest", *k)], (section, name, endpoint, group, term, None)))
        if name in ("shrunk", "new_lesion_only"):
            found.append(([k, ("rest", *k)], ("response", "measured", None, group, None, None)))
    found += [(members, total) for (_, total, _), members in groups.items()]
    return [(members, total) for members, total in found if total in counts]


def recovered(counts: dict[tuple, float | None], sums: list[Equation]) -> dict[tuple, float]:
    """Return every hidden count, and every rest, that the shown numbers determine."""
    unknown = {k for members, total in sums for k in [*members, total] if counts.get(k) is None}
    place = {k: number for number, k in enumerate(sorted(unknown, key=str))}
    matrix, right = np.zeros((len(sums), len(place))), np.zeros(len(sums))
    for row, (members, total) in enumerate(sums):
        for k, sign in [*((member, 1) for member in members), (total, -1)]:
            if k in place:
                matrix[row, place[k]] += sign
            else:
                right[row] -= sign * counts[k]
    solution = np.linalg.lstsq(matrix, right, rcond=None)[0]
    _, values, directions = np.linalg.svd(matrix)
    free = directions[np.sum(values > 1e-9) :]  # along which the unknown may move
    return {k: float(solution[n]) for k, n in place.items() if not np.any(np.abs(free[:, n]) > 1e-9)}


_PERCENT = re.compile(r"(?<![\d.−–-])(\d{1,3}\.\d+)(?: \([^()]*\))? ?%")
_BESIDE_COUNT = re.compile(r"\d+ \((\d{1,3}\.\d)\)")
_PAIR = re.compile(r"(\d{1,3}\.\d+)%? to (\d{1,3}\.\d+)")


def words_of(page: str) -> str:
    """Return what a person can see or hear of a page: text, also in drawings, and descriptions; no programs."""
    described = " ".join(re.findall(r'(?:alt|title|aria-label|content)="([^"]*)"', page))
    visible = re.sub(r"<pre.*?</pre>|<script.*?</script>|<style.*?</style>", " ", page, flags=re.DOTALL)
    return unescape(f"{re.sub('<[^>]*>', ' ', visible)} {described}")


def small_counts(text: str, sizes: Iterable[int], limit: int) -> Iterator[tuple[str, int, int]]:
    """Yield percentages and their intervals that, times a known number of patients, are a small count or leave one."""
    told = {m for pattern in (_PERCENT, _BESIDE_COUNT) for m in pattern.findall(text)}
    pairs = set(_PAIR.findall(text))
    for n in sizes:
        for count in [k for k in range(1, n) if k < limit or n - k < limit]:
            test = binomtest(count, n)
            yield from ((p, count, n) for p in told if f"{100 * count / n:.{_decimals(p)}f}" == p)
            for method in ("exact", "wilson"):
                ends = test.proportion_ci(method=method)
                for low, high in pairs:
                    places = _decimals(low)
                    if (f"{100 * ends.low:.{places}f}", f"{100 * ends.high:.{places}f}") == (low, high):
                        yield f"{low} to {high}", count, n


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def small_points(table: Path, sizes: dict[str, set[int]], limit: int) -> Iterator[tuple[str, int, int]]:
    """Yield points of a drawing whose height, times the patients of their series, is a small count or leaves one."""
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            height = float(row.get("y") or 0)
            for n in sizes.get(row.get("series", ""), ()) if 0 < height < 1 else ():
                count = round(height * n)
                if abs(height * n - count) < 1e-4 and (0 < count < limit or 0 < n - count < limit):
                    yield row["y"], count, n
