"""Worker processes that never outlive the command that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Run worker processes that end when they are no longer wanted, also if this process is interrupted or killed."""
    with ProcessPoolExecutor(workers, initializer=_detach) as pool:
        try:
            yield pool
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.kill()
            raise


def _detach() -> None:
    """Leave interrupts to the parent process, on which nbclient would hang, and end soon after it was killed."""
    os.setpgrp()
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
