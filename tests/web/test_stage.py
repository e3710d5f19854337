from __future__ import annotations

import json
import shutil

import pytest

from living_article.errors import InputError
from living_article.run.cache import Execution
from living_article.run.failures import SiteError
from living_article.web.stage import stage


@pytest.fixture
def staged(mini, built, tmp_path):
    """Stage the small book again, after its root page was replaced if a text is given."""

    def call(text: str | None = None):
        executed = built.build / "executed"
        executions = [Execution(s, next((executed / s).iterdir())) for s in built.sections()]
        page = built.root / "index.md"
        before = page.read_text()
        page.write_text(before if text is None else text)
        try:
            return stage(built, executions, tmp_path / "stage", prose=mini.prose)
        finally:
            page.write_text(before)

    return call


def test_everything_the_site_is_made_of_is_there(staged):
    folder = staged()
    for name in ("_config.yml", "_toc.yml", "index.md", "book/last.md", "book/references.bib", "data/cohort.csv"):
        assert (folder / name).is_file(), name
    assert {p.name for p in (folder / "notebooks").iterdir()} == {"alpha.ipynb", "beta.ipynb"}
    assert {p.name for p in (folder / "results").iterdir()} == {"alpha.json", "beta.json"}


def test_numbers_and_sentences_are_filled_in(staged):
    text = (staged() / "index.md").read_text()
    assert "The first number is 331 and `The first is said.`" in text
    assert "{{" not in text
    assert "{doc}`beta <notebooks/beta>`" in text


def test_myst_syntax_that_resembles_a_template_is_left_alone(staged):
    text = "# Mini\n\n{#label .class}\nA % sign, {cite}`x`, `{a: 1}` and {%# a comment #%}an end.\n"
    assert (staged(text) / "index.md").read_text() == text.replace("{%# a comment #%}", "")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ spoken.beta.second }}", "no attribute 'second'"),
        ('{{ results.alpha.one("m").value }}', "0 records for alpha/m"),
        ("{{ 1 +  }}", "unexpected"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_with_page_and_line(staged, wrong, told):
    with pytest.raises(SiteError) as error:
        staged(f"# Mini\n\nFirst.\nThe number is {wrong}.\n")
    assert str(error.value).startswith("index.md:4: ")
    assert told in str(error.value)


def test_a_page_of_the_contents_that_is_missing_is_named(staged, built):
    toc = built.root / "_toc.yml"
    before = toc.read_text()
    toc.write_text(before + "  - file: book/more\n")
    try:
        with pytest.raises(InputError, match="book/more.md: the page does not exist"):
            staged()
    finally:
        toc.write_text(before)


def test_tables_of_real_patients_are_not_offered(staged, built):
    before = built.study.read_text()
    built.study.write_text(before + "provenance: {kind: patients}\n")
    try:
        assert [p.name for p in (staged() / "data").iterdir()] == ["study.yml"]
    finally:
        built.study.write_text(before)


def test_pages_say_below_their_title_that_a_section_is_about_a_part(mini, built, tmp_path):
    executions = []
    for section in built.sections():
        folder = shutil.copytree(next((built.build / "executed" / section).iterdir()), tmp_path / section)
        executions.append(Execution(section, folder))
    content = json.loads(executions[0].results.read_text()) | {
        "patients": "Real patients; exploratory: Age at least 60"
    }
    executions[0].results.write_text(json.dumps(content))
    text = (stage(built, executions, tmp_path / "stage", prose=mini.prose) / "index.md").read_text()
    assert "(Age at least 60)." in text.split("\n\n")[1] and ":::{warning}\nExploratory: 1 section is" in text
