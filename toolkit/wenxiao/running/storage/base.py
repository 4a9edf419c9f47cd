"""What every store of reports can do, and when a report folder counts as whole."""

import hashlib
import json
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import SpokenError

PROVENANCE: Final = "provenance.json"
"""Written last, taken away first: a folder without it is no report."""
WORK: Final = ".wenxiao"
"""Folder in the store for what is not finished; no reader looks there."""
LOCK: Final = ".wenxiao.lock"


class StoreError(SpokenError):
    """Reports can't be read or written at their place."""


class Store(ABC):
    """A place of report folders ``<year>/<stem>`` and of the files of a batch; places are written with ``/``."""

    since: int | None = None
    """When this process took the lock, in nanoseconds of the clock; None without it."""

    @abstractmethod
    def stage(self, relative: str) -> AbstractContextManager[Path]:
        """Give a new local folder in which to make the report of ``relative``; it is gone afterwards."""

    @abstractmethod
    def place(self, stage: Path, relative: str) -> None:
        """Put the files of a finished stage in place, whole or not at all; an older report stands until then."""

    @abstractmethod
    def read_bytes(self, relative: str) -> bytes:
        """Give a file's content.

        Raises:
            FileNotFoundError: there is none.
        """

    @abstractmethod
    def write_bytes(self, relative: str, content: bytes) -> None:
        """Write a file of the batch, whole or not at all."""

    @abstractmethod
    def lock(self) -> AbstractContextManager[None]:
        """Hold the store for one run.

        Raises:
            LockedError: another run holds it; says whose and since when.
        """

    @abstractmethod
    def sweep(self, alone: bool = False) -> None:
        """Under the lock: finish or take back what a killed run left, and remove its remains.

        ``alone`` says that no worker of this run is left either: then its own remains are swept too.
        """

    @abstractmethod
    def _candidates(self) -> Iterable[str]:
        """Give the folders that hold a provenance.json, sorted."""

    @abstractmethod
    def _digests(self, relative: str, names: Iterable[str]) -> Mapping[str, str]:
        """Give name → SHA-256 of those files of a folder that are there."""

    def read_text(self, relative: str) -> str:
        """Give a text file's content (FileNotFoundError when there is none)."""
        return self.read_bytes(relative).decode("utf-8")

    def write_text(self, relative: str, text: str) -> None:
        """Write a text file of the batch, whole or not at all."""
        self.write_bytes(relative, text.encode("utf-8"))

    def folders(self, verified: bool = True) -> Iterator[str]:
        """Give the report folders, sorted; ``verified=False`` looks at names only, which is quick."""
        return (one for one in self._candidates() if not verified or self.is_whole(one))

    def current(self, relative: str, inputs: Mapping[str, Any]) -> bool:
        """Tell whether a folder was made from the same inputs and still holds, byte for byte, what was made."""
        about = self._about(relative)
        return about is not None and about.get("inputs") == inputs and self._holds(relative, about)

    def is_whole(self, relative: str) -> bool:
        """Tell whether a folder holds a finished report, byte for byte."""
        about = self._about(relative)
        return about is not None and self._holds(relative, about)

    def _about(self, relative: str) -> dict[str, Any] | None:
        try:
            return provenance_of(self.read_bytes(f"{relative}/{PROVENANCE}"))
        except FileNotFoundError:
            return None

    def _holds(self, relative: str, about: Mapping[str, Any]) -> bool:
        return bool(self._digests(relative, about["files"]) == about["files"])

    def _held(self, alone: bool) -> int:
        if self.since is None:
            raise RuntimeError("sweep only under lock()")
        return time.time_ns() if alone else self.since


def provenance_of(content: bytes) -> dict[str, Any] | None:
    """Give what a provenance.json says, or None when it is none, or was cut short."""
    try:
        about = json.loads(content)
        files = about["files"]
        plain = all(isinstance(h, str) and name == Path(name).name for name, h in files.items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return about if plain and files else None


def digest(content: bytes) -> str:
    """Give the SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def new_name(kind: str) -> str:
    """Give a name nobody else gives, from which ``is_older`` can tell its age."""
    return f"{kind}-{time.time_ns():x}-{uuid.uuid4().hex[:8]}"


def is_older(name: str, since: int) -> bool:
    """Tell whether a name was given before ``since`` (nanoseconds); names that are not ours never are.

    >>> is_older("new-64-0badcafe", 101), is_older("new-64-0badcafe", 99), is_older("notes.txt", 101)
    (True, False, False)
    """
    try:
        _, made, _ = name.rsplit("-", 2)
        return int(made, 16) < since
    except ValueError:
        return False
