"""Compare two results and write what was found."""

from __future__ import annotations

from pathlib import Path

from living_article.compare import ONLY_FIRST, ONLY_SECOND, SAME, compare, load_side, ordered
from living_article.display.compare import compare_page, summary
from living_article.display.tables.compare import file, terminal
from living_article.run.deliver import writable


def compare_results(
    first: str, second: str, study: Path, folder: Path, *, everything: bool = False
) -> tuple[str, list[Path]]:
    """Compare two sides, write ``compare.csv`` and ``index.html``, and return what a terminal shows and the files.

    Raises
    ------
    InputError
        If a side is not there, or nothing can be written into the folder.
    """
    sides = load_side(first, study), load_side(second, study)
    pairs, labels = compare(*sides), (sides[0].label, sides[1].label)
    folder = writable(folder)
    written = [folder / "compare.csv", folder / "index.html"]
    said = sides[0].said, sides[1].said
    file(pairs).assign(a_patients=sides[0].patients, b_patients=sides[1].patients).to_csv(written[0], index=False)
    written[1].write_text(compare_page(pairs, labels, said), encoding="utf-8")
    listed = [pair for pair in ordered(pairs) if everything or pair.verdict not in (SAME, ONLY_FIRST, ONLY_SECOND)]
    table = f"{terminal(listed, labels)}\n\n" if listed else ""
    return f"A: {said[0]}\nB: {said[1]}\n\n{table}{summary(pairs)}", written
