from pathlib import Path

import pytest
import yaml

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml, read_yaml_file

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["data/study.yml", "data/design.yml", "_toc.yml", "_config.yml"])
def test_values_are_those_of_the_plain_loader(name):
    text = (ROOT / name).read_text("utf-8")
    assert read_yaml(text) == yaml.safe_load(text)


def test_nothing_but_plain_values():
    with pytest.raises(yaml.YAMLError):
        read_yaml("!!python/object/apply:os.getcwd []")
    with pytest.raises(yaml.YAMLError):
        read_yaml("a: [1")


@pytest.mark.parametrize(
    "content", [b"P01: [34,\nP02: 51]: x", b"P01 \xe4", b"P01\x00", b"{P01: 1", b"P01: *P01"[:4] + b": ]"]
)
def test_a_message_quotes_nothing_of_the_file(tmp_path, content):
    (tmp_path / "table.csv").write_bytes(content)
    with pytest.raises(InputError, match="table.csv: not readable as YAML: .*; ") as refusal:
        read_yaml_file(tmp_path / "table.csv")
    assert "P0" not in str(refusal.value).replace(str(tmp_path), "")
