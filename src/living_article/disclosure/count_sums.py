"""How the counts of one section follow from each other: what adds up to what, and what is a part of what.

A count is known by its key: name, endpoint, group, term and horizon of its record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

REST, OVER = "rest", "over"
"""First part of the key of a count that nobody prints: a larger count less one that is a part of it (`REST`), and what
a count of a part of the patients leaves over of the same count in all of them (`OVER`)."""
MISSING = "missing"
"""Name under which `left_over` takes how many patients of all lack a value of the ``term``."""

_WHOLES = {
    "level_events": "level_patients", "group_events": "group_patients", "shrunk": "measured",
    "external_group_events": "external_group_patients", "new_lesion_only": "measured",
}  # fmt: skip


def rate_term(criteria: str, levels: Iterable[str]) -> str:
    """Return the term of a count of patients with one of some best responses, by these criteria.

    >>> rate_term("recist", ["CR", "PR"])
    'recist:CR|PR'
    """
    return f"{criteria}:{'|'.join(levels)}"


@dataclass(frozen=True)
class Sum:
    """Counts that add up to a number which a reader knows or can see: members (keys), and the total (a key or None)."""

    members: tuple[tuple, ...]
    total: tuple | None = None


def _grouped(keys: Iterable[tuple], by: Callable[[tuple], object]) -> Iterator[tuple[tuple, ...]]:
    groups: dict[object, list[tuple]] = defaultdict(list)
    for k in keys:
        groups[by(k)].append(k)
    return (tuple(members) for members in groups.values())


def sums_of(counts: Collection[tuple]) -> Iterator[Sum]:
    """Yield the sums among the counts of a section; a total of None is one that some other page shows.

    Levels of a covariate add up to the patients known; the known and the missing to the arm; the arms to a level's
    patients on the page of the regression; levels there, arms, steps and risk groups to their totals. Best responses
    add up to the patients of an arm and, some of them, to a rate.
    """
    named: dict[str, list[tuple]] = defaultdict(list)
    for k in counts:
        named[k[0]].append(k)
    for k in named["known"]:
        levels = tuple(c for c in named["count"] if c[2] == k[2] and str(c[3]).startswith(f"{k[3]}:"))
        if levels:
            yield Sum(levels, k)
        if ("missing", *k[1:]) in counts:
            yield Sum((k, ("missing", *k[1:])))
    for name in ("best_response", *([] if named["known"] else ["count"])):
        for levels in _grouped(named[name], lambda k: k[2]):  # of an arm, and how many lack a response
            lacking = ("missing", None, levels[0][2], name, None)
            yield Sum((*levels, lacking) if lacking in counts else levels)
    for k in named["without"]:  # patients with another event of a system than the one named
        system, _, event = k[3].partition(":")
        yield Sum((("count", None, k[2], event, None), k), ("count", None, k[2], system, None))
    for k in (k for name in named if name.endswith("_count") for k in named[name]):
        levels = tuple(("best_response", None, k[2], level, None) for level in k[3].partition(":")[2].split("|"))
        yield Sum(levels, k)
    for name in ("count", "missing", "patients", "events", "remaining"):
        arms = [k for k in named[name] if k[2] is not None and not _of_arms_alone(k)]
        yield from (Sum(members) for members in _grouped(arms, lambda k: (k[1], k[3], k[4])))  # arms of a level
    for name in ("level_patients", "level_events"):
        for levels in _grouped(named[name], lambda k: (k[1], str(k[3]).partition(":")[0])):
            yield Sum(levels, _shown((name.removeprefix("level_"), levels[0][1], None, None, None), counts))
    for name in [name for name in named if name.endswith(("group_patients", "group_events"))]:
        total, timed = name.replace("group_", ""), name.endswith("events")
        for groups in _grouped(named[name], lambda k: (k[1], k[4])):
            _, endpoint, *_, horizon = groups[0]
            yield Sum(groups, _shown((total, endpoint, None, None, horizon if timed else None), counts))
    for prefix in ("", "external_"):
        everybody = [(k, (f"{prefix}left_out", *k[1:])) for k in named[f"{prefix}patients"]]
        yield from (Sum(pair) for pair in everybody if pair[1] in counts)
    yield from _steps(named["remaining"])


def _of_arms_alone(k: tuple) -> bool:
    """Return whether no page shows a count of both arms together: one of response or of adverse events."""
    return k[0] in ("count", "missing") and (k[3] == "best_response" or (k[0] == "count" and ":" not in k[3]))


def _shown(total: tuple, counts: Collection[tuple]) -> tuple | None:
    """Return the key of a total, None if it is not among the counts of the section."""
    return total if total in counts else None


def _steps(remaining: list[tuple]) -> Iterator[Sum]:
    """Yield what adds up in the patient flow: those left out by a rule and those who remain are those there before.

    Those who remain after the last rule are shown on every page, so they count as known.
    """
    for steps in _grouped(remaining, lambda k: k[2]):
        for before, after in zip(steps, steps[1:], strict=False):
            left_out = ("left_out", *after[1:])
            yield Sum((left_out,) if after == steps[-1] else (left_out, after), before)


def differences(counts: dict[tuple, int], limit: int) -> Iterator[tuple[tuple[tuple, tuple], int]]:
    """Yield small differences, each with the part and the whole it is the difference of.

    They are the patients without an event, or those whose event came between two times.
    """
    for part, whole in _parts(counts):
        if 0 < (rest := counts[whole] - counts[part]) < limit:
            yield (part, whole), rest


def _parts(counts: dict[tuple, int]) -> Iterator[tuple[tuple, tuple]]:
    """Yield pairs of counts of which the first is, or may be, a part of the second.

    Events of one endpoint may all be events of another, as deaths are of progression-free survival; and who responds
    by strict criteria responds by others too.
    """
    chains: dict[tuple, list[tuple]] = defaultdict(list)
    for k in counts:
        name, endpoint, group, term, horizon = k
        if (whole := (_WHOLES.get(name), endpoint, group, term, horizon)) in counts:
            yield k, whole
        if name in ("events", "external_events"):
            chains[name, endpoint, group, term].append(k)
        if name == "events" and group is not None and horizon is None:
            chains["endpoints", None, group, term].append(k)
        if name.endswith(("_count", "_count_by_criteria")):
            chains[name.removesuffix("_by_criteria"), endpoint, group, None].append(k)
        arm = ("patients", None, group, None, None)
        if name == "known" and ("missing", *k[1:]) not in counts and arm in counts:
            yield k, arm
        if name == "count":
            wholes = ((whole, endpoint, group, term, horizon) for whole in ("known", "best_response"))
            yield from ((k, whole) for whole in wholes if whole in counts)
        if name == "new_lesion_only":
            levels = (c for c in counts if c[0] in ("best_response", "count") and c[2] == group)
            yield from ((k, c) for c in levels if counts[c] >= counts[k])
    for (name, endpoint, group, term), chain in chains.items():
        by_size = name == "endpoints" or name.endswith("_count")
        ordered = sorted(chain, key=lambda k: counts[k] if by_size else (k[4] is None, k[4] or 0.0))
        patients = ("patients" if by_size else name.replace("events", "patients"), endpoint, group, term, None)
        yield from combinations([*ordered, *([patients] if patients in counts else [])], 2)


def left_over(
    counts: dict[tuple, int], whole: Mapping[tuple, int], limit: int, number: int = 0
) -> tuple[dict[tuple, int], list[Sum]]:
    """Return what the counts of a part leave over of ``whole``, and all that follows from what.

    Those left over are a group of patients like any other: their counts add up as those of the part do. ``whole`` may
    also hold how many patients lack a value, under ``missing`` and the covariate: the others left out lack another.
    ``number`` tells several wholes apart.
    """

    def left(k: tuple) -> tuple:
        return (OVER, k, number)

    over = {k: whole[k] - count for k, count in counts.items() if whole.get(k, -1) >= count}
    told = {left(k): count for k, count in over.items()}
    sums = [Sum((k, left(k))) for k in over]  # the reader knows the whole
    sums += [Sum(tuple(map(left, s.members)), left(s.total) if s.total else None) for s in sums_of(over)]
    small = [((left(part), left(larger)), rest) for (part, larger), rest in differences(over, limit)]
    for left_out in (k for k in counts if k[0] == "left_out" and k[1] is not None):
        lacking = {k: counts[left_out] - missing for k, missing in whole.items() if k[0] == MISSING}
        small += [((k, left_out), rest) for k, rest in lacking.items() if 0 < rest < limit]
    for (part, larger), rest in small:
        others = (REST, part, larger, number)
        told[others] = rest
        sums.append(Sum((part, others) if part in told else (others,), larger))
    return told, sums
