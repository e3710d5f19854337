"""How long each notebook ran: the one thing of a site that differs between two builds of the same inputs.

The times are kept beside the executions, and put into one script of the site, `SCRIPT`, which fills them into pages
wherever they belong. Nothing else in the site depends on them; tests of byte-identity leave out this file and no other.
"""

from __future__ import annotations

import json
from pathlib import Path

SCRIPT = "files/run-times.js"
_KEPT = "run-times.json"
_FILL = """\
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-run-time]")) {
    const seconds = times[place.dataset.runTime];
    if (seconds !== undefined) place.textContent = `${seconds.toFixed(1)} s`;
  }
});
"""


def keep(build: Path, fingerprints: dict[str, str], seconds: dict[str, float]) -> dict[str, float]:
    """Add new times to those kept, by section; drop times of other executions; return the times that hold."""
    path = build / _KEPT
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    kept |= {section: [fingerprints[section], round(spent, 2)] for section, spent in seconds.items()}
    kept = {section: entry for section, entry in kept.items() if entry[0] == fingerprints.get(section)}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return {section: entry[1] for section, entry in sorted(kept.items())}


def script(times: dict[str, float]) -> str:
    """Return the script that fills the times into a page."""
    return f"{{\nconst times = {json.dumps(times)};\n{_FILL}}}\n"
