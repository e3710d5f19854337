"""The fidelity table: for every target what is printed, what the cohort gives, hit or miss, and why."""

from __future__ import annotations

import csv
import io
import math

from living_article.reconstruct.targets import EXACT, IMPOSSIBLE, SOFT, TERMS, Target, Targets
from living_article.statistics.information import events_needed

COLUMNS = ("id", "target", "printed", "achieved", "verdict", "reason")
HIT, MISS = "hit", "miss"
REASONS = {
    "t2_sd_observation": "two further patients with stable disease are in the cohort, flagged as not counted: "
    "the printed DCR is 29 of 55, the printed row sums to 53",
}
"""What is particular to one target; the class of the target gives the general reason."""


def rows(targets: Targets, achieved: dict[str, float]) -> list[dict[str, str]]:
    """Return one row for each target, in the order of ``achieved``; numbers have one decimal more than printed."""
    return [_row(targets, targets[id], value, achieved) for id, value in achieved.items()]


def _row(targets: Targets, target: Target, value: float, achieved: dict[str, float]) -> dict[str, str]:
    printed = target.printed.rstrip("#*")
    agrees, truncated = target.met_by(value), _truncated(target, value)
    verdict = HIT if agrees or truncated else MISS
    reason = REASONS.get(target.id, "")
    if verdict == MISS:
        reason = reason or _reason(targets, target, achieved)
    elif truncated and not agrees:
        reason = f"printed cut off, not rounded: {value:.3f}"
    return {
        "id": target.id,
        "target": "; ".join(part for part in (target.location, target.row, target.column, target.quantity) if part),
        "printed": printed,
        "achieved": _shown(target, value),
        "verdict": verdict,
        "reason": reason,
    }


def _truncated(target: Target, value: float) -> bool:
    """Whether a percentage was cut off after its last printed digit instead of being rounded."""
    if target.quantity != "percentage" or not target.half_width:
        return False
    digit = 2 * target.half_width
    return abs(math.floor(value / digit + 1e-9) * digit - target.value) < digit / 100


def _shown(target: Target, value: float) -> str:
    """Return the achieved number with one decimal more than printed, counts without decimals."""
    if target.quantity in ("count", "group size", "lesions"):
        return f"{value:.0f}"
    if not target.half_width:
        return f"{value:.2g}" if value < 0.1 else f"{value:.2f}"
    decimals = max(0, round(-math.log10(2 * target.half_width))) + 1
    smallest = 10.0**-decimals
    return f"<{smallest:.{decimals}f}" if 0 < value < smallest / 2 else f"{value:.{decimals}f}"


def _reason(targets: Targets, target: Target, achieved: dict[str, float]) -> str:
    """Say why a target is missed."""
    if target.kind == EXACT:
        raise ValueError(f"{target.id} is met by construction and yet missed")
    for term in TERMS:
        if target.id in (f"t7_{term}_ci_low", f"t7_{term}_ci_high"):
            return _interval(targets, term, achieved)
        if target.id == f"t7_{term}_p":
            return "follows from hazard ratio and interval; " + _interval(targets, term, achieved)
    if target.id.startswith(("t11_cindex_ci", "t11_slope_ci")):
        return _external_intervals(targets, achieved)
    return target.reason if target.kind == IMPOSSIBLE else "not reached by the search"


def _interval(targets: Targets, term: str, achieved: dict[str, float]) -> str:
    """Compare achieved and printed interval of one hazard ratio on the log scale."""
    names = (f"t7_{term}_ci_low", f"t7_{term}_ci_high")
    low, high = (targets.value(name) for name in names)
    ratio = math.log(achieved[names[1]] / achieved[names[0]]) / math.log(high / low)
    width = f"the interval reached is {ratio:.2f} times as wide as the printed one on the log scale"
    binary = term not in ("age", "lung_lesions")
    deaths = events_needed(targets[names[0]].low, targets[names[1]].high)  # as wide as the rounding allows
    if binary and deaths > targets.count("abs_n_total"):
        return f"{width}, which needs at least {deaths} deaths"
    return f"{width}; the search aims at hazard ratios, not at intervals"


def _external_intervals(targets: Targets, achieved: dict[str, float]) -> str:
    """Compare the widths of both intervals of the external cohort, which narrow together as deaths are added."""
    widths = {}
    for name in ("cindex", "slope"):
        low, high = (f"t11_{name}_ci_{end}" for end in ("low", "high"))
        widths[name] = (achieved[high] - achieved[low]) / (targets.value(high) - targets.value(low))
    return (
        f"no number of deaths gives both intervals: that of the C-index is {widths['cindex']:.2f} times as wide as "
        f"printed, that of the slope {widths['slope']:.2f} times, and both narrow with more deaths"
    )


def as_csv(table: list[dict[str, str]]) -> str:
    """Return the fidelity table as CSV text with line feeds."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue()


def missed(table: list[dict[str, str]], targets: Targets) -> list[str]:
    """Return the ids of the targets that the search should have met and did not."""
    return [row["id"] for row in table if row["verdict"] == MISS and targets[row["id"]].kind in (EXACT, SOFT)]
