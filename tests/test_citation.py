"""`CITATION.cff` is valid and agrees with the package and the bibliography."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml
from check_jsonschema import main
from pybtex.database import parse_file

ROOT = Path(__file__).parents[1]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def schema_says(*arguments: str) -> int:
    """Return the exit code of check-jsonschema; its schemas come with it."""
    try:
        return main([*arguments], standalone_mode=False) or 0
    except SystemExit as end:
        return int(end.code or 0)


def test_it_follows_the_schema():
    assert schema_says("--builtin-schema", "vendor.citation-file-format", str(ROOT / "CITATION.cff")) == 0


def test_a_mistake_would_be_seen(tmp_path):
    wrong = tmp_path / "CITATION.cff"
    wrong.write_text(yaml.safe_dump({**CITATION, "type": "novel"}, sort_keys=False))
    assert schema_says("--builtin-schema", "vendor.citation-file-format", str(wrong)) != 0


def test_version_and_licence_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (CITATION["version"], CITATION["license"]) == (project["version"], project["license"])


def test_the_article_is_cited_as_in_the_bibliography():
    (cited,) = CITATION["references"]
    study = yaml.safe_load((ROOT / "data" / "study.yml").read_text(encoding="utf-8"))
    entry = parse_file(str(ROOT / "book" / "references.bib")).entries[study["article"]["citation"]]
    assert (cited["title"], str(cited["year"])) == (entry.fields["title"], entry.fields["year"])
    names = [(" ".join(p.last_names), " ".join(p.first_names)) for p in entry.persons["author"]]
    assert [(a["family-names"], a["given-names"]) for a in cited["authors"]] == names


def test_the_licences_are_there():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    text = (ROOT / "LICENSE-CONTENT.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text
