"""Stand in for a kernel: ask the server for one, and live as long as it does, or as the process that wanted it.

Run as a script without site-packages (``python -I -S``), which starts in a hundredth of a second.
"""

import json
import os
import signal
import socket
import sys

ARGUMENTS = ["--HistoryManager.enabled=False", "--log-level=ERROR"]


def main(server: str, connection_file: str, *more: str) -> None:
    """Ask for a kernel in this folder and environment, then wait for its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # sent to kernels shortly before they are ended
    request = {
        "arguments": ["-f", connection_file, *ARGUMENTS, *more],
        "cwd": os.getcwd(),  # noqa: PTH109  pathlib takes as long to import as all else here
        "environment": dict(os.environ),
    }
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(server)
        connection.sendall(json.dumps(request).encode() + b"\n")
        connection.settimeout(0.5)
        while os.getppid() == parent:  # whoever wanted the kernel is still there
            try:
                connection.recv(1)
                return
            except TimeoutError:
                continue


if __name__ == "__main__":
    main(*sys.argv[1:])
