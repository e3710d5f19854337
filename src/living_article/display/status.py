"""The status page: what was executed for this book, with what, and what came out."""

from __future__ import annotations

import json

_HEAD = """\
# Status

Every page of this book is made from notebooks that were executed for it.
A notebook that fails stops the build, and so does a page that warns.
So a book that was built is whole; this page says what it was built from.

"""
_COLUMNS = ("Section", "Executed", "Run time", "Figures", "Tables", "Records", "Warnings", "Seed", "Fingerprint")
_LONG = 12  # numbers in a list that is told in full
_AFTER = """
A warning is a limit of the data that the section shows in a box.
The fingerprint is of all that decides the outcome: notebook, package, data, parameters and locked software.
Where it is unchanged, the execution of an earlier build is used again, with its run time.

"""


def status_page(facts: dict) -> str:
    """Return the page from the facts that `run.provenance` collects."""
    rows = [_row(section, made) for section, made in facts["sections"].items()]
    rule = [":---", ":---", *["---:"] * (len(_COLUMNS) - 3), ":---"]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (_COLUMNS, rule, *rows))
    return f"{_HEAD}## Notebooks\n\n{table}\n{_AFTER}{_parameters(facts)}{_sources(facts)}"


def _row(section: str, made: dict) -> list[str]:
    counts = [str(made[name]) for name in ("figures", "tables", "records", "warnings")]
    time = f'<span data-run-time="{section}">not kept</span>'
    seed = str(made["parameters"].get("seed", "none"))
    link = f"{{doc}}`{section} <../notebooks/{section}>`"
    return [link, "ok", time, *counts, seed, f"`{made['fingerprint'][:8]}`"]


def _parameters(facts: dict) -> str:
    """Return the parameters of each notebook; the seed stands in the table above."""
    items = []
    for section, made in facts["sections"].items():
        given = {name: value for name, value in made["parameters"].items() if name != "seed"}
        said = ", ".join(f"`{name}={_value(value)}`" for name, value in given.items())
        items.append(f"{section}\n: {said or 'none'}\n")
    return "## Parameters\n\n" + "\n".join(items) + "\n"


def _value(value: object) -> str:
    """Return a parameter as it is given; of a long list of numbers, such as thresholds, the ends."""
    if isinstance(value, list) and len(value) > _LONG and all(isinstance(item, int | float) for item in value):
        return f"[{value[0]}, {value[1]}, … {value[-1]}] ({len(value)} values)"
    return json.dumps(value, ensure_ascii=False)


def _sources(facts: dict) -> str:
    """Return commit, data and software."""
    changed = ", with changes that are not committed" if facts["modified"] else ""
    commit = f"The commit is `{facts['commit']}`{changed}." if facts["commit"] else "No commit is known."
    data = "\n".join(f"| `{entry['file']}` | `{entry['sha256']}` |" for entry in facts["data"])
    software = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    return (
        f"## Sources\n\n{commit}\n\n| Data file | SHA-256 |\n| :--- | :--- |\n{data}\n\n"
        f"Executed with {software}; `requirements.lock` fixes these and all others.\n"
    )
