"""The audit in the book and on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from living_article.cli import main
from living_article.errors import InputError
from living_article.records import Record, Results
from living_article.run import audit
from living_article.run.project import Project

ROOT = Path(__file__).parents[2]
TRIAL = ROOT / "tests" / "audit" / "trial"
FOLDER = ROOT / "data" / "published"


@pytest.fixture(scope="module")
def made():
    results = {"survival": Results("survival", [Record("survival", "median", "os", "observation", value=22.0)])}
    return audit.audit_pages(FOLDER, results)


def test_sections_with_a_page_are_linked(made):
    page = made[1]["book/audit.md"]
    for href in ("../notebooks/survival.html", "../index.html", "discussion.html"):
        assert f'<a href="{href}">' in page, href
    assert '<a href="../notebooks/cox.html">' not in page, "a section that was not executed has no page"


def test_what_the_cohort_gives_is_shown(made):
    assert "Reconstructed cohort: median 22.00, printed 22.0." in made[1]["book/audit.md"]
    assert "cohort: 22.00" in made[1]["book/audit.md"]


def test_every_section_has_its_line(made):
    line = made[0]["audit_line"]
    assert line("survival").startswith("**Audit.** All 5 printed claims")
    assert 'href="book/audit.html#audit-abstract"' in line("abstract", "book/audit.html")
    assert line("sensitivity") == ""


def test_another_article_is_audited_too():
    asked, pages = audit.audit_pages(TRIAL, {})
    line = asked["audit_line"]
    assert '<td role="cell" data-label="Section"><div>Results</div></td>' in pages["book/audit.md"]
    assert line("results") and not line("cox")


def test_the_report_tells_what_changed(tmp_path):
    expected = tmp_path / "expected.csv"
    findings = audit.write_expectation(TRIAL, expected)
    text, changes = audit.report(TRIAL, {}, expected)
    assert changes == [] and f"{len(findings)} claims" in text
    expected.write_text(expected.read_text().replace("harm,reproduces", "harm,impossible"))
    assert audit.report(TRIAL, {}, expected)[1] == ["harm: was impossible, is reproduces"]
    assert audit.report(TRIAL, {})[1] == []


def test_a_missing_expectation_is_told_before_the_audit(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        audit.report(TRIAL, {}, tmp_path / "none.csv")


def test_results_of_the_last_book_are_read_if_there_is_one(tmp_path):
    assert audit.built_results(Project(tmp_path)) == {}
    folder = tmp_path / "_build" / "stage" / "results"
    folder.mkdir(parents=True)
    (folder / "cox.json").write_text('{"section": "cox", "records": [{"name": "hr", "value": 2.0}]}')
    assert audit.built_results(Project(tmp_path))["cox"].one("hr").value == 2.0


def test_the_report_does_not_depend_on_the_cohort():
    verdicts = [line.split(":")[0] for line in audit.report(FOLDER, {})[0].splitlines()]
    odd = {"survival": Results("survival", [Record("survival", "median", "os", "observation", value=1.0)])}
    assert [line.split(":")[0] for line in audit.report(FOLDER, odd)[0].splitlines()] == verdicts


def test_the_article_of_the_project_is_audited_with_its_cohort_and_another_without(tmp_path):
    assert audit.printed_values(Project(ROOT))[0] == FOLDER
    assert audit.printed_values(Project(ROOT), TRIAL) == (TRIAL, {})
    study = tmp_path / "data" / "study.yml"
    study.parent.mkdir()
    text = (ROOT / "data" / "study.yml").read_text(encoding="utf-8")
    study.write_text(text[: text.index("article:")] + text[text.index("design:") :], encoding="utf-8")
    for name in ("cohort.csv", "external.csv", "design.yml"):
        shutil.copy(ROOT / "data" / name, study.parent)
    with pytest.raises(InputError, match="re-tells no article"):
        audit.printed_values(Project(tmp_path))


def test_the_command_prints_the_audit_and_fails_only_when_a_verdict_changes(tmp_path, capsys):
    expected = tmp_path / "expected.csv"
    assert main(["audit", str(TRIAL), "--write-expect", str(expected)]) == 0
    assert "sizes [110 -> 60 + 50 = 110]" in capsys.readouterr().out
    assert main(["audit", str(TRIAL), "--expect", str(expected)]) == 0
    expected.write_text(expected.read_text().replace("sizes,reproduces", "sizes,impossible"))
    assert main(["audit", str(TRIAL), "--expect", str(expected)]) == 1
    assert "changed: sizes: was impossible, is reproduces" in capsys.readouterr().err
    assert main(["audit", str(tmp_path)]) == 2


def test_the_command_finds_the_article_as_expected(capsys):
    assert main(["audit", "--expect", str(FOLDER / "verdicts.csv")]) == 0, capsys.readouterr().err


def test_claims_are_told_to_be_missing(tmp_path):
    shutil.copy(TRIAL / "values.csv", tmp_path)
    with pytest.raises(InputError, match="no claims file"):
        audit.report(tmp_path, {})
