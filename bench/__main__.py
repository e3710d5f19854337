"""Run every benchmark and write _build/bench/report.md and growth.svg."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import cox, growth, kaplan_meier, report, sweep, validation


def main() -> None:
    """Run the benchmarks asked for."""
    parts = {"validation": validation, "cox": cox, "kaplan_meier": kaplan_meier, "sweep": sweep}
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts, "growth", []], help="default: all")
    parser.add_argument("--small", action="store_true", help="tiny sizes: whether it runs, not how fast")
    parser.add_argument("--to", type=Path, default=Path("_build/bench"), help="folder of the report")
    given = parser.parse_args()
    wanted = given.parts or [*parts, "growth"]
    given.to.mkdir(parents=True, exist_ok=True)
    text = ["# Benchmarks", report.machine()]
    rows = []
    for name in (name for name in parts if name in wanted):
        print(f"{name} …", flush=True)
        rows += parts[name].run(small=given.small)
    if rows:
        text.append(report.table(rows))
    if "growth" in wanted:
        print("growth …", flush=True)
        tables = growth.run(small=given.small)
        growth.draw(tables, given.to / "growth.svg")
        text += ["## How cost grows", report.growth(tables), "![Growth of time and memory](growth.svg)"]
    written = "\n\n".join(text) + "\n"
    (given.to / "report.md").write_text(written, encoding="utf-8")
    print(f"\n{written}\nWritten to {given.to}")


if __name__ == "__main__":
    main()
