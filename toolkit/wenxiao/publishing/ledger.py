"""The log of everything that was ever published: ``log/<year>.jsonl`` and its tree heads, ``log/<year>.heads``.

A year (评价年度) has one file; a line is one JSON object::

    {"n":0,"date":"2026-11-25","report":0,"stem":"video","kind":"published","manifest":"<sha256>","previous":null,"reason":null}

Lines are only ever added. When a report is withdrawn, its earlier lines are erased down to what the Merkle tree needs,
``{"n":0,"leaf":"<hex>"}``, so that no name stays while every root of the past still holds. A line's leaf is the RFC
6962 hash of its bytes without the line end. After each publication the year's tree head is added to ``.heads``::

    {"size":1,"root":"<hex>","date":"2026-11-25"}
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, get_args

from wenxiao.errors import SpokenError, shown_path
from wenxiao.publishing import merkle
from wenxiao.publishing.published import Entry, Kind
from wenxiao.running.storage import LocalStore
from wenxiao.words import Words

_FIELDS: Final = ("n", "date", "report", "stem", "kind", "manifest", "previous", "reason")


class LogError(SpokenError):
    """A log can't be continued: it is damaged, or was changed by another hand."""


@dataclass(frozen=True, slots=True)
class Erased:
    """A line of a withdrawn report: only its number and its leaf hash remain."""

    year: int
    n: int
    leaf: bytes


Line = Entry | Erased


@dataclass(frozen=True, slots=True)
class Head:
    """The Merkle root over the first ``size`` lines of a year, as it was on a day."""

    size: int
    root: str
    date: dt.date


def line_text(line: Line) -> str:
    """Give a line of the log, without its line end."""
    if isinstance(line, Erased):
        return _json({"n": line.n, "leaf": line.leaf.hex()})
    values: dict[str, Any] = {name: getattr(line, name) for name in _FIELDS}
    return _json(values | {"date": line.date.isoformat()})


def leaf_of(line: Line) -> bytes:
    """Give a line's leaf hash."""
    return line.leaf if isinstance(line, Erased) else merkle.leaf_hash(line_text(line).encode())


def read_line(year: int, text: str) -> Line:
    """Read a line of the log of a year; written again it gives the same text.

    Raises:
        ValueError: it is none.
    """
    values = json.loads(text)
    try:
        if "leaf" in values:
            line: Line = Erased(year, values["n"], bytes.fromhex(values["leaf"]))
        else:
            line = Entry(year, **(values | {"date": dt.date.fromisoformat(values["date"])}))
    except (TypeError, KeyError) as error:
        raise ValueError(text) from error
    if line_text(line) != text or not _is_sound(line):
        raise ValueError(text)
    return line


def _is_sound(line: Line) -> bool:
    """Tell whether a line says what lines say; a stem above all is one name, and leads nowhere else."""
    if isinstance(line, Erased):
        return len(line.leaf) == 32
    stem = line.stem
    named = stem is None or (stem not in ("", ".", "..") and not {"/", "\\", "\0"} & {*stem})
    return named and line.kind in get_args(Kind) and (stem is None) == (line.kind == "withdrawn")


def read_lines(path: Path) -> list[Line]:
    """Read a year's log, whose name is the year; of a last line that a killed process left unfinished, nothing.

    Raises:
        LogError: a line is damaged, missing, or out of its place.
    """
    year, lines = int(path.stem), list[Line]()
    *whole, _ = path.read_bytes().decode(errors="replace").split("\n")
    for n, text in enumerate(whole):
        try:
            line = read_line(year, text)
            if line.n != n:
                raise ValueError(text)
        except ValueError:
            raise LogError(_damaged(path, n + 1)) from None
        lines.append(line)
    return lines


def read_heads(path: Path) -> list[Head]:
    """Read a year's tree heads.

    Raises:
        LogError: a line is damaged.
    """
    heads = []
    for n, text in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()):
        try:
            values = json.loads(text)
            heads.append(Head(values["size"], values["root"], dt.date.fromisoformat(values["date"])))
        except (ValueError, KeyError, TypeError):
            raise LogError(_damaged(path, n + 1)) from None
    return heads


def root_of(lines: Iterable[Line]) -> str:
    """Give the Merkle root over lines, in hex."""
    return merkle.root([leaf_of(line) for line in lines]).hex()


def newest_first(line: Entry) -> tuple[int, int, int]:
    """Give the key that sorts lines of all years as feeds and lists show them."""
    return -line.date.toordinal(), -line.year, -line.n


@dataclass
class Year:
    """One year's log, in memory and on the disk."""

    path: Path
    lines: list[Line] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    live: dict[str, list[Entry]] = field(default_factory=dict)
    """Stem → the lines of the report that is on the site, oldest first."""

    @classmethod
    def read(cls, path: Path) -> "Year":
        """Read a log, and make sure that nothing its newest head speaks of was changed.

        Raises:
            LogError: it was, or can't be read.
        """
        found = cls(path, heads=read_heads(path.with_suffix(".heads")))
        lines = read_lines(path) if path.is_file() else []
        for head in found.heads[-1:]:
            if len(lines) < head.size or root_of(lines[: head.size]) != head.root:
                raise LogError(_changed(path, head))
        for line in lines:
            found._take(line)
        return found

    @property
    def year(self) -> int:
        """评价年度."""
        return int(self.path.stem)

    def mend(self) -> None:
        """Cut off what a killed process left unfinished at the end of the file: nothing speaks of it yet."""
        whole = sum(len(line_text(line).encode()) + 1 for line in self.lines)
        if self.path.is_file() and self.path.stat().st_size > whole:
            os.truncate(self.path, whole)

    def add(self, line: Entry) -> None:
        """Write a line at the end of the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(f"{line_text(line)}\n".encode())
        self._take(line)

    def _take(self, line: Line) -> None:
        self.lines.append(line)
        if isinstance(line, Erased):
            return
        if line.kind == "withdrawn":
            for stem in [stem for stem, lines in self.live.items() if lines[0].n == line.report]:
                del self.live[stem]
        elif line.stem is not None:
            self.live.setdefault(line.stem, []).append(line)

    def erase(self) -> str | None:
        """Erase the lines of withdrawn reports; give the file's new text, or None when there is nothing to erase."""
        gone = {line.report for line in self.lines if isinstance(line, Entry) and line.kind == "withdrawn"}
        named = [
            line.n for line in self.lines if isinstance(line, Entry) and line.report in gone and line.stem
        ]
        for n in named:
            self.lines[n] = Erased(self.year, n, leaf_of(self.lines[n]))
        return "".join(f"{line_text(line)}\n" for line in self.lines) if named else None

    def head(self, day: dt.date) -> str | None:
        """Give the text of the heads with one for the lines of today, or None when the newest speaks of all lines."""
        if not self.lines or (self.heads and self.heads[-1].size == len(self.lines)):
            return None
        self.heads.append(Head(len(self.lines), root_of(self.lines), day))
        values = ({"size": one.size, "root": one.root, "date": one.date.isoformat()} for one in self.heads)
        return "".join(f"{_json(value)}\n" for value in values)


class Ledger:
    """The logs of a site, all years; use it under the site's lock.

    Raises:
        LogError: a log is damaged, or was changed by another hand.
    """

    def __init__(self, store: LocalStore):
        self._store, self._folder = store, store.root / "log"
        paths = sorted(self._folder.glob("[0-9][0-9][0-9][0-9].jsonl"))
        self.years = {int(path.stem): Year.read(path) for path in paths}
        for one in self.years.values():
            one.mend()

    @property
    def updated(self) -> dt.date | None:
        """The date of the newest line."""
        return max((line.date for line in self.entries()), default=None)

    def history(self, year: int, stem: str) -> tuple[Entry, ...]:
        """Give the lines of the report that is on the site under a name, oldest first; none: nothing is."""
        return tuple(self.years[year].live.get(stem, ())) if year in self.years else ()

    def live(self) -> Iterator[tuple[int, str]]:
        """Give year and stem of every report on the site, sorted."""
        for year in sorted(self.years):
            yield from ((year, stem) for stem in sorted(self.years[year].live))

    def changes(self) -> Iterator[Entry]:
        """Give all corrections, reissues and withdrawals, newest first."""
        return iter(sorted((line for line in self.entries() if line.kind != "published"), key=newest_first))

    def entries(self) -> Iterator[Entry]:
        """Give the lines of all years that are not erased."""
        return (line for one in self.years.values() for line in one.lines if isinstance(line, Entry))

    def next(self, year: int) -> int:
        """Give the number of the next line of a year."""
        return len(self.years[year].lines) if year in self.years else 0

    def add(self, line: Entry) -> None:
        """Write a line at the end of its year's log."""
        if line.year not in self.years:
            self.years[line.year] = Year(self._folder / f"{line.year}.jsonl")
        self.years[line.year].add(line)

    def close(self, day: dt.date) -> None:
        """Erase the names of withdrawn reports, and write the tree heads; nothing is written where nothing changed."""
        for year, one in self.years.items():
            if (text := one.erase()) is not None:
                self._store.write_text(f"log/{year}.jsonl", text)
            if (text := one.head(day)) is not None:
                self._store.write_text(f"log/{year}.heads", text)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _damaged(path: Path, line: int) -> Words:
    return Words(
        f"公开日志 {shown_path(path)} 第 {line} 行已损坏。请用备份恢复 log 文件夹；日志只能追加，不能修改。",
        f"Line {line} of the log {shown_path(path)} is damaged. Restore the folder log from a backup: it may only grow.",
    )


def _changed(path: Path, head: Head) -> Words:
    return Words(
        f"公开日志 {shown_path(path)} 与 {head.date} 的树根（前 {head.size} 行）不符：有人改动或删去了已公开的记录。"
        "请用备份恢复 log 文件夹。",
        f"The log {shown_path(path)} is not what its tree head of {head.date} says (the first {head.size} lines): "
        "what was published has been changed or removed. Restore the folder log from a backup.",
    )
