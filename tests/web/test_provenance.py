from __future__ import annotations

import hashlib

import pytest

from living_article.run.cache import Execution
from living_article.run.commit import Commit
from living_article.web import provenance
from living_article.web.addresses import Addresses


@pytest.fixture
def facts(built):
    executed = built.build / "executed"
    executions = [Execution(s, next((executed / s).iterdir())) for s in built.sections()]
    return provenance.facts(built, executions, Commit("abc", modified=True), Addresses(repository="https://a.org/b"))


def test_the_data_are_study_file_and_table_with_their_hashes(built, facts):
    table = (built.root / "data" / "cohort.csv").read_bytes()
    assert {entry["file"] for entry in facts["data"]} == {"study.yml", "cohort.csv"}
    assert hashlib.sha256(table).hexdigest() in {entry["sha256"] for entry in facts["data"]}


def test_each_notebook_is_counted(facts):
    counts = {name: (made["figures"], made["tables"], made["records"]) for name, made in facts["sections"].items()}
    assert counts == {"alpha": (1, 0, 1), "beta": (0, 1, 1)}
    assert facts["sections"]["alpha"]["parameters"] == {"alpha": 0.05}


def test_facts_are_read_as_they_were_written(facts, tmp_path):
    assert (facts["commit"], facts["modified"], facts["repository"]) == ("abc", True, "https://a.org/b")
    assert provenance.read(tmp_path) == {}
    provenance.write(tmp_path, facts)
    assert provenance.read(tmp_path) == facts
