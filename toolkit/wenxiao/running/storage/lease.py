"""The lock of an object store: an object that says who holds the store and until when, written anew while the run lives.

What it can do, and what not:

* Made only where there is none. S3 (If-None-Match) and file systems decide that themselves; where a store can't, two
  runs that start within the same second are told apart by reading back after ``SETTLE``.
* A run that was killed on this host is seen to be gone at once; on another host when its lease has run out, ``LEASE``
  seconds after its last sign of life. The machines' clocks may differ by ``LEASE - RENEW`` seconds at most.
* A run cut off for longer than its lease may lose the store to another. It is told at its end; both runs place the
  same bytes for the same facts, so that no report is torn, but each may make what the other has made.
"""

import contextlib
import threading
import time
import uuid
from dataclasses import replace
from typing import Any, Final

from wenxiao.running.storage.base import StoreError
from wenxiao.running.storage.holders import Holder, LockedError
from wenxiao.words import Words

LEASE: Final = 180.0
"""Seconds a lock outlives the last sign of life of its run."""
RENEW: Final = 30.0
"""Seconds between two signs of life."""
SETTLE: Final = 1.0
"""Seconds after which a lock is read back."""


class Lease:
    """The lock object ``path`` of the store that users know as ``place``, from now until ``release``.

    Raises:
        LockedError: another run holds it.
    """

    def __init__(self, fs: Any, path: str, place: str):
        self._fs, self._path, self._place = fs, path, place
        self._mine = Holder.here(uuid.uuid4().hex, time.time() + LEASE)
        self._take()
        self._signs = _SignsOfLife(fs, path, self._mine)
        self._signs.start()

    def _take(self) -> None:
        if not _made(self._fs, self._path, self._mine):
            other = _read(self._fs, self._path)
            if other and not other.is_gone():
                raise LockedError(self._place, other)
            _remove(self._fs, self._path)
            if not _made(self._fs, self._path, self._mine):
                raise LockedError(self._place, _read(self._fs, self._path))
        time.sleep(SETTLE)
        if not _is(found := _read(self._fs, self._path), self._mine):
            raise LockedError(self._place, found)

    def release(self) -> None:
        """Give the store free.

        Raises:
            StoreError: another run has taken it over meanwhile.
        """
        self._signs.stop()
        if not _is(_read(self._fs, self._path), self._mine):
            raise StoreError(_lost(self._place))
        _remove(self._fs, self._path)


def _made(fs: Any, path: str, holder: Holder) -> bool:
    """Make the lock unless there is one; tell whether it was made."""
    fs.invalidate_cache()
    if fs.exists(path):  # asked first: not every store can refuse by itself
        return False
    try:
        fs.pipe_file(path, holder.text().encode(), mode="create")
    except FileExistsError:
        return False
    except OSError:  # S3 refuses with an error of no special kind
        fs.invalidate_cache()
        if fs.exists(path):
            return False
        raise
    return True


def _read(fs: Any, path: str) -> Holder | None:
    try:
        return Holder.read(fs.cat_file(path))
    except FileNotFoundError:
        return None


def _remove(fs: Any, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        fs.rm_file(path)


def _is(found: Holder | None, mine: Holder) -> bool:
    return found is not None and found.token == mine.token


class _SignsOfLife(threading.Thread):
    """Writes the lock anew while its run lives; stops when somebody else has it."""

    def __init__(self, fs: Any, path: str, mine: Holder):
        super().__init__(name="wenxiao-lease", daemon=True)
        self._fs, self._path, self._mine = fs, path, mine
        self._ended = threading.Event()

    def run(self) -> None:
        """Sign until it is stopped."""
        while not self._ended.wait(RENEW):
            with contextlib.suppress(
                Exception
            ):  # a store out of reach for a while: the next sign may come through
                if not _is(_read(self._fs, self._path), self._mine):
                    return
                renewed = replace(self._mine, until=time.time() + LEASE)
                self._fs.pipe_file(self._path, renewed.text().encode())

    def stop(self) -> None:
        """End it, and wait until it writes no more."""
        self._ended.set()
        self.join()


def _lost(place: str) -> Words:
    return Words(
        f"与 {place} 断开太久，另一次运行已接管。请等它结束后再运行一次：已完成的会跳过。",
        f"{place} was out of reach for too long, and another run took over. Run again when it has ended: "
        "what is done is skipped.",
    )
