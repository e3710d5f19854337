"""What the prose pages may ask for: numbers, intervals, P values, sentences, printed values, the fidelity table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from living_article.display import format
from living_article.display.finding_cards import cards
from living_article.display.findings import findings
from living_article.errors import InputError
from living_article.published import load_published
from living_article.records import Record, Results
from living_article.study.model import Study

FIDELITY = ("target", "printed", "achieved", "verdict", "reason")


def page_context(
    study: Study, results: dict[str, Results], sentences: dict[str, dict[str, str]], alphas: dict[str, float]
) -> dict[str, object]:
    """Return the names a prose page may use.

    Parameters
    ----------
    study
        The study, as ``study``.
    results, sentences, alphas
        By section id: the records, the sentences by name, and the significance level the section was run with.
    """

    def record(section: str, name: str, **where: object) -> Record:
        """Return one record; every field not named must be empty, so that a name is never ambiguous."""
        fields = dict.fromkeys(("endpoint", "group", "term", "horizon")) | where
        return results[section].one(name, **fields)

    def sentence(section: str, name: str) -> str:
        if name not in sentences[section]:
            raise LookupError(f"section {section} has no sentence {name!r}; it has {', '.join(sentences[section])}")
        return sentences[section][name]

    context: dict[str, object] = {
        "study": study,
        "num": lambda section, name, **where: format.estimate(record(section, name, **where)),
        "ci": lambda section, name, **where: format.with_interval(record(section, name, **where), alphas[section]),
        "pval": lambda section, name, **where: format.p_equals(record(section, name, **where).p),
        "sentence": sentence,
        "findings": lambda: cards(findings(study, results, alphas), study),
    }
    return context | _article(study)


def _article(study: Study) -> dict[str, Callable]:
    """Return what only a study that re-tells an article offers."""
    if study.article is None:
        return {}
    names: dict[str, Callable] = {"printed": load_published(study.article.published).printed}
    if study.article.fidelity is not None:
        fidelity = _read_fidelity(study.article.fidelity)
        names["fidelity_table"] = lambda: fidelity_table(fidelity)
        names["fidelity_count"] = lambda verdict: str((fidelity["verdict"] == verdict).sum())
    return names


def _read_fidelity(file: Path) -> pd.DataFrame:
    """Read the fidelity table as text; raises InputError if it is missing or lacks a column."""
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        remedy = "run `make cohort`, or take 'fidelity' out of the study file"
        raise InputError("no readable fidelity table", file=file, remedy=remedy) from None
    if missing := [name for name in FIDELITY if name not in table.columns]:
        raise InputError("missing column", file=file, column=missing[0])
    return table


def fidelity_table(fidelity: pd.DataFrame) -> str:
    """Return the fidelity table (target, printed, achieved, verdict, reason) as a MyST table."""
    lines = ["| Target | Printed | Achieved | Verdict | Reason |", "| :--- | ---: | ---: | :--- | :--- |"]
    for row in fidelity.itertuples():
        cells = (row.target, row.printed, row.achieved, row.verdict, row.reason or "–")
        lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines)
