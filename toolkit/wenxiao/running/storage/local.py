"""Reports in a folder of this machine, or of a drive that several machines share.

A finished stage is written through to the disk and then renamed into place, which the file system does whole or not
at all. To replace a report takes two renames: the old one is set aside, the new one put in place. A process killed
between the two leaves the old one aside under its own address, and the next run's ``sweep`` puts it back: a reader
in that moment finds no report, never half of one.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from wenxiao.running.storage.base import LOCK, PROVENANCE, WORK, Store, is_older, new_name
from wenxiao.running.storage.filelock import file_lock

_NEW, _OLD, _PART = "new", "old", "part"
_SYNC_FOLDERS: Final = sys.platform != "win32"
"""Windows opens no folders; its file system writes renames down by itself."""


class LocalStore(Store):
    """The store of a folder."""

    def __init__(self, root: str | Path):
        self.root = Path(root).resolve()
        self._work = self.root / WORK

    @contextlib.contextmanager
    def stage(self, relative: str) -> Iterator[Path]:
        """Give a new folder on the same disk; it is gone afterwards."""
        stage = self._new(_NEW)
        stage.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def place(self, stage: Path, relative: str) -> None:
        """Put a finished stage in place; an older report stands until the new one is on the disk."""
        if stage.resolve().parent == self._work:
            self._place(stage, self.root / relative)
            return
        with self.stage(relative) as near:  # from another disk, perhaps: nothing can be renamed from there
            for path in stage.iterdir():
                shutil.copyfile(path, near / path.name)
            self._place(near, self.root / relative)

    def _place(self, stage: Path, folder: Path) -> None:
        for path in (*stage.iterdir(), stage):
            _sync(path)
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = self._set_aside(folder)
        try:
            stage.rename(folder)
        except OSError:
            if aside:
                aside.rename(folder)
            raise
        _sync(folder.parent)
        if aside:
            shutil.rmtree(self._work / aside.relative_to(self._work).parts[0], ignore_errors=True)

    def _set_aside(self, folder: Path) -> Path | None:
        """Rename a folder to ``<work>/old-…/<its place>``, so that its name says where it belongs."""
        if not folder.exists():
            return None
        aside = self._new(_OLD) / folder.relative_to(self.root)
        aside.parent.mkdir(parents=True)
        folder.rename(aside)
        return aside

    def read_bytes(self, relative: str) -> bytes:
        """Give a file's content (FileNotFoundError when there is none)."""
        return (self.root / relative).read_bytes()

    def write_bytes(self, relative: str, content: bytes) -> None:
        """Write a file aside, then rename it into place."""
        target, part = self.root / relative, self._new(_PART)
        try:
            part.write_bytes(content)
            _sync(part)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            _sync(target.parent)
        finally:
            part.unlink(missing_ok=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder; a lock whose process is gone is taken over."""
        self.root.mkdir(parents=True, exist_ok=True)
        with file_lock(self.root / LOCK, str(self.root)):
            self.since = time.time_ns()
            try:
                yield
            finally:
                self.since = None
                with contextlib.suppress(OSError):
                    self._work.rmdir()  # a worker that nobody waits for may still use it

    def sweep(self, alone: bool = False) -> None:
        """Put back what was set aside by a run that was killed, and remove what it left unfinished."""
        since = self._held(alone)
        left = [path for path in self._leftovers() if is_older(path.name, since)]
        for path in left:
            if path.name.startswith(_OLD):
                self._put_back(path)
        for path in left:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def _leftovers(self) -> list[Path]:
        return sorted(self._work.iterdir()) if self._work.is_dir() else []

    def _put_back(self, old: Path) -> None:
        for aside in old.glob("*/*"):
            folder = self.root / aside.relative_to(old)
            if not folder.exists():
                aside.rename(folder)
                _sync(folder.parent)

    def _candidates(self) -> Iterable[str]:
        found = (path.parent.relative_to(self.root) for path in self.root.glob(f"*/*/{PROVENANCE}"))
        return sorted(path.as_posix() for path in found if path.parts[0] != WORK)

    def _digests(self, relative: str, names: Iterable[str]) -> dict[str, str]:
        found = {}
        for name in names:
            with contextlib.suppress(OSError), (self.root / relative / name).open("rb") as stream:
                found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
        return found

    def _new(self, kind: str) -> Path:
        self._work.mkdir(parents=True, exist_ok=True)
        return self._work / new_name(kind)


def _sync(path: Path) -> None:
    """Have a file's content, or a folder's names, written to the disk: a power cut then finds them there."""
    is_folder = path.is_dir()
    if is_folder and not _SYNC_FOLDERS:
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
