"""Jupyter's extension point: a kernel forked from a zygote where that can be had, an ordinary one everywhere else."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Int, List, Unicode

from wenxiao.running.warm.child import limit
from wenxiao.running.warm.owner import LIBRARIES, ZYGOTES, Hold, Key, NoZygoteError, of_one_kernel

PATIENCE: Final = 60
"""Seconds a zygote may take to import everything and give its first kernel."""
LAUNCHER: Final = ["-m", "ipykernel_launcher"]
UNDERSTOOD: Final = {"env", "cwd", "stdout", "stderr", "kernel_id", "extra_arguments"}
"""What a forked kernel can be given of all that ``Popen`` takes; the last two LocalProvisioner ignores too."""


class ForkedKernel:
    """For a forked kernel what ``subprocess.Popen`` is for an ordinary one: the part that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, channel: socket.socket):
        self.pid = pid
        self.returncode: int | None = None
        self._channel = channel

    def poll(self) -> int | None:
        """Give the exit code, or None while the kernel runs."""
        if self.returncode is None:
            try:
                answer = self._channel.recv(64)
            except BlockingIOError:
                return None
            except OSError:
                answer = b""
            if not answer:  # the zygote is gone; its kernels are too, but not what they had started
                self.send_signal(signal.SIGKILL)
            self.returncode = json.loads(answer)["exit"] if answer else -signal.SIGKILL
            self._channel.close()
        return self.returncode

    def wait(self) -> int | None:
        """Give the exit code of a kernel that has ended."""
        return self.poll()

    async def ended(self, seconds: float) -> None:
        """Wait for the end, at most so many seconds: Jupyter itself looks only every tenth of a second."""
        end = time.monotonic() + seconds
        while self.poll() is None and time.monotonic() < end:
            await asyncio.sleep(0.003)

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and all it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from a zygote that has imported everything; falls back to an ordinary kernel, never to an error."""

    memory_limit = Int(
        4 * 2**30, help="Most bytes of memory a kernel may hold; more is a MemoryError in the cell. 0: no limit. Linux."
    ).tag(config=True)  # fmt: skip

    file_limit = Int(2**28, help="Most bytes of a file that a kernel may write. 0: no limit. Linux.").tag(
        config=True
    )

    libraries = List(
        Unicode(), list(LIBRARIES), help="Libraries that a kernel is born with, besides those a report needs. Linux."
    ).tag(config=True)  # fmt: skip

    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch a kernel, warm if it can be; give its connection info."""
        kernel = await self._fork(cmd, kwargs)
        if kernel is None:
            info = await super().launch_kernel(cmd, **kwargs)
            if sys.platform == "linux":
                limit(self.process.pid, self.memory_limit, self.file_limit)
            return info
        self.process = kernel
        self.pid = self.pgid = kernel.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
        environment = kwargs.get("env") or dict(os.environ)
        cwd = str(Path(kwargs.get("cwd") or Path.cwd()).absolute())
        if reason := ordinary_because(cmd, environment, kwargs):
            self.log.info("An ordinary kernel is started: %s", reason)
            return None
        mine = of_one_kernel(environment) | {"JPY_PARENT_PID": str(os.getpid())}
        request = {"cmd": cmd, "cwd": cwd, "env": mine, "memory": self.memory_limit, "file": self.file_limit}
        for _ in range(2):  # a zygote may have died since it gave its last kernel
            try:
                hold = ZYGOTES.get(Key.of(cmd[0], environment, self.libraries))
                return await _ordered(hold, request, kwargs)
            except (NoZygoteError, OSError) as error:
                self.log.info("No warm kernel: %s", error)
        return None

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and all it has started."""
        await super().kill(restart)
        await self._forked_end(2)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait a moment for a kernel that was asked to end."""
        await self._forked_end(1)

    async def _forked_end(self, seconds: float) -> None:
        if isinstance(self.process, ForkedKernel):
            await self.process.ended(seconds)


def ordinary_because(cmd: list[str], environment: Mapping[str, str], kwargs: Mapping[str, Any]) -> str | None:
    """Say why a zygote can't give exactly this kernel; None when it can."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "warm kernels need Linux"
    if not Path(cmd[0]).is_absolute() or cmd[1:3] != LAUNCHER:
        return "the kernelspec asks for another command"
    if special := set(kwargs) - UNDERSTOOD:
        return f"it was asked for with {', '.join(sorted(special))}"
    if not all(Path(p).is_absolute() for p in environment.get("PYTHONPATH", "/").split(os.pathsep)):
        return "PYTHONPATH names folders by where the kernel starts"
    return None


async def _ordered(hold: Hold, request: dict[str, Any], kwargs: Mapping[str, Any]) -> ForkedKernel:
    """Order a kernel and wait until it takes signals.

    Raises:
        NoZygoteError: when there is no answer, or the kernel ended before it began.
    """
    streams = (_descriptor(kwargs.get(name), own) for name, own in (("stdout", 1), ("stderr", 2)))
    channel = hold.order(request, *streams)
    try:
        answer = await _answer(channel)
    except EOFError:
        hold.is_broken = True
        answer = {"no": hold.last_words()}
    except TimeoutError:
        hold.give_up()
        answer = {"no": "it took too long"}
    if "pid" not in answer:
        channel.close()
        raise NoZygoteError(answer.get("no", "the kernel ended before it began"))
    hold.has_served = True
    return ForkedKernel(answer["pid"], channel)


async def _answer(channel: socket.socket) -> dict[str, Any]:
    """Give the first answer.

    Raises:
        EOFError: when the zygote is gone.
        TimeoutError: when there is none for too long.
    """
    loop = asyncio.get_running_loop()
    try:
        data = await asyncio.wait_for(loop.sock_recv(channel, 1024), PATIENCE)
    except ConnectionError as error:
        raise EOFError from error
    if not data:
        raise EOFError
    answer: dict[str, Any] = json.loads(data)
    return answer


def _descriptor(given: Any, own: int) -> int:
    if given is None:
        return own
    return given if isinstance(given, int) else int(given.fileno())
