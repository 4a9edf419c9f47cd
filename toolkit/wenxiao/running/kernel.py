"""A kernel manager whose kernels talk over Unix sockets in a private, short-named folder.

With TCP, kernels started at once race for ports; with ipc's default paths, kernels of one folder collide.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class PrivateKernelManager(AsyncKernelManager):
    """An ordinary kernel over ipc; the folder goes with the manager (a socket's path may hold 107 bytes)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._folder = tempfile.TemporaryDirectory(prefix="wx-")
        self.transport = "ipc"
        self.ip = f"{self._folder.name}/k"

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
