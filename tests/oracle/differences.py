"""Show where reference values just made differ from the committed ones: python tests/oracle/differences.py.

Exit status 1 if a number is more than 1e-8 (relative) away, the tolerance of the tests, or anything else differs.
"""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TOLERANCE = 1e-8


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every number and word of a JSON value with its place."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from leaves(inside, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from leaves(inside, f"{path}[{index}]")
    else:
        yield path, value


def distance(old: object, new: object) -> float:
    """Return the relative difference of two numbers; 0 or infinity for anything else, equal or not."""
    if isinstance(old, (int, float)) and isinstance(new, (int, float)) and not isinstance(old, bool):
        # numbers that should be zero are compared as they are
        return abs(new - old) / max(abs(old), abs(new), 1e-4)
    return 0.0 if old == new else math.inf


def compare(old: dict, new: dict) -> tuple[str, bool]:
    """Return a line on two files of reference values, and whether they agree within the tolerance."""
    before, after = (dict(leaves(values)) for values in (old, new))
    missing = object()
    found = {p: distance(before.get(p, missing), after.get(p, missing)) for p in before | after}
    changed = {p: d for p, d in found.items() if d > 0}
    if not changed:
        return f"all {len(found)} values the same", True
    worst = max(changed, key=changed.get)
    far = sum(d > TOLERANCE for d in changed.values())
    text = f"{len(changed)} of {len(found)} values differ, {far} by more than {TOLERANCE:g}"
    return f"{text}; most: {worst}, {before.get(worst, 'nothing')} → {after.get(worst, 'nothing')}", far == 0


def main() -> int:
    """Compare every JSON file of this folder with the one last committed."""
    good = True
    for file in sorted(HERE.glob("*.json")):
        command = ["git", "show", f"HEAD:./{file.name}"]
        committed = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if committed.returncode:
            line, same = "not committed yet", False
        else:
            line, same = compare(json.loads(committed.stdout), json.loads(file.read_text("utf-8")))
        print(f"{file.name}: {line}")
        good = good and same
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
