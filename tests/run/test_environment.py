from __future__ import annotations

from pathlib import Path

import yaml
from packaging.requirements import Requirement

from living_article.run.environment import environment, pinned

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-snakemake.lock", "requirements-uv.lock")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def test_environment_file_has_exactly_the_packages_of_the_lock():
    # read here without the code under test: a package starts in the first column of the lock
    locked = {
        Requirement(line.rstrip("\\ ")) for line in lines("requirements.lock") if line[:1].isalnum() and "==" in line
    }
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert entries[0] == "python=3.11"
    *packages, editable = entries[-1]["pip"]
    assert {Requirement(package) for package in packages} == locked
    assert editable == "-e ."


def test_environment_file_is_up_to_date():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment(lock)


def test_markers_are_kept_and_hashes_left_out():
    lock = "a==1.0 \\\n    --hash=sha256:00\n    # via b\nb==2 ; sys_platform == 'darwin' \\\n    --hash=sha256:11\n"
    assert pinned(lock) == ["a==1.0", "b==2 ; sys_platform == 'darwin'"]


def test_locks_are_hashed_and_name_no_index():
    for name in LOCKS:
        text = "\n".join(lines(name))
        assert "://" not in text and "--index" not in text and "--find-links" not in text, name
        assert text.count("--hash=sha256:") >= len(pinned(text)), name


def test_development_lock_contains_the_other():
    assert set(pinned("\n".join(lines(LOCKS[0])))) <= set(pinned("\n".join(lines(LOCKS[1]))))


def test_declared_dependencies_are_locked():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert {Requirement(own).name for own in extras["dev"]} >= {project["name"]}  # dev takes in the extra "parquet"
    extras.pop("snakemake")  # for clusters, which have their own; in no lock
    optional = [wanted for extra in extras.values() for wanted in extra if Requirement(wanted).name != project["name"]]
    for name, extra in (("requirements.lock", []), ("requirements-dev.lock", optional)):
        locked = {(r := Requirement(pin)).name: r for pin in pinned("\n".join(lines(name)))}
        for wanted in map(Requirement, [*project["dependencies"], *extra]):
            version = next(iter(locked[wanted.name].specifier)).version
            assert wanted.specifier.contains(version, prereleases=True), wanted
