"""Fingerprints of files, by which is known whether something made from them still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def digest(files: Iterable[tuple[str, Path]], *more: str) -> str:
    """Return a fingerprint of named files, their content and some text, independent of where they lie."""
    total = hashlib.sha256()
    for name, path in sorted(files):
        content = path.read_bytes() if path.is_file() else b"(absent)"
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    total.update("\0".join(more).encode())
    return total.hexdigest()[:20]


def package_files() -> list[tuple[str, Path]]:
    """Return every source file of this package, named relative to it."""
    found = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [(path.relative_to(PACKAGE).as_posix(), path) for path in found]
