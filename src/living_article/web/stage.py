"""Assemble the folder that Jupyter Book reads: prose with its numbers filled in, executed notebooks, downloads."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from living_article.display import palette
from living_article.display.exploratory import marked_page
from living_article.display.status import status_page
from living_article.errors import InputError
from living_article.run.cache import Execution, study_files
from living_article.run.commit import read_commit
from living_article.run.failures import SiteError
from living_article.run.parts import PART
from living_article.run.project import Project
from living_article.web import provenance, run_times
from living_article.web.announce import CARD
from living_article.web.calculator import calculator_page
from living_article.web.configuration import configuration, read_addresses
from living_article.web.downloads import EXTRA, write_downloads
from living_article.web.launch import write_colab_notebooks
from living_article.web.publish import published

if TYPE_CHECKING:
    from living_article.records import Results

AUDIT_LINE = "audit_line"  # in the context: what a section says of its claims, given the address of the audit page

# study file; by section: records, sentences, parameters → names the prose may use, and generated pages by path
Prose = Callable[
    [Path, "dict[str, Results]", dict[str, dict], dict[str, dict]], tuple[dict[str, Any], dict[str, str | bytes]]
]


def article_prose(
    study: Path, results: dict[str, Results], spoken: dict[str, dict], parameters: dict[str, dict]
) -> tuple[dict[str, Any], dict[str, str | bytes]]:
    """Return the context of this article's prose pages, and its generated files: dictionary, audit, standards, card."""
    from living_article.display.dictionary import dictionary_page
    from living_article.display.pages import page_context
    from living_article.display.reporting import reporting_page
    from living_article.display.social_card import social_card
    from living_article.reporting.checklist import load_checklists
    from living_article.run.audit import audit_pages
    from living_article.study.load import load_study

    loaded = load_study(study)
    alphas = {section: given["alpha"] for section, given in parameters.items()}
    article = loaded.retold()
    audited, pages = audit_pages(article.published, results)
    context = page_context(loaded, results, spoken, alphas) | audited
    pages |= {
        "book/dictionary.md": dictionary_page(loaded),
        CARD: social_card(loaded, _on_all(results, parameters), alphas),
    }
    if article.reporting:
        pages |= reporting_page(load_checklists(article.reporting))
    return context, pages


def study_prose(
    study: Path, results: dict[str, Results], spoken: dict[str, dict], parameters: dict[str, dict]
) -> tuple[dict[str, Any], dict[str, str | bytes]]:
    """Return no context, and the generated pages of a study that re-tells no article."""
    from living_article.display.dictionary import dictionary_page
    from living_article.display.finding_cards import cards
    from living_article.display.findings import findings
    from living_article.display.front_page import REFERENCES, front_page
    from living_article.display.social_card import social_card
    from living_article.study.load import load_study

    loaded = load_study(study)
    alphas = {section: given["alpha"] for section, given in parameters.items()}
    pages: dict[str, str | bytes] = {
        "index.md": front_page(loaded, spoken, cards(findings(loaded, results, alphas), loaded)),
        "book/dictionary.md": dictionary_page(loaded),
        "book/references.md": REFERENCES,
        CARD: social_card(loaded, _on_all(results, parameters), alphas),
    }
    return {}, pages


def _on_all(results: dict[str, Results], parameters: dict[str, dict]) -> dict[str, Results]:
    """Return the results on all patients: a picture of the findings has no room to mark a part."""
    return {section: found for section, found in results.items() if not parameters[section].get(PART)}


def stage(
    project: Project,
    executions: list[Execution],
    folder: Path,
    *,
    prose: Prose = article_prose,
    pdf: str = "",
    seconds: dict[str, float] | None = None,
) -> Path:
    """Fill ``folder`` afresh with everything the site is made of, and return it.

    ``pdf`` is the address, from the root page, of a PDF of the book that every page is to link to. ``seconds`` is how
    long each section ran, as far as that is known.

    Raises
    ------
    InputError
        If a page of the table of contents does not exist.
    SiteError
        If a prose page uses a name that does not exist; says which, where.
    """
    import nbformat

    from living_article.records import read_patients, read_results, read_spoken

    shutil.rmtree(folder, ignore_errors=True)
    (folder / "notebooks").mkdir(parents=True)
    (folder / "results").mkdir()
    results, spoken, parameters, badges = {}, {}, {}, {}
    models: dict[str, object] = {}
    for execution in executions:
        if execution.results.is_file():
            results[execution.section] = read_results(execution.results)
            spoken[execution.section], parameters[execution.section] = read_spoken(execution.results)
            badges[execution.section] = read_patients(execution.results)
            shutil.copyfile(execution.results, folder / "results" / f"{execution.section}.json")
        if execution.model.is_file():
            models |= calculator_page(project, execution.model, folder)
    context, generated = prose(project.study, results, spoken, parameters)
    for execution in executions:
        node = nbformat.read(execution.notebook, as_version=4)
        foot = context[AUDIT_LINE](execution.section, "../book/audit.html") if AUDIT_LINE in context else ""
        nbformat.write(published(node, foot), folder / "notebooks" / f"{execution.section}.ipynb")
    generated[f"{provenance.STATUS}.md"] = _offer(project, executions, folder, seconds or {})
    _copy_data(project.study, folder / "data")
    _copy_static(project, folder, pdf)
    for page, text in generated.items():
        _write(folder / page, marked_page(text, badges) if isinstance(text, str) else text)
    _render(project, folder, context | models, generated, badges)
    return folder


def _offer(project: Project, executions: list[Execution], folder: Path, seconds: dict[str, float]) -> str:
    """Put downloads, run times and the facts of the build into a stage, and return its status page."""
    write_downloads(project, executions, folder)
    _write(folder / EXTRA / run_times.SCRIPT, run_times.script(seconds))
    facts = provenance.facts(project, executions, read_commit(project.root), read_addresses(project))
    provenance.write(folder, facts)
    return status_page(facts)


def _copy_static(project: Project, folder: Path, pdf: str) -> None:
    """Write configuration and contents; copy styles, templates, bibliography and images."""
    root = project.root
    _write(folder / "_config.yml", configuration(project, pdf))
    _write(folder / "_toc.yml", yaml.safe_dump(project.toc(), sort_keys=False))
    for name in ("_static", "_templates"):
        if (root / "book" / name).is_dir():
            shutil.copytree(root / "book" / name, folder / name)
    _write(folder / "_static" / "drawing-colours.css", palette.stylesheet())
    if project.other is None:
        own = [project.notebook(section) for section in project.sections()]
        write_colab_notebooks(own, read_addresses(project), folder)
    for path in sorted((root / "book").glob("*")):
        if path.is_file() and path.suffix != ".md":
            _write(folder / "book" / path.name, path.read_bytes())


def _copy_data(study: Path, folder: Path) -> None:
    """Offer study file and tables for download, except the tables of real patients."""
    provenance = (yaml.safe_load(study.read_text(encoding="utf-8")) or {}).get("provenance") or {}
    if provenance.get("kind") == "patients":
        _write(folder / study.name, study.read_bytes())
        return
    for name, path in study_files(study):
        _write(folder / name, path.read_bytes())


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _render(
    project: Project, folder: Path, context: dict, generated: dict[str, str | bytes], badges: dict[str, str]
) -> None:
    """Fill in the numbers of every prose page; an undefined name is an error, never a blank."""
    import jinja2

    loader = jinja2.FileSystemLoader(project.root)
    # `{#` opens an attribute list in MyST, so comments are written `{%# … #%}`
    environment = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{%#",
        comment_end_string="#%}",
        autoescape=False,
    )
    for page in project.pages():
        if page.startswith("notebooks/") or f"{page}.md" in generated:
            continue
        name = f"{page}.md"
        try:
            text = environment.get_template(name).render(context)
        except jinja2.TemplateNotFound:
            remedy = "write the page, or take it out of _toc.yml"
            raise InputError("the page does not exist", file=name, remedy=remedy) from None
        except jinja2.TemplateSyntaxError as error:
            raise SiteError(f"{error.name}:{error.lineno}: {error.message}") from None
        except Exception as error:  # an undefined name, or an error of an expression in the page
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(name)]
            line = f":{frames[-1].lineno}" if frames else ""
            raise SiteError(f"{name}{line}: {error}") from None
        _write(folder / name, marked_page(text, badges))
