"""The workflows are valid, ask for no more rights than they need, and call what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES}
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"]]


def steps(workflow: str, job: str) -> list[dict]:
    return WORKFLOWS[workflow]["jobs"][job].get("steps", [])


def test_they_follow_github_s_schema():
    assert {"test", "preview", "publish"} == set(WORKFLOWS)
    with pytest.raises(SystemExit) as end:
        main(["--builtin-schema", "vendor.github-workflows", *map(str, FILES)])
    assert not end.value.code


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_a_job_may_write_only_where_it_puts_something_on_the_site(workflow, job):
    assert WORKFLOWS[workflow]["permissions"] == {"contents": "read"}
    writes = WORKFLOWS[workflow]["jobs"][job].get("permissions", {}).get("contents") == "write"
    assert writes == any(".ci/deploy" in step.get("run", "") for step in steps(workflow, job))


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_actions_are_pinned_and_jobs_end(workflow, job):
    for step in steps(workflow, job):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), step["uses"]
    assert "uses" in WORKFLOWS[workflow]["jobs"][job] or WORKFLOWS[workflow]["jobs"][job]["timeout-minutes"] <= 60


def test_nothing_of_a_fork_is_put_on_the_site():
    trigger = WORKFLOWS["preview"][True]  # YAML 1.1 reads the key `on` as true
    assert set(trigger) == {"pull_request"}  # pull_request_target would give a fork's code the right to write
    for job, content in WORKFLOWS["preview"]["jobs"].items():
        if content.get("permissions"):
            assert "head.repo.full_name == github.repository" in content["if"], job
    assert not any("secrets." in file.read_text(encoding="utf-8") for file in FILES)


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_no_text_that_others_write_is_put_into_a_command(workflow, job):
    for step in steps(workflow, job):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_commands_exist(workflow, job):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for step in steps(workflow, job):
        assert set(re.findall(r"make (\w+)", step.get("run", ""))) <= targets
        for script in re.findall(r"\.ci/\w+", step.get("run", "")):
            assert (ROOT / script).stat().st_mode & 0o100, script


def test_caches_follow_the_locks_and_every_python_is_tried():
    for workflow, job in JOBS:
        for step in steps(workflow, job):
            if "setup-python" in step.get("uses", ""):
                assert step["with"]["cache-dependency-path"] == "requirements*.lock"
    assert WORKFLOWS["test"]["jobs"]["unit"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_what_is_published_passed_the_tests_and_knows_its_address():
    publish = WORKFLOWS["publish"]["jobs"]["publish"]
    assert publish["needs"] == "test" and WORKFLOWS["publish"]["jobs"]["test"]["uses"].endswith("/test.yml")
    (build,) = (step for step in publish["steps"] if step.get("run") == "make pdf")
    from living_article.web.addresses import REPOSITORY, REVISION, SITE

    assert set(build["env"]) == {SITE, REPOSITORY, REVISION}
