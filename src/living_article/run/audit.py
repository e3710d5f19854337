"""The audit in the book and on the command line: its page, the lines at the feet of sections, its report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from living_article.audit import expectation
from living_article.audit.export import as_text
from living_article.audit.run import Finding, audit_folder, by_section

if TYPE_CHECKING:
    from living_article.records import Results
    from living_article.run.project import Project

# pages of sections that have no notebook, as seen from the audit page
_PROSE = {"abstract": "../index.html", "discussion": "discussion.html"}


def audit_pages(folder: Path, results: Mapping[str, Results]) -> tuple[dict[str, Any], dict[str, str | bytes]]:
    """Audit the printed values in a folder for the book.

    Returns what other pages may ask for, and the generated files by path. They may ask for the line at the foot of a
    section, ``audit_line(section, page="audit.html")``, where ``page`` is the address of the audit page as seen from
    there, and for all claims as a sentence, ``audit_summary()``, and as a picture, ``audit_bar()``.
    """
    from living_article.display.audit import audit_page
    from living_article.display.audit_picture import bar
    from living_article.display.audit_words import section_line, whole_line

    findings = audit_folder(folder, results)
    pages = _PROSE | {section: f"../notebooks/{section}.html" for section in results}
    known = {section: page for section, page in pages.items() if section in by_section(findings)}

    def audit_line(section: str, page: str = "audit.html") -> str:
        return section_line(findings, section, page)

    names = {
        "audit_line": audit_line,
        "audit_summary": lambda: whole_line(findings),
        "audit_bar": lambda: bar(findings),
    }
    return names, dict(audit_page(findings, known))


def built_results(project: Project) -> dict[str, Results]:
    """Return the records of the book that was staged last, by section; none if there is no such book."""
    from living_article.records import read_results

    files = sorted((project.build / "stage" / "results").glob("*.json"))
    return {file.stem: read_results(file) for file in files}


def printed_values(project: Project, folder: Path | None = None) -> tuple[Path, dict[str, Results]]:
    """Return the folder to audit and the records beside it: another article's has none, the project's its book's.

    Raises
    ------
    InputError
        If no folder is given and the study of the project re-tells no article.
    """
    if folder is not None:
        return folder, {}
    from living_article.study.load import load_study

    article = load_study(project.study).retold("name a folder of printed values")
    return article.published, built_results(project)


def report(folder: Path, results: Mapping[str, Results], expect: Path | None = None) -> tuple[str, list[str]]:
    """Return the audit as text, and what differs from an expectation file.

    Raises
    ------
    InputError
        If printed values, claims or the expectation file cannot be read.
    """
    expected = expectation.read(expect) if expect else None
    findings = audit_folder(folder, results)
    return as_text(findings), [] if expected is None else expectation.changes(findings, expected)


def write_expectation(folder: Path, path: Path) -> list[Finding]:
    """Write the verdicts of today to a file and return the findings; raises InputError as `audit_folder` does."""
    findings = audit_folder(folder)
    path.write_text(expectation.as_csv(findings), encoding="utf-8")
    return findings
