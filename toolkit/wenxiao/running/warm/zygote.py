"""The zygote: a process of one thread that has imported everything and forks a kernel for each order. Linux only.

Standard input is a socket to the owner. An order is one message with three descriptors: a channel, stdout and stderr
of the new kernel. On the channel the kernel answers ``{"pid": N}``; when it ends, the zygote sends ``{"exit": N}``.
The owner lets go of a channel: that kernel ends. The owner is gone: all end, however it went.
"""

import contextlib
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wenxiao.running.warm.child import Order, become_kernel

LARGEST: Final = 65536
"""Bytes of a message; an order has a command line and a handful of variables."""


@dataclass(frozen=True)
class Kernel:
    """A forked kernel: its process, a descriptor that tells of its end, and the channel to its owner."""

    pid: int
    end: int
    channel: socket.socket

    def kill(self) -> None:
        """End the kernel and all it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):  # before setsid it leads no group yet
            os.kill(self.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Take the exit code, tell the owner, end what the kernel left behind."""
        self.kill()  # the dead kernel still holds the group's number, so it can't be another's
        _, status = os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            self.channel.send(b'{"exit": %d}' % os.waitstatus_to_exitcode(status))
        self.close()

    def close(self) -> None:
        """Let go of both descriptors."""
        self.channel.close()
        os.close(self.end)


class Zygote:
    """The serving part: what runs, and what to listen to."""

    def __init__(self, owner: socket.socket):
        self._owner = owner
        self._kernels: list[Kernel] = []
        self._retired = False
        self._poll = select.poll()
        self._poll.register(owner, select.POLLIN)

    def serve(self) -> Order | None:
        """Fork until the owner is gone; in a new child give its order, in the zygote itself None."""
        while self._kernels or not self._retired:
            ready = {descriptor for descriptor, _ in self._poll.poll()}
            for kernel in [k for k in self._kernels if k.end in ready]:
                self._bury(kernel)
            for kernel in [k for k in self._kernels if k.channel.fileno() in ready]:
                self._poll.unregister(kernel.channel)
                kernel.kill()
            if self._owner.fileno() in ready:
                try:
                    order = self._receive()
                except EOFError:
                    break
                if order and self._fork(order):
                    return order
        for kernel in self._kernels:
            kernel.kill()
        return None

    def _receive(self) -> Order | None:
        data, descriptors, _, _ = socket.recv_fds(self._owner, LARGEST, 3, socket.MSG_CMSG_CLOEXEC)
        if not data:
            raise EOFError
        request = json.loads(data)
        if request is None:
            self._retired = True
            return None
        return Order(request, *descriptors)

    def _fork(self, order: Order) -> bool:
        pid = os.fork()
        if pid == 0:
            self._let_go()
            return True
        for descriptor in (order.out, order.err):
            os.close(descriptor)
        kernel = Kernel(pid, os.pidfd_open(pid), socket.socket(fileno=order.channel))
        self._kernels.append(kernel)
        self._poll.register(kernel.end, select.POLLIN)
        self._poll.register(kernel.channel, select.POLLIN)
        return False

    def _let_go(self) -> None:
        """In the child: keep nothing of the owner or of the other kernels (stdin is replaced later)."""
        self._owner.detach()
        for kernel in self._kernels:
            kernel.close()

    def _bury(self, kernel: Kernel) -> None:
        self._kernels.remove(kernel)
        self._poll.unregister(kernel.end)
        with contextlib.suppress(KeyError):
            self._poll.unregister(kernel.channel)
        kernel.bury()


def main() -> None:
    """Preload, then serve; a child leaves the loop and ends as any kernel ends."""
    if sys.path and Path(sys.path[0]) == Path.cwd():  # put there by -m; a kernel adds its own folder itself
        del sys.path[0]
    from wenxiao.running.warm.preload import preload

    zygote = os.getpid()
    with socket.socket(fileno=0) as owner:
        preload()
        order = Zygote(owner).serve()
    if order:
        become_kernel(order, zygote)


if __name__ == "__main__":
    main()
