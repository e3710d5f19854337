"""An attacker who knows every number that is shown, in every section, and what adds up to what.

The attacker also reads the pages: a percentage, an interval or a point of a drawing, times the patients, is a count.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from living_article.statistics.results import normal_quantile

Equation = tuple[list[tuple], tuple]  # members, and the total they add up to


def shown_counts(folder: Path) -> dict[tuple, float | None]:
    """Return the counts of all sections, None where one is hidden: (section, name, endpoint, group, term, horizon)."""
    found, shares = {}, {}
    for path in sorted(folder.rglob("results.json")):
        for r in json.loads(path.read_text(encoding="utf-8"))["records"]:
            where = tuple(r.get(field) for field in ("endpoint", "group", "term", "horizon"))
            if r.get("unit") in ("patients", "events", "count"):
                found[(path.parent.name, r["name"], *where)] = r.get("value")
            if r["name"] in ("orr", "dcr", "orr_by_criteria", "dcr_by_criteria") and "value" in r:
                shares[path.parent.name, r["name"], *where] = r["value"]
    return found | _counted(found, shares)


def _counted(counts: dict[tuple, float | None], shares: dict[tuple, float]) -> dict[tuple, float]:
    """Return the counts that the shares of an arm tell, whether or not they are shown."""
    found = {}
    for (section, name, _, arm, term, _), share in shares.items():
        rate = name[:3]
        for k in counts:
            mine = k[:2] == (section, f"{rate}_count") or k[:2] == (section, f"{rate}_count_by_criteria")
            if mine and k[3] == arm and (k[4].startswith(f"{term}:") if term else k[1] == f"{rate}_count"):
                patients = counts[section, "patients", None, arm, None, None]
                found[k] = float(round(share * patients)) if patients else None
    return found


def equations(counts: dict[tuple, float | None], systems: dict[str, Iterable[str]]) -> list[Equation]:
    """Return what adds up, in a section and between sections; ("rest", …) is what nobody prints.

    ``systems`` are the adverse events of each organ system.
    """
    arms = [k[3] for k in counts if k[:2] == ("baseline", "patients")]
    whole = {arm: ("baseline", "patients", None, arm, None, None) for arm in arms}
    found: list[Equation] = [*_complete_cases(counts, list(whole.values())), *_rates(counts, whole)]
    found += [*_events_within(counts, whole, systems), *_flow(counts)]
    groups: dict[tuple, list[tuple]] = defaultdict(list)
    for k in counts:
        section, name, endpoint, group, term, horizon = k
        covariate = str(term).partition(":")[0]
        if (section, name) == ("baseline", "count"):
            groups["level", ("baseline", "known", None, group, covariate, None), covariate].append(k)
        if name in ("best_response", "count") and section == "response":
            groups[name, whole[group], None].append(k)
        if name == "count" and section == "toxicity":
            found.append(([k, ("rest", *k)], ("toxicity", "known", None, group, term, None)))
        if section == "survival" and name == "events":
            found.append(([k, ("rest", *k)], whole[group]))
            found.append(([("cox", "level_events", endpoint, None, f"arm:{group}", None), ("rest", "cox", *k)], k))
        if name == "known" and section == "baseline":
            found.append(([k, (section, "missing", *k[2:])], whole[group]))
        if name in ("level_events", "level_patients"):
            groups[name, ("cox", name.removeprefix("level_"), endpoint, None, None, None), covariate].append(k)
            if name == "level_events":
                found.append(([k, ("rest", *k)], ("cox", "level_patients", endpoint, None, term, None)))
        if "group_events" in name or "group_patients" in name:
            if name.endswith("events"):
                found.append(([k, ("rest", *k)], (section, name.replace("events", "patients"), *k[2:])))
            total = (section, name.replace("group_", ""), endpoint, None, None, horizon if "events" in name else None)
            groups[name, total, horizon].append(k)
        if name in ("events", "external_events") and horizon is not None:
            found.append(([k, ("rest", *k)], (section, name, endpoint, group, term, None)))
        if name in ("shrunk", "new_lesion_only"):
            found.append(([k, ("rest", *k)], ("response", "measured", None, group, None, None)))
    found += [(members, total) for (_, total, _), members in groups.items()]
    return [(members, total) for members, total in found if total in counts or total[0] == "sum"]


STRICTER = ("article", "recist", "who")
"""Criteria of response: who shrinks enough for one does so for those after it; the other way round for disease control."""


def _rates(counts: dict[tuple, float | None], whole: dict[str, tuple]) -> Iterator[Equation]:
    """Yield how rates follow from best responses, and how more patients respond by less strict criteria."""
    by_criteria: dict[tuple, dict[str, tuple]] = defaultdict(dict)
    for k in counts:
        section, name, _, arm, term, _ = k
        if section != "response" or "_count" not in name:
            continue
        criteria, _, levels = term.partition(":")
        by_criteria[name[:3], arm][criteria] = k
        yield [k, ("rest", *k)], whole[arm]
        if name.endswith("_count"):
            yield [("response", "best_response", None, arm, level, None) for level in levels.split("|")], k
    for (rate, _), by in by_criteria.items():
        order = [c for c in (STRICTER if rate == "orr" else STRICTER[::-1]) if c in by]
        yield from (([by[one], ("rest", by[one], by[other])], by[other]) for one, other in combinations(order, 2))


def _events_within(
    counts: dict[tuple, float | None], whole: dict[str, tuple], systems: dict[str, Iterable[str]]
) -> Iterator[Equation]:
    """Yield what is a part of what: an event of its system, a system of any event, those known of all."""
    inside = [(event, system) for system, events in systems.items() for event in events]
    for part, larger in [*inside, *((system, "any") for system in systems)]:
        for arm in whole:
            one, other = (("toxicity", "count", None, arm, term, None) for term in (part, larger))
            if one in counts and other in counts:
                yield [one, ("rest", one, other)], other
    for k in counts:
        if k[:2] == ("toxicity", "known"):
            yield [k, ("rest", *k)], whole[k[3]]
        if k[:2] == ("response", "missing"):
            levels = [c for c in counts if c[:2] == ("response", "best_response") and c[3] == k[3]]
            yield [k, *levels], whole[k[3]]


def _flow(counts: dict[tuple, float | None]) -> Iterator[Equation]:
    """Yield that the flow diagram and the survival section count the same events, and that deaths are progressions."""
    for k in counts:
        if k[:2] == ("methods", "events"):
            yield [k], ("survival", *k[1:])
        if k[:3] == ("survival", "events", "os") and (larger := (*k[:2], "pfs", *k[3:])) in counts:
            yield [k, ("rest", k, larger)], larger


def _complete_cases(counts: dict[tuple, float | None], arms: list[tuple]) -> Iterator[Equation]:
    """Yield how the complete cases of a model and those left out follow from what the baseline table shows of all."""
    everybody = ("sum", "patients")
    yield arms, everybody
    cases = [k for k in counts if k[1] in ("patients", "left_out") and k[0] in ("cox", "nomogram", "validation")]
    for section in {k[0] for k in cases}:
        endpoint = next(k[2] for k in cases if k[0] == section)
        yield [(section, name, endpoint, None, None, None) for name in ("patients", "left_out")], everybody
    for name in ("patients", "left_out"):
        first, *others = [k for k in cases if k[1] == name]
        yield from (([first], other) for other in others)  # the same model, and so the same patients
    left_out = next(k for k in cases if k[1] == "left_out")
    used = {str(k[4]).partition(":")[0] for k in counts if k[1] == "level_patients"}
    missing: dict[str, list[tuple]] = defaultdict(list)
    levels: dict[str, list[tuple]] = defaultdict(list)
    for k in counts:
        if k[:2] == ("baseline", "missing") and k[4] in used:
            missing[k[4]].append(k)
        if k[:2] == ("baseline", "count"):
            levels[k[4]].append(k)
    for term, members in missing.items():  # who is left out without lacking this covariate lacks another
        yield [*members, ("rest", "lack another than", term)], left_out
    for term, members in levels.items():
        case = ("cox", "level_patients", left_out[2], None, term, None)
        if case in counts:
            yield members, ("sum", term)
            yield [case, ("rest", "left out", term)], ("sum", term)


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


def outputs_of(notebook: str) -> str:
    """Return what the cells of an executed notebook show."""
    data = (out.get("data", {}) for cell in json.loads(notebook)["cells"] for out in cell.get("outputs", []))
    return "\n".join("".join(shown) for each in data for shown in each.values())


def told_survival(table: Path, label: str) -> dict[float, float]:
    """Return the survival of an arm that the steps of a drawn curve tell, by time."""
    with table.open(encoding="utf-8") as file:
        lines = [row for row in csv.DictReader(file) if row["shape"] == "line" and row.get("series") == label]
    return {float(row["x"]): float(row["y"]) for row in lines if row["item"] == lines[0]["item"]}


def few_between(survival: dict[float, float], patients: int, limit: int) -> Iterator[tuple[float, float, float]]:
    """Yield neighbouring times at which survival is told with the most events between them, if they are few.

    An event takes one patient's share of survival, or more if others are censored before.
    """
    for (start, before), (end, after) in pairwise(sorted(survival.items())):
        if 0 < (most := (before - after) * patients) < limit - 0.01:
            yield start, end, most


def fewest_events_between(records: list[dict], level: float = 0.95) -> dict[tuple[str, str], float]:
    """Return, for each endpoint and pair of options on patients, how many events lie between them.

    A reader knows only hazard ratios with intervals. Of the treatment alone, and with arms of about one size, one event
    adds about a quarter to the information, which is one over the squared standard error.
    """
    information: dict[str, dict[str, float]] = defaultdict(dict)
    for r in records:
        options = dict(part.split(": ", 1) for part in r.get("method", "").split("; ") if ": " in part)
        if r["name"] == "analysis" and options["Adjusted for"] == "Treatment alone" and "low" in r:
            width = math.log(r["high"] / r["low"]) / (2 * normal_quantile(level))
            information[r["endpoint"]].setdefault(options["Patients"], width**-2)
    return {
        (endpoint, f"{one} / {other}"): 4 * abs(known[one] - known[other])
        for endpoint, known in information.items()
        for one, other in combinations(known, 2)
    }


def whole_numbers(model: dict, sizes: Iterable[int]) -> Iterator[tuple[float, int]]:
    """Yield numbers of the centre of a model that, times a possible number of patients, are whole: counts."""
    for mean in model["centre"]:
        yield from ((mean, n) for n in sizes if 0 < mean < 1 and abs(mean * n - round(mean * n)) < 1e-9)
