"""YAML as plain values, read by libyaml where PyYAML was built with it: the same values, ten times as fast."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from living_article.errors import InputError

_NESTED = re.compile(r"(?:[\[{]\s*|- +){50}")  # the parser recurses: very deep ones end the process


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses a key that is given twice, of which YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        """Return the mapping of a node whose keys differ."""
        first: set[tuple[str, str]] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in first:
                    raise yaml.MarkedYAMLError(problem="a key is given twice", problem_mark=key.start_mark)
                first.add((key.tag, key.value))
        return super().construct_mapping(node, deep=deep)


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int:
    value = loader.construct_yaml_int(node)
    if abs(value) > 1e15:
        raise ValueError
    return value


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def read_yaml(text: str) -> Any:
    """Return what a YAML text says; raises yaml.YAMLError if it is none, or if it has aliases."""
    if _NESTED.search(text):
        raise yaml.MarkedYAMLError(problem="too many lists within lists")
    if "&" in text:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise yaml.MarkedYAMLError(problem="aliases (*name) are not read", problem_mark=event.start_mark)  # type: ignore[arg-type]
    try:
        return yaml.load(text, Loader=_Loader)
    except ValueError:  # 2024-13-41 has the form of a date
        raise yaml.MarkedYAMLError(problem="a date that does not exist, or a number too large") from None


def read_yaml_file(file: Path) -> Any:
    """Return what a YAML file says.

    Raises
    ------
    InputError
        If it is none. The message quotes no line of the file, which might be a patient table named by mistake.
    """
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise InputError("not readable as YAML: no UTF-8 text", file=file, remedy="save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "a character that YAML does not allow"
        line = f" in line {mark.line + 1}" if mark else ""
        raise InputError(f"not readable as YAML: {reason}{line}", file=file, remedy="correct the file") from None
