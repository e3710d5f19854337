from datetime import date
from pathlib import Path

import pytest
import yaml

from living_article.errors import InputError
from living_article.plain_yaml import read_yaml, read_yaml_file

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["data/study.yml", "data/design.yml", "_toc.yml", "_config.yml"])
def test_values_are_those_of_the_plain_loader(name):
    text = (ROOT / name).read_text("utf-8")
    assert read_yaml(text) == dates_as_text(yaml.safe_load(text))


def dates_as_text(node):
    if isinstance(node, dict):
        return {key: dates_as_text(value) for key, value in node.items()}
    if isinstance(node, list):
        return [dates_as_text(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


def test_a_date_stays_as_it_was_written():
    assert read_yaml("[2024-02-03, 2024-2-3, 2024-13-41]") == ["2024-02-03", "2024-2-3", "2024-13-41"]


@pytest.mark.parametrize(
    "text", ["10:30:00", "1:30", "010", "0x1F", "190:20:30.15", ".nan", "-.inf", ".inf", "1.0e+999"]
)
def test_a_number_that_would_be_read_as_another_is_refused(text):
    with pytest.raises(yaml.YAMLError, match="decimal number"):
        read_yaml(f"minimum: {text}")
    assert read_yaml(f"minimum: '{text}'") == {"minimum": text}


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("-12", -12), ("0.5", 0.5), ("1e3", "1e3"), ("1.5e+3", 1500.0)])
def test_ordinary_numbers(text, value):
    assert read_yaml(text) == value


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\); check path and permissions"):
        read_yaml_file(tmp_path)


def test_nothing_but_plain_values():
    with pytest.raises(yaml.YAMLError):
        read_yaml("!!python/object/apply:os.getcwd []")
    with pytest.raises(yaml.YAMLError):
        read_yaml("a: [1")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: {c: 1, c: 2}", "a key is given twice"),
        ("a: &x [*x]", "aliases"),
        ("a: 1" + "0" * 400, "too large"),
        ("[" * 100_000 + "]" * 100_000, "lists within lists"),
        ("- " * 100_000, "lists within lists"),
    ],
)
def test_what_yaml_would_let_pass_or_trip_over(text, problem):
    with pytest.raises(yaml.YAMLError, match=problem):
        read_yaml(text)


@pytest.mark.parametrize(
    "content", [b"P01: [34,\nP02: 51]: x", b"P01 \xe4", b"P01\x00", b"{P01: 1", b"P01: *P01"[:4] + b": ]"]
)
def test_a_message_quotes_nothing_of_the_file(tmp_path, content):
    (tmp_path / "table.csv").write_bytes(content)
    with pytest.raises(InputError, match="table.csv: not readable as YAML: .*; ") as refusal:
        read_yaml_file(tmp_path / "table.csv")
    assert "P0" not in str(refusal.value).replace(str(tmp_path), "")


def test_who_changes_what_was_read_changes_it_for_nobody_else():
    first = read_yaml("a: [1, {b: 2}]")
    first["a"][1]["b"] = 3
    assert read_yaml("a: [1, {b: 2}]") == {"a": [1, {"b": 2}]}
