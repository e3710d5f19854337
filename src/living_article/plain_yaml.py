"""YAML as plain values, read by libyaml where PyYAML was built with it: the same values, ten times as fast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from living_article.errors import InputError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Return what a YAML text says; raises yaml.YAMLError if it is none."""
    return yaml.load(text, Loader=_LOADER)


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
