"""The files of a site, written one by one and only where they differ; their hashes; what is left over goes.

A file is written aside and renamed into place, a report's folder likewise as a whole. Nothing is forced to the disk
file by file: the mark of :mod:`state` says until the end that this has not been done yet.
"""

import contextlib
import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wenxiao.running.storage import LocalStore
from wenxiao.running.storage.base import WORK, digest, new_name

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
OWN: Final = ("list", "how", "corrections", "search", "data", "assets", "pagefind", "log")
"""The folders that hold nothing but what is written here, besides those of the years."""
_AT_ROOT: Final = ("index.html", "404.html", "atom.xml", "sitemap*.xml", "ro-crate-metadata.json")


class Tree:
    """A site's files. ``sums`` is path → SHA-256 of what stands there, ``written`` and ``removed`` count changes.

    ``trusted`` says that the last publication came to its end, so that SHA256SUMS tells what stands there.
    """

    def __init__(self, store: LocalStore, trusted: bool):
        self.store, self.root = store, store.root
        self.written = self.removed = 0
        self.sums = dict(self._listed()) if trusted and (self.root / SUMS).is_file() else dict(self._hashed())
        self._kept: set[str] = set()
        self._below: dict[str, list[str]] = defaultdict(list)
        for path in self.sums:
            self._below[place_of(path)].append(path)

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Read SHA256SUMS; a line that leads out of the site is none of ours."""
        for line in (self.root / SUMS).read_text(encoding="utf-8", errors="replace").splitlines():
            found, _, path = line.partition("  ")
            if "\\" not in path and not {"", "..", "."} & {*path.split("/")}:
                yield path, found

    def _hashed(self) -> Iterator[tuple[str, str]]:
        years = [path.name for path in self.root.glob("[0-9][0-9][0-9][0-9]") if path.is_dir()]
        inside = (path for name in (*OWN, *years) for path in (self.root / name).rglob("*"))
        for path in (*(path for name in _AT_ROOT for path in self.root.glob(name)), *inside):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
                yield path.relative_to(self.root).as_posix(), found

    def missing(self) -> bool:
        """Tell whether a file that was written is no longer there."""
        return any(not (self.root / path).is_file() for path in self.sums)

    @property
    def changed(self) -> bool:
        """Tell whether anything was written or removed."""
        return bool(self.written or self.removed)

    def write(self, path: str, content: bytes) -> str:
        """Write a file of the site, unless it stands there already; give its SHA-256."""
        found = digest(content)
        self._kept.add(path)
        if not (self.sums.get(path) == found and (self.root / path).is_file()):
            self.put(path, content)
            self.sums[path] = found
        return found

    def put(self, path: str, content: bytes) -> None:
        """Put a file in place, listed in SHA256SUMS or not, unless it stands there; half a file is never seen."""
        target = self.root / path
        if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
            return
        self.written += 1
        part = self.root / WORK / new_name("part")
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def keep(self, path: str) -> bool:
        """Keep a file as it stands; tell whether it is there."""
        if path not in self.sums or not (self.root / path).is_file():
            return False
        self._kept.add(path)
        return True

    def keep_folder(self, place: str, below: str = "") -> bool:
        """Keep the files of a report's folder, or of a folder inside it, as they stand; tell whether all are there."""
        inside = [path for path in self._below.get(place, ()) if path.startswith(f"{place}/{below}")]
        return sum(map(self.keep, inside)) == len(inside)

    def adopt(self, path: str, file: Path) -> str:
        """Take a file from elsewhere on the same disk, unless the same stands there already; give its SHA-256."""
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        self._kept.add(path)
        if self.sums.get(path) != found or not (self.root / path).is_file():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            file.replace(self.root / path)
            self.sums[path] = found
            self.written += 1
        return found

    def note(self, path: str) -> None:
        """Keep a file that others have written, as it now stands."""
        with (self.root / path).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        self._kept.add(path)
        self.written += self.sums.get(path) != found
        self.sums[path] = found

    def place(self, stage: Path, place: str, sums: dict[str, str]) -> None:
        """Put a report's folder in place as a whole; ``sums`` is the name in it → SHA-256.

        Killed between the two renames, the old folder stands aside under its own address, and the next publication
        puts it back.
        """
        self._forget(place)
        folder = self.root / place
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = self._aside(place, "old")
        try:
            stage.rename(folder)
        except OSError:
            if aside:
                (aside / place).rename(folder)
            raise
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
        found = {f"{place}/{name}": value for name, value in sums.items()}
        self.sums |= found
        self._kept |= found.keys()
        self._below[place] = list(found)
        self.written += len(found)

    def remove_folder(self, place: str) -> None:
        """Take a report's folder off the site; it never comes back."""
        self._forget(place)
        if aside := self._aside(place, "gone"):
            shutil.rmtree(aside, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self.root / place).parent.rmdir()
        self.removed += 1

    def _aside(self, place: str, kind: str) -> Path | None:
        """Move a report's folder out of the site; give the folder it lies in."""
        if not (self.root / place).exists():
            return None
        aside = self.root / WORK / new_name(kind)
        (aside / place).parent.mkdir(parents=True)
        (self.root / place).rename(aside / place)
        return aside

    def _forget(self, place: str) -> None:
        for path in self._below.pop(place, ()):
            self.sums.pop(path, None)
            self._kept.discard(path)

    def sweep(self) -> None:
        """Remove the files that nobody has written or kept, and the folders that this leaves empty."""
        for path in sorted(self.sums.keys() - self._kept):
            (self.root / path).unlink(missing_ok=True)
            del self.sums[path]
            self.removed += 1
            folder = (self.root / path).parent
            with contextlib.suppress(OSError):  # it holds more
                while folder != self.root:
                    folder.rmdir()
                    folder = folder.parent

    def sums_text(self) -> str:
        """Give SHA256SUMS, as ``sha256sum -c`` reads it."""
        return "".join(f"{self.sums[path]}  {path}\n" for path in sorted(self.sums))


def place_of(path: str) -> str:
    """Give the report's folder a path lies in, or the empty text.

    >>> place_of("2021/video/report.pdf"), place_of("data/projects.csv")
    ('2021/video', '')
    """
    parts = path.split("/", 2)
    return "/".join(parts[:2]) if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdigit() else ""
