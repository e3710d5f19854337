from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from living_article.run.pool import worker_pool

SLEEPERS = """
import os, sys, time
from living_article.run.pool import worker_pool
with worker_pool(2) as pool:
    print(*{pool.submit(os.getpid).result() for _ in range(1)}, flush=True)
    pool.submit(time.sleep, 60).result()
"""


def gone(pid: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_work_is_done_in_other_processes():
    with worker_pool(2) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()


def test_workers_end_when_their_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", SLEEPERS], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(worker)
