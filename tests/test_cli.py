from __future__ import annotations

import pytest

from living_article import cli
from living_article.errors import InputError
from living_article.run import book
from living_article.run.failures import NotebookError
from living_article.run.project import find_project


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (InputError("bad\nthing", file="a.csv", row=2), 2, "a.csv, row 2: bad thing\n"),
        (NotebookError("notebooks/a.py:3 failed"), 1, "notebooks/a.py:3 failed"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_errors_become_a_message_and_an_exit_code(monkeypatch, capsys, raised, code, told):
    def fail(*_, **__):
        raise raised

    monkeypatch.setattr(book, "build_book", fail)
    assert cli.main(["build"]) == code
    shown = capsys.readouterr().err
    assert told in shown
    assert "Traceback" not in shown


def test_bad_input_of_run_and_params_is_one_line(capsys):
    for arguments in (["run", "survivl"], ["params", "survivl"], ["run", "survival", "-p", "alpha"]):
        assert cli.main(arguments) == 2
        shown = capsys.readouterr().err
        assert len(shown.splitlines()) == 1
    assert "name=value" in shown


def test_params_lists_type_default_meaning_and_range(capsys):
    assert cli.main(["params", "survival"]) == 0
    shown = capsys.readouterr().out
    assert "alpha: float = 0.05\n    two-sided significance level" in shown
    assert "[0 < alpha < 0.5]" in shown


def test_params_without_a_section_lists_the_sections(capsys):
    assert cli.main(["params"]) == 0
    assert capsys.readouterr().out.split() == find_project().sections()


def test_completion_prints_what_a_shell_reads(capsys):
    assert cli.main(["completion", "bash"]) == 0
    assert "complete " in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setattr(book, "build_book", lambda *_: pytest.fail("built"))
    monkeypatch.setattr(book, "run_section", lambda *_, **__: pytest.fail("executed"))
    below = str(tmp_path / "file" / "below" / "book")
    for arguments in (["build"], ["run", "survival"]):
        assert cli.main([*arguments, "--out", below]) == 2
        assert "nothing can be written there" in capsys.readouterr().err


def test_check_says_what_is_wrong_and_ends_with_two(tmp_path, capsys):
    shipped = find_project().root / "data"
    assert cli.main(["check", str(shipped / "study.yml")]) == 0
    assert capsys.readouterr().out.endswith("study.yml: nothing wrong\n")
    for name in ("study.yml", "cohort.csv", "external.csv"):
        text = (shipped / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(",control,", ",controls,"), encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "study.yml")]) == 2
    shown = capsys.readouterr().out.splitlines()
    assert "design.yml: no such file or folder" in shown[0]
    assert any("column arm, value 'controls': unknown level; use one of observation, control" in line for line in shown)
    assert cli.main(["check", str(tmp_path / "none.yml")]) == 2
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_new_drafts_a_study_and_says_what_is_left_to_decide(tmp_path, capsys):
    table = str(find_project().root / "data" / "cohort.csv")
    assert cli.main(["new", str(tmp_path / "own"), "--from", table]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert any("study.yml: " in line and "guesses to confirm" in line for line in shown)
    assert [line for line in shown if line.startswith("left to decide: ") and "column lesions_right_lower" in line]
    assert cli.main(["new", str(tmp_path / "own"), "--from", table]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert cli.main(["new", str(tmp_path / "other"), "--from", str(tmp_path / "none.csv")]) == 2
    assert "no such patient table" in capsys.readouterr().err
