"""Kernel manager and client of a batch: sockets of its own for each kernel, no fixed wait at its start.

With TCP, kernels started at once race for ports; with ipc's default paths, kernels of one folder collide.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar, Final

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_async
from traitlets import Type, default

KERNELS: Final = Path(__file__).parent / "kernels"
MOST_OUTPUT: Final = 32 * 2**20


class BoundedChannel(AsyncZMQSocketChannel):
    """The channel on which a kernel's outputs come, up to :data:`MOST_OUTPUT` bytes: the owner's memory stays its own.

    A kernel that says more is killed, and nothing of it is read any longer: nbclient then finds it dead.
    """

    received = 0
    manager: "ReportKernelManager"

    async def get_msg(self, timeout: float | None = None) -> Any:  # type: ignore[override]
        """Give the next message; one that is waited for without end needs no look whether it is there."""
        return await (self._recv() if timeout is None else super().get_msg(timeout))

    async def _recv(self, **kwargs: Any) -> Any:  # type: ignore[override]
        frames = await self.socket.recv_multipart(**kwargs)
        self.received += sum(map(len, frames))
        if self.received > MOST_OUTPUT:
            self.manager.overflows.append(self.received)
            await self.manager.signal_kernel(signal.SIGKILL)
            await asyncio.Event().wait()
        _, message = self.session.feed_identities(frames)
        return self.session.deserialize(message)


class PromptClient(AsyncKernelClient):
    """A client that is ready when the kernel is: the stock one then listens 0.2 s longer to see that all is quiet."""

    iopub_channel_class = Type(BoundedChannel)

    @default("context")
    def _default_context(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        # Milliseconds until it looks again for a kernel that is not there yet; stock: 100.
        context.setsockopt(zmq.RECONNECT_IVL, 10)
        return context

    @property
    def iopub_channel(self) -> Any:
        """The channel of outputs, which knows whose kernel it listens to."""
        channel = super().iopub_channel
        channel.manager = self.parent
        return channel

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (timeout or 60)
        while not await self._answers():
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _answers(self) -> bool:
        """Ask once; what was asked comes back on shell, and one message on iopub proves that it is connected."""
        self.kernel_info()
        try:
            reply = await ensure_async(self.shell_channel.get_msg(timeout=1))
            if reply["msg_type"] != "kernel_info_reply":
                return False
            await ensure_async(self.iopub_channel.get_msg(timeout=0.2))
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


class PackageKernelSpecs(KernelSpecManager):
    """The installed kernelspecs, and last this package's own: found too where only the package has been copied."""

    @default("kernel_dirs")
    def _default_kernel_dirs(self) -> list[str]:
        return [*self._kernel_dirs_default(), str(KERNELS)]


class ReportKernelManager(AsyncKernelManager):
    """Kernels with prompt clients; where the system has ipc, over sockets in a private folder.

    The folder goes with the manager; its name is short, because a socket's path may hold 107 bytes.
    """

    overflows: ClassVar[list[int]] = []
    """Bytes at which a kernel of this class was stopped for saying too much; see :meth:`counting`."""

    client_class = f"{__name__}.PromptClient"
    client_factory = PromptClient

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._folder = tempfile.TemporaryDirectory(prefix="wx-", ignore_cleanup_errors=True)
        if sys.platform != "win32":
            self.transport = "ipc"
            self.ip = f"{self._folder.name}/k"

    @classmethod
    def counting(cls) -> "type[ReportKernelManager]":
        """Give a class of its own to one run, so that its caller learns why a kernel was stopped."""
        return type(cls.__name__, (cls,), {"overflows": []})

    @property
    def ipykernel(self) -> bool:
        """Tell nbclient that these are Python's own kernels: it keeps their history in memory, not in a shared file."""
        return True

    @default("kernel_spec_manager")
    def _default_kernel_spec_manager(self) -> KernelSpecManager:
        return PackageKernelSpecs(parent=self)

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        # What the kernel process itself says (start-up notices, signals at shutdown) is no message to a user; what a
        # cell says comes over its own channel.
        with (Path(self._folder.name) / "log").open("ab") as log:
            kw.setdefault("stderr", os.dup(log.fileno()))
        self._stderr: int = kw["stderr"]
        return await super()._async_pre_start_kernel(**kw)

    async def _async_post_start_kernel(self, **kw: Any) -> None:
        os.close(self._stderr)  # the kernel has its own copy
        await super()._async_post_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel
    post_start_kernel = _async_post_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart:
            self._folder.cleanup()

    cleanup_resources = _async_cleanup_resources
