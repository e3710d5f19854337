"""Write the patient table of the GBSG-2 example from the copy of the trial that lifelines ships."""

from __future__ import annotations

import sys
from pathlib import Path

NAMES = {
    "horTh": "hormone_therapy",
    "age": "age",
    "menostat": "menopause",
    "tsize": "tumour_size",
    "tgrade": "grade",
    "pnodes": "nodes",
    "progrec": "progesterone_receptor",
    "estrec": "oestrogen_receptor",
    "time": "time",
    "cens": "event",  # 1 is an event in spite of its name
}


def write(folder: Path) -> Path:
    """Write ``gbsg2.csv`` into a folder and return its path."""
    from lifelines.datasets import load_gbsg2

    table = load_gbsg2()[list(NAMES)].rename(columns=NAMES)
    table.insert(0, "patient", [f"G{number:03d}" for number in range(1, len(table) + 1)])
    table.to_csv(folder / "gbsg2.csv", index=False, lineterminator="\n")
    return folder / "gbsg2.csv"


if __name__ == "__main__":
    print(write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
