"""Write a study file as YAML for people: block style, text keys quoted where needed, comments at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

Path = tuple[str, ...]


class _OneLine(yaml.SafeDumper):
    """Writes text that holds a line break with an escape for it, never over several lines."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_OneLine.add_representer(str, _text)


def commented(content: Mapping[str, object], comments: Mapping[Path, str]) -> str:
    """Return ``content`` as YAML in which the line of each path in ``comments`` ends with its comment."""
    return "\n".join(_lines(content, comments, ())) + "\n"


def one_line(text: str) -> str:
    """Return text that cannot end a comment: on one line, with printable characters only."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _lines(content: Mapping[str, object], comments: Mapping[Path, str], path: Path) -> Iterator[str]:
    indent = "  " * len(path)
    for key, value in content.items():
        here = (*path, key)
        comment = f"  # {one_line(comments[here])}" if here in comments else ""
        if isinstance(value, Mapping) and value and not _short(value, comments, here):
            yield f"{indent}{_flow(key)}:{comment}"
            yield from _lines(value, comments, here)
        else:
            yield f"{indent}{_flow(key)}: {_flow(value)}{comment}"
        if not path:
            yield ""


def _short(value: Mapping[str, object], comments: Mapping[Path, str], path: Path) -> bool:
    """Whether a mapping fits on one line: no comments within, no mappings within."""
    commented_within = any(other[: len(path)] == path and other != path for other in comments)
    nested = any(isinstance(child, (Mapping, list)) for child in value.values())
    return not commented_within and not nested and len(_flow(value)) <= 90 and len(path) > 1


def _flow(value: object) -> str:
    """Return a value on one line, as YAML reads it back."""
    text = yaml.dump(
        value, Dumper=_OneLine, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")
