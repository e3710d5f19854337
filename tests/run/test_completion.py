"""Completion as a shell asks for it, and through bash, zsh and fish themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from living_article.arguments import SHELLS, parser
from living_article.run.completion import offers, script

ROOT = Path(__file__).parents[2]


def asked(line: str) -> list[str]:
    """Return what argcomplete answers a shell for a line, the cursor at its end."""
    shell = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_SUPPRESS_SPACE": "1", "_ARGCOMPLETE_IFS": "\n", "COMP_TYPE": "9"}
    told = {"COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_COMP_WORDBREAKS": " \t\n\"'@><=;|&(:"}
    answer = ROOT / ".pytest_cache" / "completion"
    answer.parent.mkdir(exist_ok=True)
    environment = os.environ | shell | told | {"_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}
    subprocess.run([sys.executable, "-m", "living_article.cli"], env=environment, cwd=ROOT, check=True)
    return answer.read_text().split("\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("article ru", ["run"]),
        ("article run surv", ["survival"]),
        ("article run --study examples/gbsg2/study.yml respon", [""]),
        ("article run survival -p mile", ["milestones="]),
        ("article run survival -p interval=", ["log", "log-log", "plain"]),
        ("article run survival -p alpha=", ["0.05"]),
        ("article build -p survival.al", ["survival.alpha="]),
        ("article build -p cox.missing=i", ["impute"]),
        ("article check data/st", ["data/study.yml"]),
        ("article compare pub", ["published"]),
        ("article sweep grid.yml --engine ", ["local", "snakemake"]),
    ],
)
def test_what_is_offered(line, expected):
    assert asked(line) == expected


def test_files_of_the_right_kind_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("table.csv", "study.yml", "notes.txt", ".hidden.yml", "table.XLSX"):
        (tmp_path / name).touch()

    def told(dest: str) -> list[str]:
        return offers("", Namespace(dest=dest), parsed_args=Namespace())

    assert told("grid") == ["data/", "study.yml"]
    assert told("table") == ["data/", "notes.txt", "table.XLSX", "table.csv"]
    assert told("out") == ["data/"]
    assert told("second") == ["published", "data/"]
    assert offers("none/", Namespace(dest="grid"), parsed_args=Namespace()) == []


def test_silence_where_a_study_cannot_be_read(tmp_path):
    given = Namespace(study=tmp_path / "none.yml", section="survival")
    assert offers("", Namespace(dest="section"), parsed_args=given) == []
    assert offers("", Namespace(dest="pairs"), parsed_args=given) == []


def test_every_argument_that_names_a_file_is_known():
    commands = next(action for action in parser()._actions if action.dest == "command")
    for command in commands.choices.values():
        for action in command._actions:
            if action.type is Path or action.metavar in ("A", "B"):
                assert offers("tests/no", action, parsed_args=Namespace()) != [] or action.dest in ("write_expect",), (
                    action.dest
                )


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_the_shell_reads(shell):
    assert "article" in script(shell)
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n"], input=script(shell), text=True, check=True)


def test_bash_completes_a_parameter():
    if not shutil.which("bash"):
        pytest.skip("bash is not installed")
    commands = (
        script("bash")
        + """
COMP_LINE="article run survival -p inter"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
_python_argcomplete article; echo "${COMPREPLY[@]}"
"""
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        ["bash"], input=commands, text=True, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"PATH": path}
    ).stdout
    assert shown.split() == ["interval="]


def test_zsh_without_start_up_files_registers_the_command():
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    commands = script("zsh") + "\nprint $_comps[article]\n"
    shown = subprocess.run(["zsh", "-f"], input=commands, text=True, check=True, capture_output=True, cwd=ROOT)
    assert (shown.stdout.split(), shown.stderr) == (["_python_argcomplete"], "")
