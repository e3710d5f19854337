"""A claim about invented printed values, read from files like those of an article."""

from __future__ import annotations

import csv

import pytest

from living_article.audit import claims, run
from living_article.audit.case import Case
from living_article.audit.claims import load_claims
from living_article.audit.registry import CHECKS
from living_article.audit.verdicts import rule
from living_article.published import COLUMNS, load_published


@pytest.fixture
def write(tmp_path):
    """Write printed values (id: printed, or (printed, quantity)) and claims (dicts of some columns) to a folder."""

    def call(values, *rows):
        with (tmp_path / "values.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for id, printed in values.items():
                printed, quantity = (printed, "value") if isinstance(printed, str) else printed
                writer.writerow((id, f"Table of {id}", id, "", quantity, printed, "", ""))
        with (tmp_path / "claims.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, claims.COLUMNS, restval="")
            writer.writeheader()
            defaults = {"id": "one", "section": "results", "grain": "statistic", "claim": "A claim"}
            for row in rows:
                check = CHECKS.get(row["check"])
                agreement = check.agreements[0] if check else "exact"
                writer.writerow(defaults | {"agreement": agreement} | row)
        return tmp_path

    return call


@pytest.fixture
def case(write):
    """Return the case of one claim."""

    def call(values, **row):
        published = load_published(write(values, row))
        return Case(load_claims(published)[0], published)

    return call


@pytest.fixture
def judged(case):
    """Return the outcome of one claim and its verdict in words."""

    def call(values, **row):
        found = case(values, **row)
        check = CHECKS[found.claim.check]
        outcome = check.run(found)
        return outcome, str(rule(check, outcome))

    return call


@pytest.fixture
def finding(write):
    """Return the finding of one claim."""

    def call(values, **row):
        return run.audit_folder(write(values, row))[0]

    return call
