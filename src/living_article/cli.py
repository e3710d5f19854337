"""The command line, ``article``: reads arguments, calls one function, prints what it returns."""

from __future__ import annotations

import argparse
import os
import sys

from living_article.arguments import parser
from living_article.errors import InputError
from living_article.run.failures import BuildError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 (a notebook or page failed), 2 (bad input) or 130 (interrupted)."""
    reader = parser()
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what may follow
        from living_article.run.completion import complete

        complete(reader)
    options = reader.parse_args(arguments)
    options.arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = _COMMANDS[options.command](options) or 0
        sys.stdout.flush()
        return code
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    except BuildError as error:
        print(f"\n{error}\n\nThe site built before, if there is one, is untouched.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        told = "what was finished before is kept, and the same command goes on from there"
        print(f"\ninterrupted; {told}", file=sys.stderr)
        return 130


def _build(options: argparse.Namespace) -> None:
    from living_article.patients.check import blaming
    from living_article.run.book import build_book
    from living_article.run.deliver import deliver_book, place_for_book
    from living_article.run.overrides import merged
    from living_article.run.progress import table
    from living_article.run.project import find_project
    from living_article.web.pdf import NAME

    if options.out:
        place_for_book(options.out)
    project = find_project().of(options.study)
    with blaming(project.study):
        book = build_book(project, merged(options.params, options.pairs), pdf=options.pdf)
    if book.built:
        print(f"\nWhere the time went\n{table(book.timings, book.seconds)}")
    index = deliver_book(book.index.parent, options.out) if options.out else book.index
    print(f"{'' if book.built else 'Nothing has changed. '}The book: {os.path.relpath(index)}")
    if options.pdf:
        print(f"As one PDF: {os.path.relpath(index.parent / NAME)}")


def _run(options: argparse.Namespace) -> int:
    if options.warm:
        from living_article.run import warm
        from living_article.run.fixed_environment import FIXED_ENVIRONMENT

        if not warm.inside() and (code := warm.run_command(options.arguments, FIXED_ENVIRONMENT)) is not None:
            return code
    from living_article.patients.check import blaming
    from living_article.run.book import run_section
    from living_article.run.deliver import deliver_section, writable
    from living_article.run.parameters import split_assignments
    from living_article.run.project import find_project

    project = find_project().of(options.study)
    project.notebook(options.section)
    out = writable(options.out or project.build / "run" / options.section)
    with blaming(project.study):
        execution = run_section(project, options.section, split_assignments(options.pairs), warm=options.warm)
    for path in deliver_section(execution, out, project.bibliography):
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

    project = find_project()
    if options.section is None:
        print("\n".join(project.sections()))
        return
    for parameter in read_parameters(project.notebook(options.section)).values():
        limits = f" [{parameter.range}]" if parameter.range else ""
        print(f"{parameter.name}: {parameter.type} = {parameter.default!r}\n    {parameter.meaning}{limits}")


def _new(options: argparse.Namespace) -> None:
    from living_article.patients.check import check
    from living_article.study.new import new_study

    started = new_study(options.folder, options.table, sys.stderr)
    for remark in started.remarks:
        print(" ".join(remark.split()))
    marked = f"{started.guesses} guesses to confirm and {started.questions} questions to answer"
    print(f"{started.study}: {marked}, each marked in the file")
    for problem in check(started.study.resolve(), sys.stderr):
        print(f"left to decide: {' '.join(str(problem).split())}")


def _check(options: argparse.Namespace) -> int:
    from living_article.patients.check import check

    problems = check(options.study, sys.stderr)
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


def _completion(options: argparse.Namespace) -> None:
    from living_article.run.completion import script

    print(script(options.shell))


_COMMANDS = {
    "build": _build, "run": _run, "params": _params, "new": _new, "check": _check, "compare": _compare,
    "sweep": _sweep, "audit": _audit, "serve": _serve, "completion": _completion,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
