"""Which files of this package a notebook can come to use: what it imports, what those modules import, and so on.

Imports are read off the text, wherever they stand: within functions and conditions too. What only looks like one, in
a docstring for instance, can make a notebook count as depending on more than it does, never on less. A name that is
made at run time is not seen; tests compare with Python's parser, and with what kernels have loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

PACKAGE = "living_article"
_IGNORED = re.compile(r"#.*|\\\n")  # comments, and what joins two lines
_IMPORT = re.compile(r"\bfrom\s+(\.*)([\w.]*)\s+import\s+(\([^)]*\)|[^\n;]+)|\bimport\s+([^\n;(]+)")


def reached(notebook: Path, files: Mapping[str, Path]) -> set[str]:
    """Return the names, among those of the package's files, of all that a text notebook can come to use.

    A file that is no Python module, such as a schema, counts with the modules of its folder.
    """
    found: set[str] = set()
    waiting = list(_modules(notebook.read_text(encoding="utf-8", errors="replace"), ()))
    while waiting:
        name = waiting.pop()
        if name in files and name not in found:
            found.add(name)
            folder = PurePosixPath(name).parent.parts
            waiting += _modules(files[name].read_text(encoding="utf-8"), (PACKAGE, *folder))
    folders = {PurePosixPath(name).parent for name in found}
    return found | {n for n in files if not n.endswith(".py") and PurePosixPath(n).parent in folders}


def _modules(text: str, within: tuple[str, ...]) -> Iterator[str]:
    """Yield the files that the imports of a text may mean: each package and module on the way to each name.

    ``within`` is the package that the text belongs to, from which relative imports start.
    """
    for dots, module, names, plain in _IMPORT.findall(_IGNORED.sub("", text)):
        if names:
            start = (*within[: len(within) + 1 - len(dots)], *module.split(".")) if dots else module.split(".")
            wanted = [[*filter(None, start), name] for name in re.findall(r"\w+|\*", names)]
        else:
            wanted = [part.split()[0].split(".") for part in plain.split(",") if part.strip()]
        for parts in (parts[1:] for parts in wanted if parts[0] == PACKAGE):
            for end in range(len(parts) + 1):
                yield "/".join([*parts[:end], "__init__.py"])
                if end:
                    yield f"{'/'.join(parts[:end])}.py"
