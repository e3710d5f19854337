"""The command line, ``article``: reads arguments, calls one function, prints what it returns."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from living_article.errors import InputError
from living_article.run.failures import BuildError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 (a notebook or page failed), 2 (bad input) or 130 (interrupted)."""
    options = _parser().parse_args(arguments)
    options.arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return options.call(options) or 0
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    except BuildError as error:
        print(f"\n{error}\n\nThe site built before, if there is one, is untouched.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; the site built before, if there is one, is untouched", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="article", description="The living article: build, rerun, preview.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="execute the notebooks and build the site")
    _add_study(build)
    build.add_argument(
        "-p", dest="pairs", metavar="SECTION.NAME=VALUE", action="append", default=[], help="a parameter, repeatable"
    )
    build.add_argument("--params", type=Path, metavar="FILE", help="YAML file of sections with their parameters")
    build.add_argument("--out", type=Path, metavar="DIR", help="folder into which the finished book is copied")
    build.set_defaults(call=_build)
    run = commands.add_parser("run", help="execute one section, with other parameters if you like")
    run.add_argument("section", metavar="SECTION")
    _add_study(run)
    run.add_argument(
        "-p", dest="pairs", metavar="NAME=VALUE", action="append", default=[], help="a parameter, repeatable"
    )
    run.add_argument("--out", type=Path, metavar="DIR", help="folder for notebook, page and results.json")
    run.add_argument("--warm", action="store_true", help="kernel from a process kept ready: faster, same output")
    run.set_defaults(call=_run)
    params = commands.add_parser("params", help="list the parameters of a section")
    params.add_argument("section", metavar="SECTION")
    params.set_defaults(call=_params)
    new = commands.add_parser("new", help="draft a study file from a patient table")
    new.add_argument("folder", metavar="DIR", help="folder to make")
    new.add_argument("--from", dest="table", metavar="TABLE", required=True, help="CSV, .xlsx, .sav, .dta or .parquet")
    new.set_defaults(call=_new)
    check = commands.add_parser("check", help="say what is wrong with a study file and its patient tables")
    check.add_argument("study", metavar="STUDY")
    check.set_defaults(call=_check)
    audit = commands.add_parser("audit", help="recompute the printed claims and say which of them hold")
    audit.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="printed values and claims of an article")
    audit.add_argument("--expect", metavar="FILE", type=Path, help="fail if a verdict differs from this file")
    audit.add_argument("--write-expect", metavar="FILE", type=Path, help="write the verdicts to this file")
    audit.set_defaults(call=_audit)
    compare = commands.add_parser("compare", help="put two results side by side")
    compare.add_argument("first", metavar="A", help="a results.json, a folder of them, or the word published")
    compare.add_argument("second", metavar="B", help="the same")
    _add_study(compare)
    compare.add_argument("--all", action="store_true", help="list what is the same too")
    compare.add_argument("--out", type=Path, metavar="DIR", help="folder for compare.csv and index.html")
    compare.set_defaults(call=_compare)
    _add_sweep(commands)
    serve = commands.add_parser("serve", help="preview on this machine, rebuilding on change")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(call=_serve)
    return parser


def _add_study(command: argparse.ArgumentParser) -> None:
    command.add_argument("--study", type=Path, metavar="FILE", help="study file of another study")


def _add_sweep(commands) -> None:
    sweep = commands.add_parser("sweep", help="run a section over a grid of parameters and cohorts")
    sweep.add_argument("grid", type=Path, metavar="GRID.yml")
    sweep.add_argument("--workers", type=int, default=2, metavar="N", help="runs at a time (default 2)")
    sweep.add_argument("--fresh", action="store_true", help="a fresh kernel for every run: slower, same output")
    sweep.add_argument("--out", type=Path, metavar="DIR", help="folder for tables and page")
    sweep.add_argument("--engine", choices=("local", "snakemake"), default="local", help="what starts the runs")
    sweep.add_argument(
        "--engine-option", dest="options", metavar="OPTION", action="append", default=[],
        help="option for Snakemake, repeatable: --engine-option=--executor --engine-option=slurm",
    )  # fmt: skip
    sweep.set_defaults(call=_sweep)


def _build(options: argparse.Namespace) -> None:
    from living_article.run.book import build_book
    from living_article.run.deliver import deliver_book
    from living_article.run.overrides import merged
    from living_article.run.progress import table
    from living_article.run.project import find_project

    book = build_book(find_project().of(options.study), merged(options.params, options.pairs))
    if book.built:
        print(f"\nWhere the time went\n{table(book.timings, book.seconds)}")
    index = deliver_book(book.index.parent, options.out) if options.out else book.index
    print(f"{'' if book.built else 'Nothing has changed. '}The book: {os.path.relpath(index)}")


def _run(options: argparse.Namespace) -> int:
    if options.warm:
        from living_article.run import warm
        from living_article.run.execute import FIXED_ENVIRONMENT

        if not warm.inside() and (code := warm.run_command(options.arguments, FIXED_ENVIRONMENT)) is not None:
            return code
    from living_article.run.book import run_section
    from living_article.run.deliver import deliver_section
    from living_article.run.parameters import split_assignments
    from living_article.run.project import find_project

    project = find_project().of(options.study)
    execution = run_section(project, options.section, split_assignments(options.pairs), warm=options.warm)
    for path in deliver_section(
        execution, options.out or project.build / "run" / options.section, project.bibliography
    ):
        print(os.path.relpath(path))
    return 0


def _compare(options: argparse.Namespace) -> None:
    from living_article.run.compare import compare_results
    from living_article.run.project import find_project

    project = find_project().of(options.study)
    text, files = compare_results(
        options.first, options.second, project.study, options.out or project.build / "compare", everything=options.all
    )
    print(text)
    for path in files:
        print(os.path.relpath(path))


def _sweep(options: argparse.Namespace) -> int:
    from living_article.run.project import find_project
    from living_article.sweep.sweep import sweep

    done = sweep(
        find_project(), options.grid, workers=options.workers, warm=not options.fresh,
        engine=options.engine, options=options.options, out=options.out,
    )  # fmt: skip
    for path in done.files:
        print(os.path.relpath(path))
    for number, reason in done.failed.items():
        print(f"run #{number} failed: {reason}", file=sys.stderr)
    return 1 if done.failed else 0


def _params(options: argparse.Namespace) -> None:
    from living_article.run.parameters import read_parameters
    from living_article.run.project import find_project

    for parameter in read_parameters(find_project().notebook(options.section)).values():
        limits = f" [{parameter.range}]" if parameter.range else ""
        print(f"{parameter.name}: {parameter.type} = {parameter.default!r}\n    {parameter.meaning}{limits}")


def _new(options: argparse.Namespace) -> None:
    from living_article.check import check
    from living_article.study.new import new_study

    started = new_study(Path(options.folder), Path(options.table))
    for remark in started.remarks:
        print(" ".join(remark.split()))
    print(f"{started.study}: {started.guesses} guesses to confirm, each marked in the file")
    for problem in check(started.study.resolve()):
        print(f"left to decide: {' '.join(str(problem).split())}")


def _check(options: argparse.Namespace) -> int:
    from living_article.check import check

    problems = check(options.study)
    for problem in problems:
        print(" ".join(str(problem).split()))
    if not problems:
        print(f"{options.study}: nothing wrong")
    return 2 if problems else 0


def _audit(options: argparse.Namespace) -> int:
    from living_article.run.audit import printed_values, report, write_expectation
    from living_article.run.project import find_project

    folder, results = printed_values(find_project(), options.folder)
    text, changes = report(folder, results, options.expect)
    print(text)
    if options.write_expect:
        write_expectation(folder, options.write_expect)
    for change in changes:
        print(f"changed: {change}", file=sys.stderr)
    return 1 if changes else 0


def _serve(options: argparse.Namespace) -> None:
    from living_article.run.project import find_project
    from living_article.run.serve import serve

    serve(find_project(), options.port)


if __name__ == "__main__":
    sys.exit(main())
