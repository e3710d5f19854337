"""The page and the words of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from living_article.compare.pairs import (
    INTERVAL,
    MOVED,
    NO_VALUE,
    ONLY_FIRST,
    ONLY_SECOND,
    SAME,
    SIDE,
    SIGNIFICANCE,
    Pair,
    counts,
    ordered,
)
from living_article.display import theme, words
from living_article.display.figures.compare import moved
from living_article.display.record_names import RecordNames
from living_article.display.report import Report
from living_article.display.tables.compare import side_by_side
from living_article.patients.subset import EXPLORATORY


def summary(pairs: Sequence[Pair]) -> str:
    """Say how many numbers both sides have, how many of them moved, and which changes are grave."""
    number = counts(pairs)
    lacking = {verdict: number.get(verdict, 0) for verdict in (ONLY_FIRST, ONLY_SECOND)}
    both = len(pairs) - sum(lacking.values())
    text = f"Both sides have {words.plural(both, 'number')}: {number.get(SAME, 0)} are the same"
    parts = [f"{number[verdict]} {said}" for verdict, said in _SAID.items() if verdict in number]
    text = f"{text}, {words.listed(parts)}." if parts else f"{text}."
    parts = [f"{some} stand {verdict}" for verdict, some in lacking.items() if some]
    return f"{text} Besides, {words.listed(parts)}." if parts else text


COLOURED = "Vermilion: to the other side of no effect; brown: significance gained or lost; blue: other."
_SAID = {
    INTERVAL: "have another interval",
    MOVED: "moved",
    SIDE: "moved to the other side of no effect",
    SIGNIFICANCE: "gained or lost statistical significance",
    NO_VALUE: "have a value on one side only",
}


def compare_page(
    pairs: Sequence[Pair], labels: tuple[str, str], names: RecordNames, sides: tuple[str, str] | None = None
) -> str:
    """Return the page: summary, a plot of what moved, and every number in a table, what moved first.

    ``names`` calls the records in words; ``sides`` says more of each side than its label: of which patients it is, and
    whether it is exploratory.
    """
    a, b = sides or labels
    report = Report("Two results side by side")
    report.text(f"A: {a}. B: {b}.")
    parts = [letter for letter, side in zip("AB", (a, b), strict=True) if EXPLORATORY in side]
    mark = f" {words.listed(parts)}: exploratory, on a part of the patients." if parts else ""
    said = summary(pairs)
    report.text(said)
    theme.use()
    drawing = moved(pairs, names)
    if drawing is None:
        report.text("No number with a value on both sides moved.")
    else:
        first = next(pair for pair in ordered(pairs) if pair.both)
        farthest = f"The gravest change is that of “{names.label(first.key)}”: {first.verdict}."
        report.heading("What moved")
        report.figure(
            drawing,
            f"The numbers that moved farthest. {farthest} {COLOURED}{mark}",
            f"Plot of what moved. {said} {farthest}{mark}",
        )
    report.heading("All numbers")
    report.table(
        side_by_side(ordered(pairs), labels, names),
        f"{words.plural(len(pairs), 'number')}, what moved first{'.' + mark if mark else ''}",
    )
    return report.html()
