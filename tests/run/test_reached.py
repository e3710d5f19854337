"""What a notebook can come to use, over imports of every form; that it misses nothing, Python's parser is asked."""

from __future__ import annotations

import ast

import pytest

from living_article.run.fingerprint import package_files
from living_article.run.reached import _modules, reached

PACKAGE = {
    "__init__.py": "",
    "a/__init__.py": "from .init import x",
    "a/init.py": "",
    "a/one.py": "def f():\n    from living_article.a import (\n        two as second,  # not (three)\n        four,\n    )",
    "a/two.py": "if True: import living_article.b.five as five",
    "a/three.py": "",
    "a/four.py": "from ..b import \\\n    six\nfrom . import seven; from .eight import *",
    "a/seven.py": "",
    "a/eight.py": "from living_article.nothing import a\nimport json, living_article.a.nine, yaml",
    "a/nine.py": "",
    "a/schema.json": "{}",
    "b/__init__.py": "",
    "b/five.py": "",
    "b/six.py": "",
    "c/__init__.py": "",
    "c/ten.py": "",
    "c/schema.json": "{}",
}
LEFT = {"a/three.py", "c/__init__.py", "c/ten.py", "c/schema.json"}


@pytest.mark.parametrize("line", ["from living_article.a.one import f", "import living_article.a.one", "x = 1"])
def test_all_that_imports_lead_to_and_nothing_else(line, tmp_path):
    files = {name: tmp_path / name for name in PACKAGE}
    for name, path in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PACKAGE[name])
    notebook = tmp_path / "notebook.py"
    notebook.write_text(f"# from living_article.c import ten\n\n# %%\n{line}\n")
    assert reached(notebook, files) == (set() if line == "x = 1" else set(PACKAGE) - LEFT)


def test_no_import_of_the_package_is_missed():
    files, seen = dict(package_files()), 0
    for name, path in files.items():
        if not name.endswith(".py"):
            continue
        within = ("living_article", *name.split("/")[:-1])
        read = set(_modules(path.read_text(encoding="utf-8"), within))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                start = [*within[: len(within) + 1 - node.level]] if node.level else []
                base = ".".join([*start, *([node.module] if node.module else [])])
                modules = [base, *(f"{base}.{alias.name}" for alias in node.names)]
            for module in (m.split(".")[1:] for m in modules if m.startswith("living_article.")):
                for file in (f"{'/'.join(module)}.py", "/".join([*module, "__init__.py"])):
                    assert file not in files or file in read, (name, module)
                    seen += file in files
    assert seen > 500
