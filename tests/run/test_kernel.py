"""Kernels start and end without idle waiting, and one that dies at its start is noticed."""

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from jupyter_client.kernelspec import KernelSpec

from living_article.run.kernel import PromptClient, PromptManager

FRESH = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def manager(command: list[str], folder) -> PromptManager:
    found = PromptManager(transport="ipc", ip=str(folder / "kernel"), connection_file=str(folder / "kernel.json"))
    found._kernel_spec = KernelSpec(argv=command, display_name="Python", language="python")
    return found


def run(coroutine):
    """Run in a thread of its own: a browser of other tests leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(asyncio.wait_for(coroutine, 90))).result()


def test_a_kernel_is_ready_answers_and_is_gone(tmp_path):
    async def session():
        kernels = manager(FRESH, tmp_path)
        await kernels.start_kernel()
        client = kernels.client()
        assert isinstance(client, PromptClient)
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        request, shown = client.execute("print(6 * 7)"), ""
        while not shown:
            message = await client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
                shown = message["content"]["text"]
        client.stop_channels()
        process = kernels.provisioner.process
        begun = time.monotonic()
        await kernels.shutdown_kernel(now=True)
        assert process.poll() is not None, "the kernel still runs"
        return shown, time.monotonic() - begun

    shown, took = run(session())
    assert shown == "42\n"
    assert took < 5


def wait(code: str, folder, timeout: float) -> None:
    """Start a process that is no kernel, and wait until it is ready."""

    async def session():
        kernels = manager([sys.executable, "-c", code], folder)
        await kernels.start_kernel()
        client = kernels.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=timeout)
        finally:
            client.stop_channels()
            await kernels.shutdown_kernel(now=True)

    run(session())


def test_a_kernel_that_dies_at_its_start_is_an_error(tmp_path):
    with pytest.raises(RuntimeError, match="died"):
        wait("raise SystemExit(3)", tmp_path, timeout=60)


def test_a_kernel_that_never_answers_takes_too_long(tmp_path):
    with pytest.raises(RuntimeError, match="didn't respond"):
        wait("import time; time.sleep(60)", tmp_path, timeout=0.1)
