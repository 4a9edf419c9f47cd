"""The zygote: a process of one thread that has imported everything and forks a kernel for each order. Linux only.

Standard input is a socket to the owner. An order is one message with three descriptors: a channel, stdout and stderr
of the new kernel. On the channel the kernel answers ``{"pid": N}``; when it ends, the zygote sends ``{"exit": N}``.
The owner lets go of a channel: that kernel ends. The owner is gone: all end, however it went. A zygote that can't
serve says why on standard input before it ends.
"""

import contextlib
import gc
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
SETTINGS: Final = ("matplotlibrc",)
"""Files which a library reads, while it is imported, from the folder it is imported in."""


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
        self._imported = {name.partition(".")[0] for name in sys.modules}
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
        elif len(descriptors) == 3:
            return Order(request, *descriptors)
        for descriptor in descriptors:  # some were lost, because this process may open no more
            os.close(descriptor)
        return None

    def _fork(self, order: Order) -> bool:
        channel = socket.socket(fileno=order.channel)
        pid = None
        if name := self._shadowed(order.request["cwd"]):
            channel.send(json.dumps({"no": f"{name} in the kernel's folder"}).encode())
        else:
            try:
                pid = os.fork()
            except OSError as error:  # no memory, or too many processes
                channel.send(json.dumps({"no": str(error)}).encode())
        if pid == 0:
            channel.detach()
            self._let_go()
            return True
        os.close(order.out)
        os.close(order.err)
        if pid is None:
            channel.close()
        else:
            self._watch(Kernel(pid, os.pidfd_open(pid), channel))
        return False

    def _shadowed(self, folder: str) -> str | None:
        """Give what an ordinary kernel would load from its own folder instead of what is imported here."""
        with contextlib.suppress(OSError):
            for path in Path(folder).iterdir():
                stem, dot, _ = path.name.partition(".")
                is_module = path.suffix in (".py", ".so") if dot else (path / "__init__.py").is_file()
                if path.name in SETTINGS or (is_module and stem in self._imported):
                    return path.name
        return None

    def _watch(self, kernel: Kernel) -> None:
        self._kernels.append(kernel)
        self._poll.register(kernel.end, select.POLLIN)
        self._poll.register(kernel.channel, select.POLLIN)

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
        try:
            gc.disable()  # there is next to no garbage in imports
            preload(sys.argv[1:])
            gc.enable()
        except Exception as error:
            owner.send(f"{type(error).__name__}: {error}".encode())
            raise
        order = Zygote(owner).serve()
    if order is None:
        os._exit(0)
    become_kernel(order, zygote)


if __name__ == "__main__":
    main()
