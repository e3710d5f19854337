"""The root page of a book about a study that re-tells no article: title, patients, provenance, findings, contents."""

from __future__ import annotations

from living_article.display import words
from living_article.study.model import Study

FINDINGS: dict[str, tuple[str, ...]] = {
    "methods": ("flow",),
    "baseline": ("summary", "missing"),
    "survival": ("medians_{primary}", "hazard_ratio_{primary}"),
    "response": ("orr", "dcr"),
    "toxicity": ("summary",),
    "cox": ("treatment", "independent"),
    "validation": ("discrimination", "calibration"),
}
"""Section → names of its sentences that are key findings; ``{primary}`` stands for the primary endpoint."""

REFERENCES = """\
# References

Methods, criteria and software that the sections of this book cite.

```{bibliography}
:filter: cited
:style: unsrt
```
"""


def front_page(study: Study, sentences: dict[str, dict[str, str]], cards: str = "") -> str:
    """Return the page as MyST markdown.

    ``sentences`` are those of each section, by name, in the order of the book; ``cards`` are the main findings, drawn.
    """
    parts = [
        f"# {study.title}",
        f"{_question(study)}\n{_patients(study)}",
        *(("## Findings", cards) if cards else (f"[{study.provenance.badge}]{{.provenance-badge}}",)),
        "## Summary",
        *_findings(study, sentences),
        "Each statement is computed from the patient table whenever the book is built, "
        "and the section named before it shows how.\n"
        "{doc}`book/dictionary` says what each column of that table means.",
    ]
    return "\n\n".join(parts) + "\n"


def _patients(study: Study) -> str:
    lines = [study.provenance.statement] if study.provenance.statement else []
    if study.provenance.kind == "patients":
        lines.append("Only summaries are shown; no value of a single patient is part of this book.")
    return "\n".join([*lines, "Nothing in this book is advice on treatment."])


def _question(study: Study) -> str:
    treated, reference = (words.lower_first(arm.label) for arm in study.arms)
    others = [words.lower_first(e.label) for e in study.endpoints.values() if e is not study.primary]
    told = "a further endpoint is" if len(others) == 1 else "further endpoints are"
    further = f"; {told} {words.listed(others)}" if others else ""
    return (
        f"This book compares {treated} with {reference} in {study.population}.\n"
        f"The primary endpoint is {words.lower_first(study.primary.label)} "
        f"(event: {study.primary.event_label}){further}."
    )


def _findings(study: Study, sentences: dict[str, dict[str, str]]) -> list[str]:
    """Return one list item a section that has something to say."""
    found = []
    for section, spoken in sentences.items():
        names = (name.format(primary=study.primary.id) for name in FINDINGS.get(section, ()))
        said = [spoken[name] for name in names if name in spoken]
        if said:
            found.append("\n".join([f"- {{doc}}`notebooks/{section}`:", *(f"  {text}" for text in said)]))
    return found
