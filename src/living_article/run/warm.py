"""Warm kernels: forked from one process that has the imports of every notebook behind it.

A fresh kernel spends most of a short notebook's time on imports. Here a server (`living_article.run.warm_server`)
imports once, and each kernel is a fork of it. `living_article.run.execute.execute` starts the small program
`warm_client.py` as its kernel, so that papermill notices no difference; the client asks the server for a fork and lives
exactly as long as the fork does.

A command can be run in a fork as well (`run_command`), which spares it the imports that executing a notebook needs.

A server serves one state of the source, the packages and the environment (`address`), to this user only, and ends
after ten idle minutes.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from living_article.run.fingerprint import digest, package_files

CLIENT = Path(__file__).with_name("warm_client.py")
INSIDE = "LIVING_ARTICLE_WARM_COMMAND"  # environment variable, so that every process started from a fork has it
_SHORT = 12  # characters of a fingerprint: the path of a socket holds about a hundred
_START = 60.0  # seconds in which a server has to be ready


def command(server: Path) -> list[str]:
    """Return the command of a kernel definition that takes its kernel from this server."""
    return [sys.executable, "-I", "-S", str(CLIENT), str(server), "{connection_file}"]


def address(environment: dict[str, str]) -> Path:
    """Return the socket of the server for this state of source, packages and fixed environment."""
    packages = Path(sysconfig.get_paths()["purelib"])
    state = [
        str(CLIENT),
        sys.executable,
        sys.version,
        str(packages.stat().st_mtime_ns),
        os.environ.get("PYTHONPATH", ""),
    ]
    state += [f"{name}={value}" for name, value in sorted(environment.items())]
    return _private_folder() / f"{state_of_source()}-{digest([], *state)[:_SHORT]}.sock"


def state_of_source() -> str:
    """Return the fingerprint of this package with which the address of a server begins."""
    return digest(package_files())[:_SHORT]


def _private_folder() -> Path:
    """Return a folder that only this user can enter; raises PermissionError if somebody else made it."""
    folder = Path(tempfile.gettempdir()) / f"living-article-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if state.st_uid != os.getuid() or state.st_mode & 0o077 or folder.is_symlink():
        raise PermissionError(f"{folder} is open to others; remove it")
    return folder


def serve_kernels(environment: dict[str, str]) -> Path:
    """Return the socket of a running server, started if need be.

    Parameters
    ----------
    environment
        Variables that have to be set before Python and its libraries start.

    Raises
    ------
    RuntimeError
        If no server can be started.
    """
    for _ in range(3):  # the source may be changed while a server starts
        server = address(environment)
        with (server.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if answers(server) or _start(server, environment):
                return server
    raise RuntimeError("no process for warm kernels could be started")


def _start(server: Path, environment: dict[str, str]) -> bool:
    """Start a server and return whether it became ready; servers of older states of the same source end."""
    for older in server.parent.glob(f"*-{server.stem.partition('-')[2]}.sock"):
        stop_serving(older)
        older.unlink(missing_ok=True)
    started = subprocess.Popen(
        [sys.executable, "-P", "-m", "living_article.run.warm_server", str(server)],
        env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, close_fds=True, cwd="/",
    )  # fmt: skip
    until = time.monotonic() + _START
    while time.monotonic() < until and started.poll() is None:
        if answers(server):
            return True
        time.sleep(0.02)
    return False


def inside() -> bool:
    """Return whether this process is a command run in a fork of a server, which may not ask for another such fork."""
    return INSIDE in os.environ


def run_command(arguments: list[str], environment: dict[str, str]) -> int | None:
    """Run an ``article`` command in a fork of a server, in this folder and on this terminal.

    Returns its exit code, or None if there can be no server.
    """
    if inside():
        raise RuntimeError("a command in a fork may not ask for another fork")
    try:
        server = serve_kernels(environment)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(server))
            request = {"command": arguments, "cwd": str(Path.cwd()), "environment": dict(os.environ)}
            socket.send_fds(connection, [json.dumps(request).encode() + b"\n"], [0, 1, 2])
            code = connection.recv(1)
    except (OSError, RuntimeError):
        return None
    return code[0] if code else 1


def stop_serving(server: Path) -> None:
    """End a server; its kernels go on until their clients end."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(server))
        connection.sendall(b'{"stop": true}\n')
        connection.recv(1)


def answers(server: Path) -> bool:
    """Return whether a server listens at this socket."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(server))
        return True
    return False
