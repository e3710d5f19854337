"""Code that a reader can take in: functions of at most forty lines of code, modules of at most four hundred."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("src", "bench", "tests") for path in (ROOT / folder).rglob("*.py"))
CODE, SCREEN, MODULE = 40, 60, 400


def docstring_lines(tree: ast.AST) -> set[int]:
    """Return the numbers of the lines of all docstrings below a node."""
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    strings = [n.body[0] for n in ast.walk(tree) if isinstance(n, documented) and ast.get_docstring(n) is not None]
    return {number for s in strings for number in range(s.lineno, s.end_lineno + 1)}


def too_long(source: str) -> list[str]:
    """Return the functions with too many lines of code, or too many in all with docstring and blank lines."""
    lines, found = source.splitlines(), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            numbers = range(node.lineno, node.end_lineno + 1)
            code = [n for n in numbers if lines[n - 1].strip() and n not in docstring_lines(node)]
            if len(code) > CODE or len(numbers) > SCREEN:
                found.append(f"{node.name}: {len(code)} lines of code, {len(numbers)} in all")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_are_short(path):
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= MODULE
    assert too_long(source) == []


def test_a_long_function_is_found():
    body = "\n".join(f"    a = {n}" for n in range(CODE))
    assert too_long(f"def short():\n{body[: body.rindex(chr(10))]}\n") == []
    assert too_long(f'def long():\n    """Say."""\n\n{body}\n') == ["long: 41 lines of code, 43 in all"]
