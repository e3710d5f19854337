"""The parameters of a notebook: declared in its `parameters` cell, checked before anything runs.

One declaration a line, ``name: type = default  # meaning [range]``, where the range is a comparison that holds for
every allowed value, e.g. ``[0 < alpha < 0.5]``; for a list it holds for each member, and None is exempt.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from living_article.errors import InputError

SHARED = ("study", "seed", "alpha")
_PLAIN = {"str": str, "int": int, "float": float, "bool": bool, "None": None}
_GENERIC: dict[str, Any] = {"list": list, "dict": dict, "tuple": tuple}
_WORDS: dict[Any, str] = {
    str: "text", int: "a whole number, such as 20", float: "a number, such as 0.1", bool: "true or false",
    list[float]: "numbers separated by commas, such as 12,24", list[str]: "texts separated by commas",
    type(None): "none",
}  # fmt: skip
_OUTSIDE = "is out of range"
_ALLOWED_IN_RANGE = (
    ast.Expression, ast.Compare, ast.BoolOp, ast.boolop, ast.cmpop, ast.UnaryOp, ast.USub, ast.Not,
    ast.Name, ast.Load, ast.Constant, ast.Tuple, ast.List,
)  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its type both as written and as a Python type, default, meaning and range."""

    name: str
    type: str
    annotation: Any
    default: Any
    meaning: str
    range: str | None

    def check(self, value: object, *, file: str) -> object:
        """Return the value in the declared type; raises InputError if its type or range is wrong."""
        from pydantic import ConfigDict, TypeAdapter, ValidationError

        finite = ConfigDict(allow_inf_nan=False)
        try:
            checked = TypeAdapter(self.annotation, config=finite).validate_python(value, strict=True)
        except ValidationError as error:
            problem = error.errors()[0]["msg"].replace("Input should", "should")
            remedy = f"give {' or '.join(map(_in_words, _alternatives(self.annotation)))}"
            raise InputError(f"parameter {self.name} {problem}", file=file, value=value, remedy=remedy) from None
        if self.range:
            members = checked if isinstance(checked, list | tuple) else [checked]
            rule = compile(ast.parse(self.range, mode="eval"), "<range>", "eval")
            if not all(m is None or eval(rule, {"__builtins__": {}}, {self.name: m}) for m in members):
                remedy = f"keep to {self.range}"
                raise InputError(f"parameter {self.name} {_OUTSIDE}", file=file, value=value, remedy=remedy)
        return checked

    def parse(self, text: str, *, file: str) -> object:
        """Return the value that a command line wrote as ``text``; raises InputError if it is not one."""
        readings = [_literal(text)]
        if "list[" in self.type.lower():
            readings.append([_literal(part) for part in text.split(",") if part.strip()])
            readings.append([part.strip() for part in text.split(",") if part.strip()])
        readings.append(text)
        for reading in readings:
            try:
                return self.check(reading, file=file)
            except InputError as error:
                if error.problem.endswith(_OUTSIDE):
                    raise
        return self.check(text, file=file)


def _alternatives(annotation: Any) -> list[Any]:
    """Return the types of ``int | None``, or the one type there is."""
    return list(get_args(annotation)) if isinstance(annotation, UnionType) else [annotation]


def _in_words(annotation: Any) -> str:
    """Say what a value of this type looks like on the command line."""
    if get_origin(annotation) is Literal:
        return ", ".join(map(str, get_args(annotation)))
    return _WORDS.get(annotation, str(annotation))


def _literal(text: str) -> object:
    """Return what ``text`` is as a Python or JSON literal, else the text."""
    words = {"true": True, "false": False, "none": None, "null": None}
    if text.strip().lower() in words:
        return words[text.strip().lower()]
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        return text


def _python_type(node: ast.expr) -> Any:
    """Turn an annotation into the type it names, without evaluating anything."""
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    if isinstance(node, ast.Name) and node.id in _PLAIN:
        return _PLAIN[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _python_type(node.left) | _python_type(node.right)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if node.value.id == "Literal":
            return Literal[tuple(ast.literal_eval(item) for item in inner)]
        if node.value.id in _GENERIC:
            members = [... if isinstance(i, ast.Constant) and i.value is ... else _python_type(i) for i in inner]
            return _GENERIC[node.value.id][tuple(members)]
    raise ValueError(f"{ast.unparse(node)} is not a type a parameter can have")


def _comments(source: str) -> dict[int, str]:
    """Return the comment at the end of each line (counted from 1)."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").rstrip() for t in tokens if t.type == tokenize.COMMENT}


def _declaration(node: ast.stmt, comment: str) -> Parameter:
    """Return the parameter that one statement and its comment declare; raises ValueError if they do not."""
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
        raise ValueError(f"{ast.unparse(node)!r} is not `name: type = default`")
    name = node.target.id
    match = re.fullmatch(r"(?P<meaning>.*?)\s*(?:\[(?P<range>[^\]]*)\])?", comment)
    if match is None or not match["meaning"]:
        raise ValueError(f"{name} has no comment that says what it means")
    meaning, limits = match["meaning"], match["range"]
    if limits is not None:
        tree = ast.parse(limits, mode="eval")
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        if names != {name} or not all(isinstance(n, _ALLOWED_IN_RANGE) for n in ast.walk(tree)):
            raise ValueError(f"the range of {name} must compare {name} with constants, not [{limits}]")
    default = ast.literal_eval(node.value)
    return Parameter(name, ast.unparse(node.annotation), _python_type(node.annotation), default, meaning, limits)


def read_parameters(notebook: Path, source: str | None = None) -> dict[str, Parameter]:
    """Read the declared parameters of a text notebook, in order.

    Raises
    ------
    InputError
        If the cell is missing, a line is not a declaration, a default breaks its own rule or one of the
        shared parameters (study, seed, alpha) is absent.
    """
    name = f"{notebook.parent.name}/{notebook.name}"
    source = notebook.read_text(encoding="utf-8") if source is None else source
    cell, first = _parameters_cell(source)
    if cell is None:
        raise InputError("no cell tagged `parameters`", file=name, remedy='add `# %% tags=["parameters"]`')
    try:
        statements = ast.parse(cell).body
    except SyntaxError as error:
        line = first + (error.lineno or 1)
        raise InputError(f"the parameters cell is not Python: {error.msg}", file=f"{name}:{line}") from None
    comments, parameters = _comments(cell), {}
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):  # Literal has to be imported to be written
            continue
        try:
            parameter = _declaration(node, comments.get(node.end_lineno or node.lineno, ""))
        except (ValueError, SyntaxError, TypeError) as error:
            raise InputError(str(error), file=f"{name}:{first + node.lineno}") from None
        parameter.check(parameter.default, file=f"{name}:{first + node.lineno}")
        parameters[parameter.name] = parameter
    if missing := [shared for shared in SHARED if shared not in parameters]:
        remedy = "every notebook declares study, seed and alpha"
        raise InputError(f"parameter {missing[0]} is not declared", file=name, remedy=remedy)
    return parameters


def _parameters_cell(source: str) -> tuple[str | None, int]:
    """Return the text of the cell tagged `parameters` and the number of the line before it."""
    lines = source.splitlines(keepends=True)
    marks = [n for n, line in enumerate(lines) if line.startswith("# %%")]
    for start, stop in zip(marks, [*marks[1:], len(lines)], strict=True):
        if re.search(r"""tags=\[[^\]]*["']parameters["']""", lines[start]):
            return "".join(lines[start + 1 : stop]), start + 1
    return None, 0


def check_parameters(
    notebook: Path, given: Mapping[str, object], parameters: dict[str, Parameter] | None = None
) -> dict[str, object]:
    """Return ``given`` with every value in its declared type.

    Values may be text from a command line. Raises InputError on the first unknown, ill-typed or out-of-range one.
    """
    parameters = read_parameters(notebook) if parameters is None else parameters
    file, checked = f"{notebook.parent.name}/{notebook.name}", {}
    for name, value in given.items():
        if name not in parameters:
            close = get_close_matches(name, parameters, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"it has {', '.join(parameters)}"
            raise InputError(f"unknown parameter {name}", file=file, value=value, remedy=remedy)
        parameter = parameters[name]
        if isinstance(value, str):
            checked[name] = parameter.parse(value, file=file)
        else:
            checked[name] = parameter.check(value, file=file)
    return checked


def split_assignments(pairs: list[str]) -> dict[str, str]:
    """Turn ``["alpha=0.1", …]`` into a dict; raises InputError on one without ``=`` or given twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise InputError("not name=value", value=pair, remedy="write for example -p alpha=0.1")
        if name.strip() in found:
            raise InputError(f"parameter {name.strip()} is given twice", remedy="give each parameter once")
        found[name.strip()] = value
    return found
