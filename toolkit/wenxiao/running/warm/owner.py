"""The owner's side: one zygote for each state of code and environment, started when first needed, gone with its owner."""

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
import sysconfig
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from wenxiao.running.places import PACKAGE

MODULE: Final = "wenxiao.running.warm.zygote"
OF_ONE_KERNEL: Final = ("JPY_", "KERNEL_", "PWD", "OLDPWD")
"""Beginnings of variables that are set for one kernel; all others are the zygote's, read when libraries load."""

LIBRARIES: Final = ("pandas",)
"""What a kernel is born with besides what a report needs, unless its owner knows better."""


class NoZygoteError(RuntimeError):
    """No warm kernel can be had here; an ordinary one can."""


def of_one_kernel(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that a zygote may not have, because they differ from kernel to kernel."""
    return {name: value for name, value in environment.items() if name.startswith(OF_ONE_KERNEL)}


@dataclass(frozen=True)
class Key:
    """What a zygote was started for: when any of it changes, the next kernel needs a new one."""

    owner: int
    python: str
    environment: frozenset[tuple[str, str]]
    code: tuple[int, ...]
    libraries: tuple[str, ...]

    @classmethod
    def of(cls, python: str, environment: Mapping[str, str], libraries: Iterable[str] = LIBRARIES) -> "Key":
        """Give the key as of now."""
        shared = environment.items() - of_one_kernel(environment).items()
        return cls(os.getpid(), python, frozenset(shared), _code_state(), tuple(libraries))


def _code_state() -> tuple[int, ...]:
    """Give the newest change of this package's files, and the changes of the folders libraries are installed in."""
    newest = max(
        os.stat(f"{folder}/{name}").st_mtime_ns  # noqa: PTH116 (for every kernel; Path takes three times as long)
        for folder, _, names in os.walk(PACKAGE)
        for name in names
        if not name.endswith(".pyc")
    )
    return newest, *(Path(sysconfig.get_path(name)).stat().st_mtime_ns for name in ("purelib", "platlib"))


def started(key: Key, end: socket.socket) -> subprocess.Popen[bytes]:
    """Start a zygote that takes orders from the other end of a socket, once it has imported everything."""
    return subprocess.Popen(
        [key.python, "-m", MODULE, *key.libraries],
        stdin=end.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=dict(key.environment),
        start_new_session=True,  # Ctrl-C in a terminal is the owner's affair
    )


def socketpair() -> tuple[socket.socket, socket.socket]:
    """Give two ends of a connection that keeps messages apart."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


@dataclass(eq=False)
class Hold:
    """A hold on one zygote; when the last who holds it lets go, it ends with its kernels.

    ``process`` is None where another process of the batch has started it.
    """

    process: subprocess.Popen[bytes] | None
    control: socket.socket
    has_served: bool = False
    is_broken: bool = False
    """It is gone, though the system may not say so yet."""

    @classmethod
    def start(cls, key: Key) -> "Hold":
        """Start a zygote; it answers orders once it has imported everything."""
        ours, theirs = socketpair()
        with theirs:
            return cls(started(key, theirs), ours)

    @property
    def is_alive(self) -> bool:
        """Tell whether the zygote runs, or will when it gets an order."""
        if self.is_broken:
            return False
        if self.process is not None:
            return self.process.poll() is None
        poll = select.poll()
        poll.register(self.control, 0)
        return not poll.poll(0)

    def order(self, request: dict[str, Any], out: int, err: int) -> socket.socket:
        """Send an order; give the channel on which the kernel's answers come."""
        ours, theirs = socketpair()
        with theirs:
            try:
                socket.send_fds(self.control, [json.dumps(request).encode()], [theirs.fileno(), out, err])
            except OSError as error:  # a lost connection is its fault, a closed stdout of ours is not
                self.is_broken = isinstance(error, ConnectionError)
                ours.close()
                raise NoZygoteError(f"the zygote takes no orders: {error}") from error
        ours.setblocking(False)
        return ours

    def last_words(self) -> str:
        """Give why it is gone, if it could say so."""
        for _ in range(2):  # the first answer may be that the connection was reset
            with contextlib.suppress(OSError):
                return self.control.recv(1024, socket.MSG_DONTWAIT).decode() or "it ended"
        return "it ended"

    def retire(self) -> None:
        """Let it end with the last of its kernels; one that others hold as well has theirs still to come."""
        if self.process is not None:
            with contextlib.suppress(OSError):
                self.control.send(b"null")

    def give_up(self) -> None:
        """Count it as gone, because it does not answer."""
        self.is_broken = True
        if self.process is not None:
            self.process.kill()

    def let_go(self, seconds: float = 2) -> None:
        """End the zygote and its kernels, or only our part in it."""
        self.control.close()
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:  # still importing
            self.process.kill()
            self.process.wait()


class Zygotes:
    """The zygotes of this process: at most one in service; retired ones until their kernels have ended."""

    def __init__(self) -> None:
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._lock = threading.Lock()
        self._key: Key | None = None
        self._hold: Hold | None = None
        self._retired: list[Hold] = []
        self._hopeless: Key | None = None

    def get(self, key: Key) -> Hold:
        """Give the zygote for a key, a new one if need be.

        Raises:
            NoZygoteError: when one for this key has failed before it gave a single kernel.
        """
        with self._lock:
            self._sweep()
            if self._hold is None or self._key != key or not self._hold.is_alive:
                self._replace(key)
            assert self._hold is not None
            return self._hold

    def adopt(self, key: Key, control: socket.socket) -> None:
        """Use the zygote of a batch for kernels that its key fits."""
        with self._lock:
            self._key = replace(key, owner=os.getpid())
            self._hold = Hold(None, control, has_served=True)

    def _replace(self, key: Key) -> None:
        if self._hold is not None:
            if self._key == key and not self._hold.has_served:
                self._hopeless = key
            self._hold.retire()
            self._retired.append(self._hold)
            self._hold = None
        if key == self._hopeless:
            raise NoZygoteError("it has failed before")
        self._key, self._hold = key, Hold.start(key)

    def _sweep(self) -> None:
        for hold in [h for h in self._retired if not h.is_alive]:
            hold.let_go()
            self._retired.remove(hold)

    @property
    def _holds(self) -> list[Hold]:
        return [*self._retired, *([self._hold] if self._hold else [])]

    def let_go(self) -> None:
        """End all zygotes of this process and their kernels."""
        with self._lock:
            for hold in self._holds:
                hold.let_go()
        self._start_afresh()

    def forget(self) -> None:
        """In a fork of the owner: the zygotes are the parent's, and must not outlive it on our account."""
        for hold in self._holds:
            hold.control.close()
        self._start_afresh()


ZYGOTES: Final = Zygotes()
atexit.register(ZYGOTES.let_go)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=ZYGOTES.forget)
