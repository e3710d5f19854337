"""Timing, peak memory, and R as a peer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One comparison: how long this package and a peer take for a task, and what was aimed at.

    ``ratio`` is how many times as long the peer takes. ``most`` is the largest number of seconds aimed at,
    ``least`` the smallest ratio; ``note`` says what the peer does and does not.
    """

    task: str
    seconds: float
    peer: str = ""
    peer_seconds: float | None = None
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Return how many times as long the peer takes."""
        return None if self.peer_seconds is None else self.peer_seconds / self.seconds

    @property
    def met(self) -> bool | None:
        """Return whether what was aimed at is reached; None if nothing was."""
        if self.most is not None:
            return self.seconds <= self.most
        return None if self.least is None or self.ratio is None else self.ratio >= self.least


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the shortest wall-clock time of a few runs: the one least disturbed by other processes."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def peak_memory() -> float:
    """Return the largest resident memory of this process so far, in MiB; NaN where Linux's /proc is missing.

    Not ``getrusage``: a process that another one starts begins there with the peak of that other one.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    peaks = [float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return peaks[0] if peaks else float("nan")


def apart(task: str, *arguments: object) -> dict[str, float]:
    """Run ``python -m bench.growth task …`` in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "bench.growth", task, *map(str, arguments)]
    run = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def in_r(task: str, frame: pd.DataFrame, *arguments: object) -> dict[str, float]:
    """Return what peers.R takes for a task on these rows, in seconds by name; empty without R or its package."""
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        frame.to_numpy(np.float64).T.tofile(file.name)
        command = ["Rscript", "--vanilla", HERE / "peers.R", task, file.name, ",".join(frame.columns)]
        run = subprocess.run([*map(str, command), *map(str, arguments)], capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"  R has no {task}: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return {}
    lines = [line.split("\t") for line in run.stdout.splitlines() if line.startswith("seconds\t")]
    return {name: float(value) for _, name, value in lines}
