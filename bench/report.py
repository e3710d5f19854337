"""The table of a run as text."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from .measure import Row


def machine() -> str:
    """Return processor and versions in one sentence."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas", "lifelines"))
    r = "no R"
    if shutil.which("Rscript"):
        command = ["Rscript", "-e", "cat(R.version.string)"]
        r = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    processor = names[0] if names else platform.processor()
    load = f"load average before the run {os.getloadavg()[0]:.1f}"
    return f"{processor}, one core; {load}; Python {platform.python_version()}, {packages}; {r}."


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _aim(row: Row) -> str:
    if row.most is not None:
        return f"≤ {row.most:g} s: {'met' if row.met else 'missed'}"
    if row.least is None:
        return ""
    return f"≥ {row.least:g} times: {'met' if row.met else 'missed'}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| task | this package, s | peer | peer, s | peer / this | aim | note |",
        "|---|---:|---|---:|---:|---|---|",
    ]
    for row in rows:
        numbers = (_number(row.seconds), row.peer, _number(row.peer_seconds), _number(row.ratio))
        lines.append(f"| {row.task} | {' | '.join(numbers)} | {_aim(row)} | {row.note} |")
    return "\n".join(lines)


def growth(tables: dict[str, pd.DataFrame]) -> str:
    """Return the growth of cost as Markdown tables."""
    parts = []
    for task, found in tables.items():
        parts += [f"| {task} | seconds | seconds per 1,000 {task} | peak memory, MiB |", "|---:|---:|---:|---:|"]
        for size, took, memory in found[["size", "seconds", "memory"]].itertuples(index=False):
            parts.append(f"| {size:,.0f} | {_number(took)} | {_number(1000 * took / size)} | {memory:.0f} |")
        parts.append("")
    return "\n".join(parts)
