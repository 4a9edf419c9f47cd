"""The batch: what is unchanged is left alone, the rest is imported, and every file written is whole."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from wenxiao.errors import InputError
from wenxiao.importing.batch.listing import list_of
from wenxiao.importing.batch.one import Made, Result
from wenxiao.importing.batch.pool import Done, Job, imported
from wenxiao.importing.batch.records import RECORDS, Outcome, read_records, records_text
from wenxiao.importing.batch.sources import safe_stem, stems_of
from wenxiao.importing.limits import bytes_of

DEADLINE: Final = 120
_LIST: Final = ".import.md"
_NO_FACTS: Final = ("没有找到绩效自评的数据。", "No self-evaluation was found in it.")


class Store(Protocol):
    """The target folder: its files are read and written whole, by their places in it."""

    def read_bytes(self, relative: str) -> bytes:
        """Give a file; FileNotFoundError when there is none."""

    def write_bytes(self, relative: str, content: bytes) -> None:
        """Put a file in place, whole."""


@dataclass(frozen=True)
class Options:
    """How a batch is imported; ``code`` names the version of the program, for what is unchanged."""

    rubric: str | None = None
    year: int | None = None
    force: bool = False
    workers: int = 1
    deadline: float = DEADLINE
    code: str = ""

    @property
    def key(self) -> str:
        """What, beside the file itself, decides what is made of it."""
        return hashlib.sha256(f"{self.code}\n{self.rubric}\n{self.year}".encode()).hexdigest()[:16]


def import_files(
    files: Iterable[Path], store: Store, home: Path, options: Options, tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Import files into the folder ``home``, which ``store`` reads and writes; ``tell`` hears each outcome as it comes.

    What is finished stands, whatever ends the batch; the next one does the rest.
    """
    return _Batch(store, home, options, tell).run(list(files))


class _Batch:
    def __init__(self, store: Store, home: Path, options: Options, tell: Callable[[Outcome], None]):
        self._store, self._home, self._options, self._tell = store, home, options, tell
        self._records = read_records(self._text(RECORDS))
        self._outcomes: list[Outcome] = []
        self._hashes: dict[Path, str] = {}

    def run(self, files: list[Path]) -> list[Outcome]:
        known = {
            file: self._records[name].stem for file in files if (name := self._name(file)) in self._records
        }
        others = {Path(name): one.stem for name, one in self._records.items()}
        stems = stems_of(files, {**others, **known})
        waiting: list[Job] = []
        for file in files:
            settled = self._settled(file)
            if settled:
                self._heard(settled)
            else:
                waiting.append(Job(file, self._options.rubric, self._options.year))
        since_saved = 0
        try:
            for done in imported(waiting, self._options.workers, self._options.deadline):
                outcome = self._keep(done, stems[done.job.source])
                self._records[outcome.source] = outcome
                self._heard(outcome)
                since_saved += 1
                if since_saved > len(self._records) // 10:  # so that a killed batch loses little
                    self._save()
                    since_saved = 0
        finally:
            self._save()
        return self._outcomes

    def _heard(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._tell(outcome)

    def _save(self) -> None:
        self._store.write_bytes(RECORDS, records_text(self._records.values()).encode())

    def _name(self, file: Path) -> str:
        """Give a file's name in the records: its path from the target folder, or its full path on another drive."""
        try:
            name = Path(os.path.relpath(file, self._home)).as_posix()
        except ValueError:
            name = file.absolute().as_posix()
        return _printable(name)

    def _settled(self, file: Path) -> Outcome | None:
        """Give the outcome of a file that needs no reading: unchanged, or its params file is a person's by now."""
        before = self._records.get(self._name(file))
        try:
            self._hashes[file] = hashlib.sha256(bytes_of(file)).hexdigest()
        except InputError:
            return None  # reading it says why
        if before is None or self._options.force or before.status == "not":
            return None
        stand = [self._is_as_written(*pair) for pair in zip(before.params, before.written, strict=True)]
        if None in stand:
            return None
        if before.sha256 == self._hashes[file] and before.key == self._options.key:
            return replace(before, state="current", seconds="0")
        return None if all(stand) else replace(before, state="kept", seconds="0")

    def _is_as_written(self, params: str, written: str) -> bool | None:
        """Tell whether a params file is as the import left it; None where it is gone."""
        try:
            return hashlib.sha256(self._store.read_bytes(params)).hexdigest() == written
        except OSError:
            return None

    def _keep(self, done: Done, stem: str) -> Outcome:
        file, result = done.job.source, done.result
        source = self._name(file)
        base = Outcome(
            source, "not", kind=result.kind, seconds=f"{done.seconds:.2f}", stem=stem,
            sha256=self._hashes.get(file, ""), key=self._options.key,
        )  # fmt: skip
        before = self._records.get(source)
        made = [one for one in result.made if one.status != "not"]
        if not made:
            error, english = result.refused or _NO_FACTS
            only = result.made[0] if result.made else None
            stands = (before.params, before.written) if before else ((), ())
            listed = self._write_list(stem, file, "", result, only)
            return replace(
                base, error=error, error_en=english, list=listed, params=stands[0], written=stands[1]
            )
        places = self._places(stem, made)
        ours = dict(zip(before.params, before.written, strict=True)) if before else {}
        texts = {place: one.text.encode() for place, one in zip(places, made, strict=True)}
        edited = [place for place, text in texts.items() if not self._may_write(place, text, ours.get(place))]
        if edited and not self._options.force:
            return replace(
                base,
                status=_worst(made),
                state="kept",
                params=tuple(edited),
                written=("",) * len(edited),
                sha256="",
            )
        written, lists = [], []
        for place, one in zip(places, made, strict=True):
            self._store.write_bytes(place, texts[place])
            written.append(hashlib.sha256(texts[place]).hexdigest())
            lists.append(self._write_list(place.removesuffix(".yaml"), file, place, result, one))
        self._take_away({place: hash_ for place, hash_ in ours.items() if place not in texts})
        return replace(
            base, status=_worst(made), params=tuple(places), written=tuple(written), list=next(filter(None, lists), ""),
            uncertain=sum(len(one.uncertain) for one in made), unread=sum(len(one.unread) for one in made),
            personal=sum(len(one.personal) for one in made), problems=sum(len(one.problems) for one in made),
            findings=tuple(sorted({code for one in made for code, *_ in one.findings})),
            errors=sum(kind == "error" for one in made for _, kind, *_ in one.findings),
        )  # fmt: skip

    def _places(self, stem: str, made: list[Made]) -> list[str]:
        """Give the params files' places: by year, under the source's stem; a list names its projects itself."""
        places: list[str] = []
        for one in made:
            name = safe_stem(one.name) if one.name else stem
            place = f"{one.year}/{name}.yaml" if one.year else f"{name}.yaml"
            number = 2
            while place in places:
                place = f"{one.year}/{name}-{number}.yaml" if one.year else f"{name}-{number}.yaml"
                number += 1
            places.append(place)
        return places

    def _may_write(self, place: str, content: bytes, written: str | None) -> bool:
        """Tell whether a place is free, or holds what an import of the same file wrote there, unedited.

        The latter is also the case where it holds what is to be written: the record of an import that was killed is lost.
        """
        same = self._is_as_written(place, hashlib.sha256(content).hexdigest())
        return same is None or same or (written is not None and self._is_as_written(place, written) is True)

    def _take_away(self, former: dict[str, str]) -> None:
        """Remove what an earlier import of the same file wrote elsewhere (another year), unless a person edited it."""
        for place, written in former.items():
            if self._is_as_written(place, written):
                (self._home / place).unlink(missing_ok=True)
                (self._home / f"{place.removesuffix('.yaml')}{_LIST}").unlink(missing_ok=True)

    def _write_list(self, place: str, file: Path, params: str, result: Result, made: Made | None) -> str:
        text = list_of(_printable(file.name), Path(params).name, result, made)
        relative = f"{place}{_LIST}"
        if text:
            self._store.write_bytes(relative, text.encode())
            return relative
        (self._home / relative).unlink(missing_ok=True)
        return ""

    def _text(self, relative: str) -> str:
        try:
            return self._store.read_bytes(relative).decode("utf-8", "replace")
        except OSError:
            return ""


def _printable(name: str) -> str:
    """Give a name of a file as text; bytes that are none in this system's spelling are escaped."""
    return name.encode("utf-8", "backslashreplace").decode()


def _worst(made: list[Made]) -> str:
    return "partly" if any(one.status == "partly" for one in made) else "read"
