"""Find the machine's Chromium, which prints the book and runs the browser tests."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
"""Without a sandbox, which needs privileges that containers lack, and without requests of its own."""


def find_chromium() -> Path | None:
    """Return the browser's program, or None where none is installed."""
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)
