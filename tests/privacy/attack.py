"""An attacker who knows every number that is shown, in every section, and what adds up to what."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import numpy as np

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
