"""Show which notebook runs, and at the end where the time went."""

from __future__ import annotations

import sys
import time
from typing import TextIO

Timing = tuple[str, float, str]  # what, seconds, note


class Progress:
    """A bar on a terminal, plain lines elsewhere (a log, a pipe)."""

    def __init__(self, total: int, stream: TextIO | None = None, *, doing: str = "building") -> None:
        self.stream = stream or sys.stderr
        self.total, self.done = total, 0
        self.running: list[str] = []
        self.timings: list[Timing] = []
        self._started: dict[str, float] = {}
        self._bar = None
        if self.stream.isatty():
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread may run while worker processes are forked
            layout = "{desc} {bar:24} {n}/{total} [{elapsed}]{postfix}"
            self._bar = tqdm(total=total, desc=doing, bar_format=layout, file=self.stream, leave=False)

    def start(self, name: str) -> None:
        """Say that ``name`` has begun."""
        self.running.append(name)
        self._started[name] = time.perf_counter()
        self._tell(f"[{self.done}/{self.total}] {name} …")

    def finish(self, name: str, note: str = "") -> None:
        """Say that ``name`` is done, whether or not it was begun."""
        now = time.perf_counter()
        seconds = now - self._started.pop(name, now)
        self.timings.append((name, seconds, note))
        self.running = [other for other in self.running if other != name]
        self.done += 1
        if self._bar is not None:
            self._bar.update()
        self._tell(f"[{self.done}/{self.total}] {name}: {note or f'{seconds:.1f} s'}")

    def tick(self) -> None:
        """Let the clock on the terminal go on."""
        if self._bar is not None:
            self._bar.refresh()

    def _tell(self, line: str) -> None:
        if self._bar is None:
            print(line, file=self.stream, flush=True)
        else:
            self._bar.set_postfix_str(", ".join(self.running))

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar is not None:
            self._bar.close()


def table(timings: list[Timing], total: float) -> str:
    """Return the table that says where the time went."""
    width = max([len(name) for name, *_ in timings] + [5])
    rows = [f"  {name:<{width}}  {seconds:7.1f} s  {note}".rstrip() for name, seconds, note in timings]
    return "\n".join([*rows, f"  {'total':<{width}}  {total:7.1f} s"])
