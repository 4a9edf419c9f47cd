"""Who holds a store: what is written into its lock, and what is said to the second comer."""

import contextlib
import datetime as dt
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass

from wenxiao.running.storage.base import StoreError
from wenxiao.words import Words


@dataclass(frozen=True)
class Holder:
    """One run that holds a store. ``since`` is a UTC time; ``until`` (epoch seconds) ends a lease, 0: there is none."""

    host: str
    pid: int
    since: str
    token: str = ""
    until: float = 0

    @classmethod
    def here(cls, token: str = "", until: float = 0) -> "Holder":
        """Give this process as a holder from now on."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return cls(socket.gethostname(), os.getpid(), now, token, until)

    @classmethod
    def read(cls, text: str | bytes) -> "Holder | None":
        """Give the holder written in a lock, or None when nothing legible is."""
        try:
            found = cls(**json.loads(text))
            return found if isinstance(found.pid, int) and isinstance(found.until, int | float) else None
        except (ValueError, TypeError):
            return None

    def text(self) -> str:
        """Give what is written into the lock."""
        return json.dumps(asdict(self)) + "\n"

    @property
    def is_of_this_host(self) -> bool:
        """Tell whether it runs, or ran, on this machine."""
        return self.host == socket.gethostname()

    def is_gone(self) -> bool:
        """Tell whether it certainly holds no more: dead on this host, or its lease has run out."""
        if self.is_of_this_host and not lives(self.pid):
            return True
        return 0 < self.until < time.time()


def lives(pid: int) -> bool:
    """Tell whether a process of this host may still be alive; where there is no asking without harm, it may."""
    if sys.platform == "win32":  # os.kill(pid, 0) would end it there
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class LockedError(StoreError):
    """Another run holds the store."""

    def __init__(self, place: str, holder: Holder | None, remedy: Words | None = None):
        super().__init__(_said(place, holder, remedy or _WAIT))
        self.holder = holder
        self._arguments = (place, holder, remedy)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), self._arguments


_WAIT = Words(
    "请等它结束；或者用 -o 另选一个报告文件夹。", "Wait until it ends, or choose another folder with -o."
)


def _said(place: str, holder: Holder | None, remedy: Words) -> Words:
    who = Words("另一次运行", "another run")
    if holder:
        zh = f"另一次运行（主机 {holder.host}，进程 {holder.pid}，自 {_local(holder.since)} 起）"
        who = Words(
            zh, f"another run (host {holder.host}, process {holder.pid}, since {_local(holder.since)})"
        )
    return Words(f"{place} 正由{who}使用。{remedy.zh}", f"{place} is in use by {who.en}. {remedy.en}")


def _local(since: str) -> str:
    """Give a time as the user's own clock shows it."""
    with contextlib.suppress(ValueError):
        return dt.datetime.fromisoformat(since).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return since
