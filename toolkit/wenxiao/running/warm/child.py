"""A fork of the zygote becomes an ordinary kernel: everything that must not be shared is made anew."""

import contextlib
import ctypes
import decimal
import importlib.util
import os
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any, Final, cast

PR_SET_PDEATHSIG: Final = 1
STREAMS: Final = "wenxiao.running.warm.streams.QuietStream"


@dataclass(frozen=True)
class Order:
    """One kernel as the owner asked for it: the request, and descriptors for its answer, its stdout and stderr."""

    request: dict[str, Any]
    channel: int
    out: int
    err: int


def become_kernel(order: Order, zygote: int) -> None:
    """Be the ordered kernel until its shutdown; the answer ``{"pid": …}`` goes out once signals may come."""
    _die_with(zygote)
    os.setsid()
    _take_streams(order)
    _take_surroundings(order.request)
    _forget_shared_state()
    with socket.socket(fileno=order.channel) as channel:
        channel.send(b'{"pid": %d}' % os.getpid())
    _launch(order.request["cmd"], zygote)


def _die_with(zygote: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:  # it died before the line above
        os._exit(1)


def _take_streams(order: Order) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (order.out, 1), (order.err, 2)):
        os.dup2(source, target)
        os.close(source)


def _take_surroundings(request: dict[str, Any]) -> None:
    os.chdir(request["cwd"])
    os.environ.update(request["env"])
    sys.orig_argv = list(request["cmd"])
    limit(0, request["memory"], request["file"])


def limit(pid: int, memory: int, file: int = 0) -> None:
    """Let a process (0: this one) hold at most so many bytes of memory, and write no longer file. 0: no limit.

    More is a MemoryError, or an OSError, in the cell. Counted is the memory a process writes (RLIMIT_DATA), not address
    space: libraries reserve much more than they use.
    """
    import resource

    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, file)):
        if most:
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                _, hard = resource.prlimit(pid, kind)
                least = (
                    most if hard == resource.RLIM_INFINITY else min(most, hard)
                )  # only root may raise a limit
                resource.prlimit(pid, kind, (least, least))


def _forget_shared_state() -> None:
    """Make anew what the zygote's imports have used up; Python's own ``random`` does it by itself."""
    decimal.setcontext(decimal.DefaultContext)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _launch(cmd: list[str], zygote: int) -> None:
    """Do what ``python -m ipykernel_launcher …`` does."""
    from ipykernel.kernelapp import IPKernelApp

    found = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [cast(str, found.origin) if found else cmd[2], *cmd[3:]]
    # ipykernel reads at import whose child it is, which was too early here.
    ours = [f"--IPKernelApp.parent_handle={zygote}", f"--IPKernelApp.outstream_class={STREAMS}"]
    IPKernelApp.launch_instance(argv=[*cmd[3:], *ours])
