"""`python -m living_article.reconstruct`: write cohort, external cohort and fidelity table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from living_article.errors import InputError
from living_article.patients.cohort import load_cohort, load_external
from living_article.reconstruct import assumptions, build, fidelity
from living_article.reconstruct.achieved import achieved
from living_article.reconstruct.targets import Targets
from living_article.study.load import load_study


def main(arguments: list[str] | None = None) -> int:
    """Regenerate the tables of a study that re-tells an article; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m living_article.reconstruct", description=__doc__)
    parser.add_argument("--study", type=Path, default=Path("data/study.yml"), help="study file (default %(default)s)")
    parser.add_argument("--out", type=Path, help="folder to write to (default: the folder of the study file)")
    parser.add_argument("--seed", type=int, default=assumptions.SEED, help="seed (default %(default)s)")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    missed = write(options.study, options.out or options.study.parent, options.seed)
    took = time.monotonic() - started
    print(f"\rcohort, external cohort and fidelity table written in {took:.0f} s", file=sys.stderr)
    if missed:
        print(f"targets not met with seed {options.seed}: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed))


def write(study_file: Path, folder: Path, seed: int) -> list[str]:
    """Write cohort.csv, external.csv and fidelity.csv to a folder, all or none; return reachable targets missed."""
    study = load_study(study_file)
    article, other = study.retold(), study.external
    if other is None or article.fidelity is None:
        problem = "no external cohort or no fidelity table to write"
        raise InputError(problem, file=study.file, remedy="name them under 'external' and 'article'")
    targets = Targets.read(article.published)
    found = build.cohort(targets, seed, report=_progress)
    texts = {
        study.table.name: build.as_csv(found.patients, build.COHORT_COLUMNS),
        other.table.name: build.as_csv(build.external_cohort(targets, seed), build.EXTERNAL_COLUMNS),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".reconstruct-") as name:
        aside = Path(name)
        for file, text in texts.items():
            (aside / file).write_text(text, encoding="utf-8", newline="\n")
        moved = replace(
            study,
            table=aside / study.table.name,
            external=replace(other, table=aside / other.table.name),
        )
        table = fidelity.rows(targets, achieved(targets, load_cohort(moved), load_external(moved)))
        (aside / article.fidelity.name).write_text(fidelity.as_csv(table), encoding="utf-8", newline="\n")
        for file in aside.iterdir():
            file.replace(folder / file.name)
    return fidelity.missed(table, targets)


def _progress(done: float) -> None:
    """Show how much of the search is done, on one line."""
    print(
        f"\rsearching who has which survival time: {100 * done:3.0f} % of the moves",
        end="",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
