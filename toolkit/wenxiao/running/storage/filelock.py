"""The lock of a folder: the operating system's own on one file, so that it ends with its process, however that ends.

The file says who holds it. It is removed at the end; one that is left belongs to a run that was killed: on this host
the system knows that it is gone, and the lock is taken over. A file left by another host is believed: the folder may
be on a network drive whose locks do not reach from host to host.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wenxiao.running.storage.base import StoreError
from wenxiao.running.storage.holders import Holder, LockedError
from wenxiao.words import Words

_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_FAR: Final = 2**30
"""Windows locks bytes, and a locked byte can't be read: one far behind the text is taken."""


@contextlib.contextmanager
def file_lock(path: Path, place: str) -> Iterator[None]:
    """Hold the lock ``path`` of the folder that users know as ``place``.

    Raises:
        LockedError: another run holds it.
    """
    descriptor = _opened(path, place)
    try:
        _write_holder(descriptor, path, place)
    except BaseException:
        os.close(descriptor)
        raise
    try:
        yield
    finally:
        _release(descriptor, path)


def _release(descriptor: int, path: Path) -> None:
    """Remove the file while it is still locked, so that nobody locks a file that goes; Windows removes closed ones only."""
    if sys.platform == "win32":
        os.close(descriptor)
    with contextlib.suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(descriptor)


def _opened(path: Path, place: str) -> int:
    """Open and lock the file; again when its last holder removed it in between."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor)
            if _is_still(path, descriptor):
                return descriptor
        except OSError as error:
            holder = Holder.read(path.read_bytes()) if path.exists() else None
            os.close(descriptor)
            if error.errno in _TAKEN:
                raise LockedError(place, holder) from None
            raise StoreError(_no_locks(place, error)) from error
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write_holder(descriptor: int, path: Path, place: str) -> None:
    left = Holder.read(os.read(descriptor, 4096))
    if left and not left.is_of_this_host:
        raise LockedError(place, left, _left_elsewhere(left.host, path))
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, Holder.here().text().encode())


def _left_elsewhere(host: str, path: Path) -> Words:
    return Words(
        f"请等它结束；如果确知主机 {host} 上已没有这个运行，请删除文件 {path}。",
        f"Wait until it ends; if you know that host {host} runs it no more, delete the file {path}.",
    )


def _no_locks(place: str, error: OSError) -> Words:
    return Words(
        f"{place} 所在的磁盘不支持加锁（{error.strerror}）。请用 -o 把报告放到别的磁盘。",
        f"The disk of {place} has no locks ({error.strerror}). Put the reports on another disk with -o.",
    )
