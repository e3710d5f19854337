"""The process that warm kernels are forked from: it imports once, then forks for every client of its socket.

Started by `living_article.run.warm`. What a notebook shows is the same as from a fresh kernel (a test holds it to
that). Three things need care for it: the inline backend of Matplotlib registers itself with the running kernel when it
is imported, so it may not be imported before the fork; pandas asks at import whether it runs in a terminal; and a fork
has to end when its client does.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import socket
import sys
import threading
import time
from pathlib import Path

from living_article.run import warm

_MOST = 32  # forks alive at a time
_IDLE = 600.0  # seconds without a kernel after which a server ends
_INLINE = "matplotlib_inline.backend_inline"


def main(server: str) -> None:
    """Serve until idle: import everything, then fork a kernel for every client."""
    from living_article.run.warm_preload import preload

    preload()
    gc.collect()
    gc.freeze()  # forks need not look through what was imported, nor copy its memory, when they collect garbage
    if not Path(server).name.startswith(warm.state_of_source()):
        return  # the source was changed meanwhile, so that this process is of no known state
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{server}.new")  # in a folder of this user alone
    listener.listen(64)
    Path(f"{server}.new").rename(server)  # it appears when it is ready
    listener.settimeout(5)
    kernels: set[int] = set()
    idle = time.monotonic()
    while time.monotonic() - idle < _IDLE:
        with contextlib.suppress(TimeoutError):
            connection, _ = listener.accept()
            with connection:
                if not _answer(connection, listener, kernels):
                    break
        kernels -= {pid for pid in kernels if os.waitpid(pid, os.WNOHANG)[0]}
        if kernels:
            idle = time.monotonic()
    Path(server).unlink(missing_ok=True)


def _answer(connection: socket.socket, listener: socket.socket, kernels: set[int]) -> bool:
    """Fork a kernel for a client; returns False if it asked the server to end."""
    connection.settimeout(5)
    try:
        line, streams, *_ = socket.recv_fds(connection, 2**16, 3)
        while line and not line.endswith(b"\n"):
            line += connection.recv(2**16)
        request = json.loads(line or b"{}")
    except (OSError, ValueError):
        return True
    if "cwd" in request and len(kernels) < _MOST:
        pid = os.fork()
        if pid == 0:
            listener.close()
            try:
                _enter(connection, request)
                _run_command(connection, request, streams) if "command" in request else _become_kernel(request)
            finally:
                os._exit(1)
        kernels.add(pid)
    for stream in streams:
        os.close(stream)
    return not request.get("stop")


def _enter(connection: socket.socket, request: dict) -> None:
    """Give this fork the folder and environment of the client, and let it end with the client."""
    os.setsid()
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["cwd"])
    time.tzset()
    connection.settimeout(None)
    threading.Thread(target=_end_with_client, args=(connection,), daemon=True).start()


def _run_command(connection: socket.socket, request: dict, streams: list[int]) -> None:
    """Run a command on the client's terminal and send back its exit code; does not return."""
    from living_article.cli import main as article

    os.environ[warm.INSIDE] = "yes"
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=sys.stdout.isatty())
    code = article(request["command"])
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(bytes([code]))
    os._exit(code)


def _become_kernel(request: dict) -> None:
    """Turn this fork into the kernel that the client was asked for; does not return."""
    os.environ.pop(warm.INSIDE, None)
    os.environ.pop("JPY_PARENT_PID", None)  # ipykernel would end, since the server is its parent
    import ipykernel_launcher
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    from ipykernel.kernelapp import IPKernelApp

    sys.modules.pop(_INLINE, None)
    plt._backend_mod = None  # chosen again at the first figure, when the kernel is there
    pd.set_option("display.max_columns", 20)  # what pandas chooses where there is no terminal
    np.random.seed()
    sys.argv = [ipykernel_launcher.__file__, *request["arguments"]]
    IPKernelApp.launch_instance(argv=request["arguments"])
    os._exit(0)


def _end_with_client(connection: socket.socket) -> None:
    """Wait until the client is gone, however it went, and end this kernel."""
    with contextlib.suppress(OSError):
        connection.recv(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
