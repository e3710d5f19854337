"""What the command line accepts, and how its help explains it; what the commands do stands in `cli.py`."""

from __future__ import annotations

import argparse
from pathlib import Path

ENGINES = ("local", "snakemake")
SHELLS = ("bash", "zsh", "fish")

_ABOUT = """\
The living article: every number of a clinical paper computed again, with other parameters, another cohort,
or for another study.

  look         article params survival              which parameters a section has
  change       article run survival -p alpha=0.1    one section again, in seconds
               article build -p survival.alpha=0.1  the whole book again
  own data     article new my-study --from cohort.xlsx
               article check my-study/study.yml
               article build --study my-study/study.yml --out my-book
  many         article sweep GRID.yml               a section over a grid of parameters and cohorts
               article compare A B                  two results side by side

`article COMMAND --help` explains one command. The page "Rerun it" of the book goes through all of this.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser; what it returns has the name of the command as ``command``."""
    top = argparse.ArgumentParser(
        prog="article", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command", title="commands")
    for add in (_build, _run, _params, _new, _check, _compare, _sweep, _audit, _serve, _completion):
        add(commands)
    return top


def _command(commands, name: str, what: str, more: str = "", examples: str = "") -> argparse.ArgumentParser:
    """Add one command: a line for the list, more for its own help, and examples below."""
    return commands.add_parser(
        name, help=what, description=f"{what[0].upper()}{what[1:]}. {more}",
        epilog=f"examples:\n{examples}" if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip


def _build(commands) -> None:
    command = _command(
        commands, "build", "execute the notebooks and build the site",
        "Only what a change\ntouches is executed again. The site: _build/html/index.html.",
        "  article build\n"
        "  article build -p survival.alpha=0.1 -p cox.missing=impute --out other-book\n"
        "  article build --study my-study/study.yml --out my-book",
    )  # fmt: skip
    _add_study(command)
    _add_parameters(command, "SECTION.NAME=VALUE")
    command.add_argument("--params", type=Path, metavar="FILE", help="YAML file: sections, below each its parameters")
    command.add_argument("--out", type=Path, metavar="DIR", help="new folder into which the finished book is copied")
    command.add_argument("--pdf", action="store_true", help="print the book as one PDF too, which the site links to")


def _run(commands) -> None:
    command = _command(
        commands, "run", "execute one section, with other parameters if you like",
        "Writes an HTML\npage, the executed notebook and results.json (default folder: _build/run/SECTION).",
        "  article run survival -p milestones=24\n"
        '  article run survival -p subset="age >= 30" --out older',
    )  # fmt: skip
    _add_section(command)
    _add_study(command)
    _add_parameters(command, "NAME=VALUE")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for page, notebook and results.json")
    command.add_argument("--warm", action="store_true", help="kernel from a process kept ready: faster, same output")


def _params(commands) -> None:
    command = _command(
        commands, "params", "list the parameters of a section", "With type, default, meaning\nand allowed range.",
        "  article params        which sections there are\n  article params cox    what the section takes",
    )  # fmt: skip
    _add_section(command, nargs="?")


def _new(commands) -> None:
    command = _command(
        commands, "new", "draft a study file from a patient table",
        "The new folder holds\nstudy.yml, in which guesses and questions are marked, and the table as cohort.csv.",
        "  article new my-study --from cohort.xlsx",
    )  # fmt: skip
    command.add_argument("folder", metavar="DIR", type=Path, help="folder to make")
    command.add_argument(
        "--from", dest="table", metavar="TABLE", type=Path, required=True, help="CSV, .xlsx, .sav, .dta or .parquet"
    )


def _check(commands) -> None:
    command = _command(
        commands, "check", "say what is wrong with a study file and its patient tables",
        "One line per\nproblem: file, row, column, value, remedy. Exit code 2 if there is any.",
        "  article check my-study/study.yml",
    )  # fmt: skip
    command.add_argument("study", metavar="STUDY", type=Path, help="a study.yml")


def _compare(commands) -> None:
    command = _command(
        commands, "compare", "put two results side by side", "A table here, compare.csv, and a page\nof what moved.",
        "  article compare published _build/stage/results\n"
        "  article compare _build/run/survival older",
    )  # fmt: skip
    command.add_argument("first", metavar="A", help="a results.json, a folder of them, or the word published")
    command.add_argument("second", metavar="B", help="the same")
    _add_study(command)
    command.add_argument("--all", action="store_true", help="list what is the same too")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for compare.csv and index.html")


def _sweep(commands) -> None:
    command = _command(
        commands, "sweep", "run a section over a grid of parameters and cohorts",
        "In parallel;\nwhat is finished is kept, so that an interrupted sweep goes on where it was.",
        "  article sweep grid.yml\n"
        "  article sweep grid.yml --engine snakemake --engine-option=--executor --engine-option=slurm\n\n"
        "grid.yml, for example:\n"
        "  section: survival\n"
        "  parameters:\n"
        "    interval: [log, log-log, plain]\n"
        "    rmst_horizon: [12.0, 24.0]",
    )  # fmt: skip
    command.add_argument("grid", type=Path, metavar="GRID.yml", help="section, parameters with their values, studies")
    command.add_argument("--workers", type=_count, default=2, metavar="N", help="runs at a time (default 2)")
    command.add_argument("--fresh", action="store_true", help="a fresh kernel for every run: slower, same output")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for tables and page")
    command.add_argument("--engine", choices=ENGINES, default="local", help="what starts the runs (default local)")
    command.add_argument(
        "--engine-option", dest="options", metavar="OPTION", action="append", default=[],
        help="option for Snakemake, repeatable",
    )  # fmt: skip


def _audit(commands) -> None:
    command = _command(
        commands,
        "audit",
        "recompute the printed claims and say which of them hold",
        examples="  article audit\n  article audit data/published --expect verdicts.csv",
    )
    command.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="printed values and claims")
    command.add_argument("--expect", metavar="FILE", type=Path, help="fail if a verdict differs from this file")
    command.add_argument("--write-expect", metavar="FILE", type=Path, help="write the verdicts to this file")


def _serve(commands) -> None:
    command = _command(commands, "serve", "preview on this machine, rebuilding on change", "Ends with Ctrl-C.")
    command.add_argument("--port", type=_port, default=8000, metavar="N", help="default 8000")


def _completion(commands) -> None:
    command = _command(
        commands, "completion", "print what makes a shell complete this command",
        "Sections,\nparameters and files are completed with the Tab key.",
        '  bash   eval "$(article completion bash)"     in ~/.bashrc\n'
        '  zsh    eval "$(article completion zsh)"      in ~/.zshrc\n'
        "  fish   article completion fish | source      in ~/.config/fish/config.fish",
    )  # fmt: skip
    command.add_argument("shell", choices=SHELLS)


def _add_section(command: argparse.ArgumentParser, nargs: str | None = None) -> None:
    command.add_argument(
        "section", metavar="SECTION", nargs=nargs, help="id of a section, such as survival; `article params` lists them"
    )


def _add_study(command: argparse.ArgumentParser) -> None:
    command.add_argument("--study", type=Path, metavar="FILE", help="study file of another study")


def _add_parameters(command: argparse.ArgumentParser, form: str) -> None:
    told = "a parameter, repeatable; see `article params SECTION`"
    command.add_argument("-p", dest="pairs", metavar=form, action="append", default=[], help=told)


def _count(text: str) -> int:
    """Return a whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _port(text: str) -> int:
    """Return the number of a port."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, 1 to 65535")
    return int(text)
