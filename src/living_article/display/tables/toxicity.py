"""Tables of the toxicity section: one row an event, one an organ system."""

from __future__ import annotations

import pandas as pd

from living_article.display import format
from living_article.display.printed import P_VALUE, Printed
from living_article.records import Record, Results
from living_article.study.model import Arms, ToxicityGroup

ANY = "any"
"""The term of any event in any system."""
CHI_SQUARE = "chi-square statistic"
NOT_PRINTED = "–"


def system(
    arms: Arms, groups: list[ToxicityGroup], results: Results, printed: Printed | None, alpha: float
) -> pd.DataFrame:
    """Return one row for each event of the organ systems and one for patients with any of them, beside the printed."""
    rows: list[tuple[str, str]] = []
    for group in groups:
        rows += [(label, event) for event, label in group.events.items()]
        rows.append((f"{group.label}, any" if len(groups) > 1 else "Patients with any of these", group.id))
    columns = _columns(arms, results, alpha)
    if printed:
        columns += [*(f"{arm.printed}, printed" for arm in arms), "Printed χ² (P)"]
    cells = [_row(term, arms, results, printed) for _, term in rows]
    return pd.DataFrame(cells, index=[label for label, _ in rows], columns=columns).rename_axis("Event")


def overall(arms: Arms, groups: tuple[ToxicityGroup, ...], results: Results, alpha: float) -> pd.DataFrame:
    """Return patients with an event in each system, and with any event."""
    rows = {group.label: _row(group.id, arms, results, None) for group in groups}
    rows["Any event in any system"] = _row(ANY, arms, results, None)
    return pd.DataFrame.from_dict(rows, orient="index", columns=_columns(arms, results, alpha)).rename_axis("System")


def _columns(arms: Arms, results: Results, alpha: float) -> list[str]:
    return [
        *(f"{arm.label} (n = {format.counted(results.one('patients', group=arm.id))})" for arm in arms),
        f"Difference, percentage points ({format.level(alpha)} CI)",
        "Fisher's exact P",
        "Pearson's χ² (P)",
        "Yates's χ² (P)",
    ]


def _row(term: str, arms: Arms, results: Results, printed: Printed | None) -> list[str]:
    cells = [
        *(_count(results, arm.id, term) for arm in arms),
        format.cell(results.one("incidence_difference", term=term)),
        _p(results.one("test", term=term)),
        _statistic(results.one("chi2", term=term)),
        _statistic(results.one("yates", term=term)),
    ]
    if printed:
        cells += [*(_printed_count(printed, arm.id, term) for arm in arms), _printed_test(printed, term)]
    return cells


def _count(results: Results, group: str, term: str) -> str:
    return format.share(*(results.one(name, group=group, term=term) for name in ("count", "known")))


def _p(test: Record) -> str:
    return "not estimable" if test.p is None else format.p_value(test.p)


def _statistic(test: Record) -> str:
    return "not estimable" if test.p is None else f"{format.estimate(test)} ({format.p_value(test.p)})"


def _printed_count(printed: Printed, group: str, term: str) -> str:
    count = printed.text("count", "count", group=group, term=term)
    percent = printed.text("percentage", "incidence", group=group, term=term)
    return f"{count} ({percent})" if count and percent else count or NOT_PRINTED


def _printed_test(printed: Printed, term: str) -> str:
    statistic = printed.text(CHI_SQUARE, "chi2", "test", term=term)
    p = printed.text(P_VALUE, "test", "chi2", term=term)
    return f"{statistic} ({p})" if statistic and p else NOT_PRINTED
