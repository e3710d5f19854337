from __future__ import annotations

import pytest

from living_article import cli
from living_article.arguments import parser


def helped(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_every_command_is_called_listed_and_explained(command, capsys):
    assert f"\n    {command}" in helped(capsys)
    shown = helped(capsys, command)
    assert len(shown) > 150 and max(map(len, shown.splitlines())) <= 110
    if command != "serve":
        assert f"article {command}" in shown.partition("examples:")[2], "an example"


def test_every_argument_says_what_it_is():
    actions = next(action for action in parser()._actions if action.dest == "command")
    for command in actions.choices.values():
        assert all(action.help or action.choices for action in command._actions), command.prog


@pytest.mark.parametrize("bad", ["0", "-1", "1.5", "two"])
def test_counts_and_ports_are_refused_in_one_line(bad, capsys):
    for arguments in (["sweep", "grid.yml", f"--workers={bad}"], ["serve", f"--port={bad}"]):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args(arguments)
        assert ended.value.code == 2
        assert repr(bad) in capsys.readouterr().err.splitlines()[-1]


def test_values_given():
    given = parser().parse_args(["sweep", "grid.yml", "--workers", "3", "--engine-option=--executor"])
    assert (given.command, given.workers, given.options, given.engine) == ("sweep", 3, ["--executor"], "local")
