"""Start and end a kernel without idle waiting.

`jupyter_client` waits a fifth of a second after a kernel has answered, for messages that may be left over, and looks
every tenth of a second whether a kernel that was killed is gone. A short notebook on a warm kernel spends a quarter of
its time there.
"""

from __future__ import annotations

import asyncio
import time
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

_ANSWER = 1.0  # seconds to wait for an answer before asking again
_POLL = 0.005  # seconds between two looks at a kernel that was killed


class PromptClient(AsyncKernelClient):
    """A client that is ready once the kernel has answered on both channels."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ask the kernel for its description until answers come; RuntimeError if it dies or takes too long.

        Messages left over from this need no flushing: nbclient passes over all that do not answer its own requests.
        """
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._answers(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self, request: str) -> bool:
        """Return whether a request is answered in time, and its state announced: both channels are then connected."""
        channels = (self.get_shell_msg, self.get_iopub_msg)
        heard = await asyncio.gather(*(self._hears(channel, request) for channel in channels))
        return all(heard)

    async def _hears(self, channel, request: str) -> bool:
        until = time.monotonic() + _ANSWER
        while (left := until - time.monotonic()) > 0:
            try:
                message = await channel(timeout=left)
            except Empty:
                return False
            if message["parent_header"].get("msg_id") == request:
                return True
        return False


class PromptManager(AsyncKernelManager):
    """A manager that notices at once when a kernel it killed is gone."""

    client_factory = Type(PromptClient)

    async def _async_wait(self, pollinterval: float = _POLL) -> None:
        await super()._async_wait(pollinterval)
