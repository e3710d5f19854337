"""Warm kernels: forked from one process that has the imports of every notebook behind it.

A fresh kernel spends most of a short notebook's time on imports. Here a server imports once, and each kernel is a fork
of it. `living_article.run.execute.execute` starts the small program `warm_client.py` as its kernel, so that papermill
notices no difference; the client asks the server for a fork and lives exactly as long as the fork does.

What a notebook shows is the same as from a fresh kernel (a test holds it to that). Three things need care for it:
the inline backend of Matplotlib registers itself with the running kernel when it is imported, so it may not be imported
before the fork; pandas asks at import whether it runs in a terminal; and a fork has to end when its client does.

A command can be run in a fork as well (`run_command`), which spares it the imports that executing a notebook needs.

A server serves one state of the source, the packages and the environment (`address`), to this user only, and ends
after ten idle minutes.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path

CLIENT = Path(__file__).with_name("warm_client.py")
_INSIDE = "LIVING_ARTICLE_WARM_COMMAND"  # environment variable, so that every process started from a fork has it
_MOST = 32  # forks alive at a time
IDLE = 600.0  # seconds without a kernel after which a server ends
_SHORT = 12  # characters of a fingerprint: the path of a socket holds about a hundred
_START = 60.0  # seconds in which a server has to be ready
_LIBRARIES = (
    "numpy", "pandas", "scipy.stats", "scipy.interpolate", "scipy.optimize", "matplotlib.pyplot", "seaborn",
    "lifelines", "lifelines.statistics", "yaml", "jsonschema", "IPython.display", "ipykernel.kernelapp",
    "ipykernel.ipkernel", "ipykernel.zmqshell", "IPython.core.completer",
)  # fmt: skip
_EXECUTING = ("nbformat", "jupytext", "papermill", "pydantic", "living_article.cli", "living_article.run.book",
              "living_article.run.execute", "living_article.run.deliver")  # fmt: skip
_PARTS = ("statistics", "display", "study")
_INLINE = "matplotlib_inline.backend_inline"


def command(server: Path) -> list[str]:
    """Return the command of a kernel definition that takes its kernel from this server."""
    return [sys.executable, "-I", "-S", str(CLIENT), str(server), "{connection_file}"]


def address(environment: dict[str, str]) -> Path:
    """Return the socket of the server for this state of source, packages and fixed environment."""
    from living_article.run.cache import digest, package_files

    packages = Path(sysconfig.get_paths()["purelib"])
    state = [
        str(CLIENT),
        sys.executable,
        sys.version,
        str(packages.stat().st_mtime_ns),
        os.environ.get("PYTHONPATH", ""),
    ]
    state += [f"{name}={value}" for name, value in sorted(environment.items())]
    return _private_folder() / f"{digest(package_files())[:_SHORT]}-{digest([], *state)[:_SHORT]}.sock"


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
            if _answers(server) or _start(server, environment):
                return server
    raise RuntimeError("no process for warm kernels could be started")


def _start(server: Path, environment: dict[str, str]) -> bool:
    """Start a server and return whether it became ready; servers of older states of the same source end."""
    for older in server.parent.glob(f"*-{server.stem.partition('-')[2]}.sock"):
        stop_serving(older)
        older.unlink(missing_ok=True)
    started = subprocess.Popen(
        [sys.executable, "-P", "-m", "living_article.run.warm", str(server)],
        env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, close_fds=True, cwd="/",
    )  # fmt: skip
    until = time.monotonic() + _START
    while time.monotonic() < until and started.poll() is None:
        if _answers(server):
            return True
        time.sleep(0.02)
    return False


def inside() -> bool:
    """Return whether this process is a command run in a fork of a server, which may not ask for another such fork."""
    return _INSIDE in os.environ


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


def _answers(server: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(server))
        return True
    return False


def preload() -> None:
    """Import what notebooks and their execution import, but not the inline backend, which has to meet its kernel."""
    for name in (*_LIBRARIES, *_EXECUTING):
        importlib.import_module(name)
    import living_article

    for part in _PARTS:
        package = importlib.import_module(f"living_article.{part}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            _try(module.name)
    for module in pkgutil.iter_modules(living_article.__path__, "living_article."):
        if module.name != "living_article.cli" and not module.ispkg:
            _try(module.name)

    _draw()


def _try(module: str) -> None:
    """Import a module of this package; one that fails is left to the notebook that needs it."""
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def _draw() -> None:
    """Draw something small once, away from pyplot, so that fonts are found and read before the fork."""
    import io

    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from living_article.display import theme

    with rc_context():
        theme.use()
        figure = Figure(layout="constrained")
        axes = figure.add_subplot(xlabel="x", ylabel="y", title="title")
        axes.semilogx([1, 10], [1, 2], label="line")
        axes.legend()
        axes.text(1, 1, "bold", fontweight="bold")
        axes.text(1, 1, "italic", style="italic")
        figure.savefig(io.StringIO(), format="svg", bbox_inches="tight")


def main(server: str) -> None:
    """Serve until idle: import everything, then fork a kernel for every client."""
    from living_article.run.cache import digest, package_files

    preload()
    gc.collect()
    gc.freeze()  # forks need not look through what was imported, nor copy its memory, when they collect garbage
    if not Path(server).name.startswith(digest(package_files())[:_SHORT]):
        return  # the source was changed meanwhile, so that this process is of no known state
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{server}.new")  # in a folder of this user alone
    listener.listen(64)
    Path(f"{server}.new").rename(server)  # it appears when it is ready
    listener.settimeout(5)
    kernels: set[int] = set()
    idle = time.monotonic()
    while time.monotonic() - idle < IDLE:
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

    os.environ[_INSIDE] = "yes"
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
    os.environ.pop(_INSIDE, None)
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
