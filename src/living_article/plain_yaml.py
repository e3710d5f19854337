"""YAML as plain values, read by libyaml where PyYAML was built with it: ten times as fast.

Dates stay the text they are, and what looks like a number but would be read as another one is refused.
"""

from __future__ import annotations

import copy
import math
import re
from functools import lru_cache
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
    digits = node.value.lstrip("+-")
    if ":" in digits or (digits.startswith("0") and digits != "0"):  # 10:30 is 630 to YAML, 010 is 8
        raise yaml.MarkedYAMLError(problem="not a decimal number; write text in quotes", problem_mark=node.start_mark)
    value = loader.construct_yaml_int(node)
    if abs(value) > 1e15:
        raise yaml.MarkedYAMLError(problem="a number too large", problem_mark=node.start_mark)
    return value


def _number(loader: _Loader, node: yaml.ScalarNode) -> float:
    value = loader.construct_yaml_float(node)
    if ":" in node.value or not math.isfinite(value):
        raise yaml.MarkedYAMLError(problem="not a finite decimal number", problem_mark=node.start_mark)
    return value


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)  # a date stays as written


def read_yaml(text: str) -> Any:
    """Return what a YAML text says; raises yaml.YAMLError if it is none, or if it has aliases."""
    return copy.deepcopy(_read(text))


@lru_cache(maxsize=16)  # one command asks a dozen times what its study file says
def _read(text: str) -> Any:
    if _NESTED.search(text):
        raise yaml.MarkedYAMLError(problem="too many lists within lists")
    if "&" in text:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise yaml.MarkedYAMLError(problem="aliases (*name) are not read", problem_mark=event.start_mark)  # type: ignore[arg-type]
    try:
        return yaml.load(text, Loader=_Loader)
    except ValueError:
        raise yaml.MarkedYAMLError(problem="a number too large") from None


def read_yaml_file(file: Path) -> Any:
    """Return what a YAML file says.

    Raises
    ------
    InputError
        If it is none. The message quotes no line of the file, which might be a patient table named by mistake.
    """
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=file, remedy="check path and permissions") from None
    except UnicodeDecodeError:
        raise InputError("not readable as YAML: no UTF-8 text", file=file, remedy="save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "a character that YAML does not allow"
        line = f" in line {mark.line + 1}" if mark else ""
        raise InputError(f"not readable as YAML: {reason}{line}", file=file, remedy="correct the file") from None
