"""How time and memory of internal validation grow with replicates and with patients."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pandas as pd

from living_article.statistics.optimism import optimism

from .measure import apart, peak_memory, seconds
from .rows import shipped, simulated

REPLICATES = (100, 300, 1_000, 3_000, 10_000)
PATIENTS = (100, 300, 1_000, 3_000, 10_000)


def measure(task: str, size: int) -> dict[str, float]:
    """Time one validation in this process: ``size`` replicates of the shipped model, or of patients."""
    rows = shipped() if task == "replicates" else simulated(size, 11)
    replicates = size if task == "replicates" else 200

    def validate() -> None:
        optimism(rows.x, rows.time, rows.event, horizons=rows.horizons, replicates=replicates, seed=1)

    before = peak_memory()
    took = seconds(validate, times=1 if size > 3_000 else 2)
    return {"size": size, "seconds": took, "memory": peak_memory(), "libraries": before}


def run(*, small: bool) -> dict[str, pd.DataFrame]:
    """Return seconds and peak memory (MiB) by number of replicates (n = 95) and of patients (200 replicates)."""
    sizes = {"replicates": REPLICATES, "patients": PATIENTS}
    return {
        task: pd.DataFrame([apart(task, size) for size in (sizes[task][:2] if small else sizes[task])])
        for task in sizes
    }


def draw(tables: dict[str, pd.DataFrame], file: Path) -> None:
    """Draw seconds against replicates and patients, with a line of proportional growth, and memory."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(7.2, 5.6), sharex="col", layout="constrained")
    for column, (task, table) in enumerate(tables.items()):
        upper, lower = axes[:, column]
        middle = table.iloc[len(table) // 2]
        straight = middle["seconds"] * table["size"] / middle["size"]
        upper.loglog(table["size"], straight, color="0.7", linewidth=1, label="proportional growth")
        upper.loglog(table["size"], table["seconds"], "o-", color="#0072b2", label="measured")
        lower.semilogx(table["size"], table["memory"], "o-", color="#0072b2")
        lower.semilogx(table["size"], table["libraries"], color="0.7", linewidth=1, label="libraries alone")
        lower.set_ylim(0, 1.15 * table["memory"].max())
        upper.set_title("95 patients" if task == "replicates" else "200 replicates", fontsize=10)
        lower.set_xlabel(task)
        for axis, label in ((upper, "seconds"), (lower, "peak memory, MiB")):
            axis.set_ylabel(label)
            axis.legend(frameon=False, fontsize=8)
            axis.spines[["top", "right"]].set_visible(False)
    figure.suptitle("Optimism-corrected validation, 11 covariates, two horizons, one core", fontsize=11)
    figure.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    json.dump(measure(sys.argv[1], int(sys.argv[2])), sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # the interpreter's own tidying up is not measured
