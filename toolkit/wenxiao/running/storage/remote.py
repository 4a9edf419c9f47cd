"""Reports at any address fsspec knows: ``s3://bucket/reports``.

Object stores rename nothing and change several objects never at once. The order of writing makes up for it:

* A new report: the files first, ``provenance.json`` with their hashes last. Without it a folder is no report.
* A report in place of an older one: the files go under a name nobody reads (``.wenxiao/new-…``), ``provenance.json``
  last. Then the old ``provenance.json`` is taken away, the files are copied within the store, and ``provenance.json``
  again last. Killed before: the old report stands. Killed in between: the folder is no report for the moment, and the
  next run's ``sweep`` finishes the copying. So nothing finished is lost.

A reader who has fetched the old ``provenance.json`` just before it was taken away, or sees a file half-written
because the store writes in place, finds other hashes than those promised: ``is_whole``, ``current`` and
``folders`` compare them. Whoever reads without them looks for ``provenance.json`` before and after.
"""

import contextlib
import importlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from wenxiao.errors import WenxiaoError
from wenxiao.running.storage.base import LOCK, PROVENANCE, WORK, Store, StoreError, digest, is_older, new_name
from wenxiao.running.storage.lease import Lease
from wenxiao.words import Words

FILES: Final = frozenset(
    [
        "report.ipynb",
        "report.html",
        "report.pdf",
        "report.docx",
        "report.xlsx",
        "form.xlsx",
        "evaluation.json",
        "params.yaml",
        "rubric.yaml",
    ]
)
"""What a report folder may hold beside provenance.json; ``sweep`` removes nothing else from an unfinished one."""

P = ParamSpec("P")
T = TypeVar("T")


def _translated(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """Let a store's own errors (no credentials, no such bucket, no network) reach users as ours."""

    @wraps(method)
    def translated(self: "FsspecStore", /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(self, *args, **kwargs)
        except WenxiaoError:
            raise
        except Exception as error:
            raise StoreError(_unreachable(self.address, error)) from error

    return translated


class FsspecStore(Store):
    """The store of an address."""

    def __init__(self, address: str):
        self.address = address.rstrip("/")
        self._fs, root = _opened(self.address)
        self._root = str(root).rstrip("/")

    @contextlib.contextmanager
    def stage(self, relative: str) -> Iterator[Path]:
        """Give a temporary folder of this machine; it is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="wx-stage-") as folder:
            yield Path(folder)

    @_translated
    def place(self, stage: Path, relative: str) -> None:
        """Put the files of a finished stage in place; see above for the order."""
        content = {path.name: path.read_bytes() for path in stage.iterdir()}
        before = self._names(relative)
        if PROVENANCE not in before:
            self._remove(relative, before - content.keys())
            self._upload(relative, content)
            return
        aside = f"{WORK}/{new_name('new')}/{relative}"
        self._upload(aside, content)
        self._move(aside, relative, content)

    def _upload(self, relative: str, content: Mapping[str, bytes]) -> None:
        """Write a folder's files, all at once where the store can, and then what declares them whole."""
        files = {self._at(f"{relative}/{name}"): data for name, data in content.items() if name != PROVENANCE}
        self._fs.pipe(files)
        self._fs.pipe_file(self._at(f"{relative}/{PROVENANCE}"), content[PROVENANCE])

    def _move(self, aside: str, relative: str, names: Iterable[str]) -> None:
        """Move a whole folder within the store; done again from the start, it gives the same."""
        files = sorted(set(names) - {PROVENANCE})
        self._remove(relative, [PROVENANCE])
        self._remove(relative, self._names(relative) - {*files})
        self._copy(aside, relative, files)
        self._copy(aside, relative, [PROVENANCE])
        self._remove(aside, [*files, PROVENANCE])

    def _copy(self, source: str, target: str, names: Iterable[str]) -> None:
        for name in names:
            self._fs.cp_file(self._at(f"{source}/{name}"), self._at(f"{target}/{name}"))

    def _remove(self, relative: str, names: Iterable[str]) -> None:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self._fs.rm_file(self._at(f"{relative}/{name}"))

    def read_bytes(self, relative: str) -> bytes:
        """Give a file's content (FileNotFoundError when there is none)."""
        try:
            return self._content(relative)
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise error.__cause__ from None
            raise

    @_translated
    def _content(self, relative: str) -> bytes:
        return bytes(self._fs.cat_file(self._at(relative)))

    @_translated
    def write_bytes(self, relative: str, content: bytes) -> None:
        """Write a file; an object store shows it when it is whole."""
        self._fs.pipe_file(self._at(relative), content)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store by a lease; ``lease`` says what it can do."""
        lease = self._leased()
        self.since = time.time_ns()
        try:
            yield
        finally:
            self.since = None
            self._release(lease)

    @_translated
    def _leased(self) -> Lease:
        return Lease(self._fs, self._at(LOCK), self.address)

    @_translated
    def _release(self, lease: Lease) -> None:
        lease.release()

    def sweep(self, alone: bool = False) -> None:
        """Finish the copying of a run that was killed, and remove what it left unfinished."""
        self._swept(self._held(alone))

    @_translated
    def _swept(self, since: int) -> None:
        for name in self._listed(WORK):
            if is_older(name, since):
                for aside in sorted({"/".join(p.split("/")[:2]) for p in self._below(f"{WORK}/{name}")}):
                    self._settle(f"{WORK}/{name}/{aside}", aside)
        for year in self._years():
            for stem, names in self._reports(year):
                if PROVENANCE not in names:
                    self._remove(f"{year}/{stem}", names & FILES)

    def _settle(self, aside: str, relative: str) -> None:
        """Finish a move where the report is missing and its successor whole; otherwise only remove the successor."""
        if not self.is_whole(relative) and self.is_whole(aside):
            self._move(aside, relative, self._names(aside))
        else:
            self._remove(aside, self._names(aside))

    def _candidates(self) -> Iterable[str]:
        for year in self._years():
            yield from (f"{year}/{stem}" for stem, names in self._reports(year) if PROVENANCE in names)

    @_translated
    def _years(self) -> list[str]:
        return [name for name in self._listed("") if not name.startswith(".")]

    @_translated
    def _reports(self, year: str) -> list[tuple[str, set[str]]]:
        """Give the folders of a year, sorted, each with the names in it."""
        found: dict[str, set[str]] = {}
        for place in self._below(year):
            stem, _, name = place.partition("/")
            if name and "/" not in name:
                found.setdefault(stem, set()).add(name)
        return sorted(found.items())

    @_translated
    def _digests(self, relative: str, names: Iterable[str]) -> dict[str, str]:
        # Not cat(): it would take a "[" in a name for a pattern.
        listed = list(names)
        paths = [self._at(f"{relative}/{name}") for name in listed]
        content = self._fs.cat_ranges(paths, None, None, on_error="return")
        return {name: digest(d) for name, d in zip(listed, content, strict=True) if isinstance(d, bytes)}

    def _names(self, relative: str) -> set[str]:
        return {place for place in self._below(relative) if "/" not in place}

    def _below(self, relative: str) -> list[str]:
        """Give the places of all files below a folder, relative to it."""
        self._fs.invalidate_cache()
        start = f"{self._at(relative)}/"
        found: list[str] = self._fs.find(start)
        return [path[len(start) :] for path in found if path.startswith(start)]

    def _listed(self, relative: str) -> list[str]:
        """Give the names of the folders in a folder, sorted."""
        self._fs.invalidate_cache()
        try:
            entries = self._fs.ls(self._at(relative), detail=True)
        except FileNotFoundError:
            return []
        return sorted(e["name"].rstrip("/").rsplit("/", 1)[-1] for e in entries if e["type"] == "directory")

    def _at(self, relative: str) -> str:
        return f"{self._root}/{relative}".rstrip("/")


def _opened(address: str) -> tuple[Any, str]:
    """Give fsspec's file system of an address, and the path in it.

    Raises:
        StoreError: fsspec, or its part for this kind of address, is not installed.
    """
    try:
        fsspec = importlib.import_module("fsspec")
        found: tuple[Any, str] = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise StoreError(_no_client(address, error)) from error
    return found


def _no_client(address: str, error: Exception) -> Words:
    return Words(
        f"这里打不开 {address}：{error}。请安装 wenxiao[cluster]，或该存储的 fsspec 组件（每台机器都要装）。",
        f"Can't open {address} here: {error}. Install wenxiao[cluster], or fsspec's part for this kind of store, on every machine.",
    )


def _unreachable(address: str, error: Exception) -> Words:
    said = str(error) or type(error).__name__
    return Words(
        f"读写 {address} 时出错：{said}。请检查地址、网络和访问密钥（每台机器都要能访问）。",
        f"{address} can't be read or written: {said}. Check address, network and credentials, on every machine.",
    )
