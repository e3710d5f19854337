"""Compare two results and write what was found."""

from __future__ import annotations

from pathlib import Path

from living_article.compare.apart import apart
from living_article.compare.pairs import ONLY_FIRST, ONLY_SECOND, SAME, compare, ordered
from living_article.compare.printed import PUBLISHED, printed_side
from living_article.compare.sides import Side, read_side
from living_article.display.compare import compare_page, summary
from living_article.display.record_names import RecordNames
from living_article.display.tables.compare import file, terminal
from living_article.patients.cohort import Cohort, load_cohort
from living_article.run.deliver import writable
from living_article.study import Study, load_study


def compare_results(
    first: str, second: str, study: Path, folder: Path, *, everything: bool = False
) -> tuple[str, list[Path]]:
    """Compare two sides, write ``compare.csv`` and ``index.html``, and return what a terminal shows and the files.

    Raises
    ------
    InputError
        If a side is not there, both are of nearly the same real patients, or nothing can be written into the folder.
    """
    known = load_study(study)
    names = RecordNames(known)
    a, b = (printed_side(known) if side == PUBLISHED else read_side(side) for side in (first, second))
    a, b = apart(a, b, _at_hand(known, a, b))
    pairs, labels, said = compare(a, b), (a.label, b.label), (a.said, b.said)
    folder = writable(folder)
    written = [folder / "compare.csv", folder / "index.html"]
    file(pairs, names).assign(a_patients=a.patients, b_patients=b.patients).to_csv(written[0], index=False)
    written[1].write_text(compare_page(pairs, labels, names, said), encoding="utf-8")
    listed = [pair for pair in ordered(pairs) if everything or pair.verdict not in (SAME, ONLY_FIRST, ONLY_SECOND)]
    table = f"{terminal(listed, labels)}\n\n" if listed else ""
    return f"A: {said[0]}\nB: {said[1]}\n\n{table}{summary(pairs)}", written


def _at_hand(study: Study, *sides: Side) -> list[Cohort]:
    """Return the cohort of the study if there are real patients to keep apart and its table is there."""
    real = all(any(f.population and f.population.kind == "patients" for f in side.files) for side in sides)
    return [load_cohort(study)] if real and study.table.is_file() else []
